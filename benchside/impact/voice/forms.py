"""What a technician says, and what a lead answers."""

from typing import Any

from django import forms

from benchside.impact.enums import ActionState, Area
from benchside.impact.models import Action, Plan, Suggestion
from benchside.impact.voice.enums import Feeling

AREAS = [("", "I do not know"), *Area.choices]
NAME_HINT = "Without it, the lead reads your words and not who you are."


class SuggestForm(forms.Form):
    title = forms.CharField(
        label="What should be done?",
        max_length=200,
        help_text="One sentence, such as: Let technicians sit on the safety committee.",
        error_messages={
            "required": "Say in one sentence what should be done.",
            "max_length": "At most 200 characters: leave the rest for the next box.",
        },
    )
    why = forms.CharField(
        label="Why would it help?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    area = forms.ChoiceField(label="What is it about?", choices=AREAS, required=False)
    may_name = forms.BooleanField(
        label="Tell the lead my name", required=False, help_text=NAME_HINT
    )


class OpinionForm(forms.Form):
    feeling = forms.ChoiceField(
        label="What do you think of it?",
        choices=Feeling.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    words = forms.CharField(
        label="In your words",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_name = forms.BooleanField(
        label="Tell the lead my name", required=False, help_text=NAME_HINT
    )


class TakeForm(forms.Form):
    """Take it over into the plan."""

    prefix = "take"
    title = forms.CharField(
        label="The action, in the plan’s words",
        max_length=300,
        error_messages={"required": "Say in one sentence what will be done."},
    )
    areas = forms.MultipleChoiceField(
        label="Areas",
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one of the five."},
    )

    @classmethod
    def of(cls, suggestion: Suggestion) -> "TakeForm":
        initial: dict[str, Any] = {"title": suggestion.title}
        if suggestion.area:
            initial["areas"] = [suggestion.area]
        return cls(initial=initial)


class CodeField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title}"


class JoinForm(forms.Form):
    """An action of the plan does it already."""

    prefix = "join"
    action = CodeField(
        label="Which action does it?",
        queryset=Action.objects.none(),
        error_messages={
            "required": "Choose the action that does it.",
            "invalid_choice": "Choose an action of this plan.",
        },
    )
    answer = forms.CharField(
        label="Anything to add?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = plan.actions.exclude(state__in=(ActionState.STOPPED, ActionState.REVISED))
        self.fields["action"].queryset = found.order_by("position", "code")  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    prefix = "decline"
    answer = forms.CharField(
        label="Why not now?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="They get this by e-mail, as you write it.",
        error_messages={"required": "Say in a sentence or two why not now."},
    )
