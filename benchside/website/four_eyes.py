"""Two people put a page up; one may take it down.

Nobody publishes alone, whatever rights they hold. An editor submits a page, and somebody of the
Moderators who neither submitted it nor made its last change approves it. Only that publishes.
"""

import re
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:  # Wagtail imports this module while it makes its own models
    from wagtail.models import Revision, TaskState, WorkflowState

WHY = (
    "You sent this in, or changed it last, so you cannot approve it. "
    "Ask another moderator to read and approve it."
)


# What a save writes of itself, and the names the editor gives to blocks of text each time.
BOOKKEEPING = {
    "draft_title",
    "first_published_at",
    "has_unpublished_changes",
    "last_published_at",
    "latest_revision",
    "latest_revision_created_at",
    "live_revision",
    "updated_at",
}
BLOCK_NAME = re.compile(r' data-block-key="[^"]*"')


def has_hand_in(user: Any, workflow_state: "WorkflowState") -> bool:
    """Whether this user submitted it or made the change that would go live."""
    revision = last_change(workflow_state.content_object)
    is_theirs = revision is not None and revision.user_id == user.pk
    return is_theirs or workflow_state.requested_by_id == user.pk


def in_hand_of(task_state: "TaskState", user: Any) -> bool:
    return has_hand_in(user, task_state.workflow_state)


def last_change(item: Any) -> "Revision | None":
    """The newest revision that says something other than the one before it.

    The desk writes a revision each time a form is sent, also when somebody only reads and
    approves: that one has changed nothing, and is no hand in it.
    """
    newer = None
    for revision in item.revisions.order_by("-created_at", "-id").iterator(chunk_size=10):
        if newer is not None and says(revision) != says(newer):
            return newer
        newer = revision
    return newer


def says(revision: "Revision") -> Any:
    """What a revision holds, without bookkeeping: equal where a reader would see no difference."""
    return _plain(revision.content)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items() if name not in BOOKKEEPING}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return BLOCK_NAME.sub("", value) if isinstance(value, str) else value


def publish_approved(workflow_state: "WorkflowState", user: Any = None) -> None:
    """Wagtail's last step of a workflow (WAGTAIL_FINISH_WORKFLOW_ACTION): the only way up.

    Raises PermissionDenied when the one who approved has a hand in it.
    """
    if user is None or has_hand_in(user, workflow_state):
        raise PermissionDenied(WHY)
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
