"""What a teacher types to open a class, and what a pupil types to find it."""

from typing import Any

from django import forms
from django.http import HttpRequest

from benchside.careers.classes import codes
from benchside.careers.models.classes import FEWEST, LONGEST_LESSON, MOST_PUPILS, SHORTEST_LESSON
from benchside.core.open_forms import OpenForm

YEARS = tuple((f"Year {year}", str(year)) for year in range(7, 15))
SCOTTISH_YEARS = tuple((f"S{year}", f"S{year}") for year in range(1, 7))


def _whole_number(label: str, least: int, most: int, what: str, **more: Any) -> forms.IntegerField:
    said = f"Give a whole number of {what} from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        **more,
    )


class OpenClassForm(OpenForm):
    """Four things about a lesson, and nothing about a person or a school."""

    purpose = "quiz-class"

    pupils = _whole_number("Pupils", FEWEST, MOST_PUPILS, "pupils")
    minutes = _whole_number("Minutes", SHORTEST_LESSON, LONGEST_LESSON, "minutes")
    years = forms.MultipleChoiceField(
        label="Years",
        choices=[*YEARS, *SCOTTISH_YEARS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one year.",
            "invalid_choice": "Tick the years from the list.",
        },
    )
    title = forms.CharField(
        label="Title for your records",
        max_length=80,
        help_text="Pupils do not see it. Please no names.",
        error_messages={
            "required": "Give the lesson a title, such as “Careers quiz”.",
            "max_length": "Use 80 letters at most. You have %(show_value)s.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False


class FindClassForm(forms.Form):
    """The six letters on the board."""

    code = forms.CharField(
        label="Class code",
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "maxlength": 12,
            }
        ),
        error_messages={"required": "Type the six letters your teacher shows you."},
    )

    def clean_code(self) -> str:
        try:
            return codes.read(self.cleaned_data["code"])
        except codes.NoCode as problem:
            raise forms.ValidationError(str(problem)) from problem
