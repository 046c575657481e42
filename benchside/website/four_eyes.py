"""Two people put a page up; one may take it down.

Nobody publishes alone, whatever rights they hold. An editor submits a page, and somebody of the
Moderators who neither submitted it nor made its last change approves it. Only that publishes.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from benchside.core.changes import last_change

if TYPE_CHECKING:  # Wagtail imports this module while it makes its own models
    from wagtail.models import TaskState, WorkflowState

WHY = (
    "You sent this in, or changed it last, so you cannot approve it. "
    "Ask another moderator to read and approve it."
)


def has_hand_in(user: Any, workflow_state: "WorkflowState") -> bool:
    """Whether this user submitted it or made the change that would go live."""
    revision = last_change(workflow_state.content_object)
    is_theirs = revision is not None and revision.user_id == user.pk
    return is_theirs or workflow_state.requested_by_id == user.pk


def in_hand_of(task_state: "TaskState", user: Any) -> bool:
    return has_hand_in(user, task_state.workflow_state)


def publish_approved(workflow_state: "WorkflowState", user: Any = None) -> None:
    """Wagtail's last step of a workflow (WAGTAIL_FINISH_WORKFLOW_ACTION): the only way up.

    Raises PermissionDenied when the one who approved has a hand in it.
    """
    if user is None or has_hand_in(user, workflow_state):
        raise PermissionDenied(WHY)
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
