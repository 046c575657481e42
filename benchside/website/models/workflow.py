"""The one step of the workflow: somebody else reads a page before it goes live."""

from typing import Any

from django.db import transaction
from wagtail.models import AbstractGroupApprovalTask, TaskState

from benchside.website.four_eyes import in_hand_of


class SecondReader(AbstractGroupApprovalTask):
    """Approval by a member of the groups who neither submitted the page nor changed it last."""

    class Meta:
        verbose_name = "approval by a second person"
        verbose_name_plural = "approvals by a second person"

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        actions = super().get_actions(obj, user)
        state = obj.current_workflow_task_state
        if state is not None and in_hand_of(state, user):
            return [action for action in actions if action[0] != "approve"]
        return actions

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        states = states.exclude(workflow_state__requested_by=user)
        # Little waits at one time, so each is looked at.
        return states.exclude(pk__in=[state.pk for state in states if in_hand_of(state, user)])

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **data: Any) -> Any:
        """Approve or send back. An approval that comes with changes is a change and no approval:
        the page stays here, for another moderator to read."""
        if action_name == "approve" and in_hand_of(task_state, user):
            return task_state.cancel(user=user, resume=True)
        return super().on_action(task_state, user, action_name, **data)

    @classmethod
    def get_description(cls) -> str:
        return "Members of the chosen groups can approve what somebody else has written"
