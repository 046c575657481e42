"""Forms of a plan brought in from a file."""

from collections.abc import Sequence
from typing import Any

from django import forms

from benchside.accounts.forms import InOurWords
from benchside.accounts.models import User
from benchside.impact.bringing.files import MAX_BYTES
from benchside.impact.bringing.words import MEANINGS
from benchside.impact.enums import Area
from benchside.impact.models import Action, Plan

NEW_PLAN = "new"
ACCEPT = ".xlsx,.xls,.ods,.csv,.tsv,.docx"
DATE = {"type": "date"}


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        error_messages={"invalid": "Give a day such as 31/07/2028."},
    )


class BringIn(InOurWords):
    optional_said_above = True
    file = forms.FileField(
        label="The file",
        help_text="Excel (.xlsx, .xls), .ods, .csv, or Word (.docx), just as you keep it. "
        f"Up to {MAX_BYTES // 1024**2} MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose the file that holds the plan.",
        },
    )
    plan = forms.ChoiceField(label="Which plan is it?")
    title = forms.CharField(label="What the new plan is called", max_length=120, required=False)
    starts_on = _day("It begins on")
    ends_on = _day("It ends on")

    def __init__(self, *args: Any, plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(one.key), f"{one.title} ({one.get_state_display().lower()})") for one in plans
        ]
        choice = self.fields["plan"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            *choices,
            (NEW_PLAN, "A new plan, or an earlier one that is not here yet"),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("plan") == NEW_PLAN:
            for name, error in (
                ("title", "Give the new plan a name, such as “Plan 2026 to 2029”."),
                ("starts_on", "Say when the plan begins."),
                ("ends_on", "Say when the plan ends."),
            ):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, error)
        return said


class Settle(InOurWords):
    """What one row is. An empty answer leaves it as it was read."""

    optional_said_above = True
    kind = forms.ChoiceField(
        label="What is this row?",
        choices=[("action", "An action"), ("heading", "A heading for the rows below"),
                 ("leave", "Nothing: leave it out")],
        widget=forms.RadioSelect,
        initial="action",
    )  # fmt: skip
    same = forms.ChoiceField(label="Which action is it?", required=False)
    areas = forms.MultipleChoiceField(
        label="Areas", choices=Area.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    due = _day("Due", "Leave it empty for no day.")
    owner = forms.ChoiceField(label="Who answers for it", required=False)
    meaning = forms.ChoiceField(
        label="How it goes",
        choices=[("", "As it was read"), *((str(one), label) for one, label in MEANINGS.items())],
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        actions: Sequence[tuple[str, Action]],
        members: Sequence[User],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        there = [(key, f"{one.code}: {one.title}"[:110]) for key, one in actions]
        same, owner = self.fields["same"], self.fields["owner"]
        assert isinstance(same, forms.ChoiceField)
        assert isinstance(owner, forms.ChoiceField)
        same.choices = [("", "As it was read"), ("new", "A new action, none of these"), *there]
        owner.choices = [
            ("", "Nobody yet: keep the words of the file"),
            *((str(one.pk), one.get_full_name()) for one in members),
        ]
