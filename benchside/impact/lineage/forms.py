"""Forms of plans that follow one another."""

from collections.abc import Sequence
from typing import Any

from django import forms

from benchside.accounts.forms import InOurWords
from benchside.impact.enums import Area, Carried
from benchside.impact.models import Action, Cycle, Plan

# What each word means, as its button says.
CARRIED_WORDS = [
    (Carried.CONTINUED, "Continued: the same goes on"),
    (Carried.EXTENDED, "Extended: more than before"),
    (Carried.NARROWED, "Narrowed: less than before"),
    (Carried.REVISED, "Revised: it is done another way"),
    (Carried.STOPPED, "Stopped: it does not go on"),
]


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Give a day such as 31/07/2029."},
    )


class Next(InOurWords):
    title = forms.CharField(label="What the new plan is called", max_length=120)
    starts_on = _day("It begins on")
    ends_on = _day("It ends on")
    cycle = forms.ChoiceField(
        label="For which stage", required=False, help_text="Leave it empty for a plan of your own."
    )

    def __init__(self, *args: Any, cycles: Sequence[Cycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cycles:
            del self.fields["cycle"]
            return
        choice = self.fields["cycle"]
        assert isinstance(choice, forms.ChoiceField)
        named = [(str(one.pk), f"{one.signatory.charter}, stage {one.stage}") for one in cycles]
        choice.choices = [("", "None"), *named]


class Decide(InOurWords):
    """The word about one action, and what is said anew."""

    carried = forms.ChoiceField(
        label="What becomes of it?",
        choices=CARRIED_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the five."},
    )
    why = forms.CharField(
        label="Why",
        help_text="One sentence. Needed unless it simply goes on.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    title = forms.CharField(label="What will be done, from now on", max_length=300)
    text = forms.CharField(
        label="In full", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    areas = forms.MultipleChoiceField(
        label="Areas",
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one of the five."},
    )
    due_on = _day("Due", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("carried") not in {None, Carried.CONTINUED} and not said.get("why"):
            self.add_error("why", "Say why in a sentence: in three years somebody will ask.")
        return said

    @staticmethod
    def initial_of(action: Action, plan: Plan) -> dict[str, Any]:
        due = action.due_on if action.due_on and action.due_on >= plan.starts_on else None
        return {
            "title": action.title,
            "text": action.text,
            "areas": action.areas,
            "due_on": due,
        }


class DecideMany(InOurWords):
    carried = forms.ChoiceField(
        label="All that are ticked are",
        choices=[(value, label.partition(":")[0]) for value, label in CARRIED_WORDS],
    )
    why = forms.CharField(label="because", max_length=500, required=False)


class Follows(InOurWords):
    before = forms.ChoiceField(label="The plan before this one")

    def __init__(self, *args: Any, plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["before"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            (str(one.key), f"{one.title}, from {one.starts_on:%d/%m/%Y}") for one in plans
        ]
