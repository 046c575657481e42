"""What reviewers type about a story."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from benchside.careers.enums import RouteKind
from benchside.careers.models import Role
from benchside.core import captions as core_captions
from benchside.organisations.enums import Nation
from benchside.organisations.models import Organisation
from benchside.visibility.models import Story, StoryFilm
from benchside.visibility.stories.actions.reviewing import DETAILS

READ_AGAIN = timedelta(days=365)


def _next_year() -> Any:
    return timezone.localdate() + READ_AGAIN


class WordsForm(forms.Form):
    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what the person should read."},
    )


class ReviewForm(forms.Form):
    review_on = forms.DateField(
        label="Read it again on",
        initial=_next_year,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Write a day as 2027-03-01."},
    )


class PublishForm(ReviewForm):
    names_judged = forms.BooleanField(
        label="I have looked at the words that may be a hidden name: they are not", required=False
    )


class DescriptionForm(forms.Form):
    description = forms.CharField(
        max_length=255, error_messages={"required": "Say in one line what it shows."}
    )


class CaptionsForm(forms.Form):
    captions = forms.FileField(label="Captions (.vtt or .srt)", required=False)
    transcript = forms.CharField(
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write down what is said and seen."},
    )

    @classmethod
    def of(cls, film: StoryFilm | None) -> "CaptionsForm":
        return cls(initial={"transcript": film.transcript if film else ""})

    def clean_captions(self) -> str:
        file = self.cleaned_data["captions"]
        if file is None:
            return ""
        try:
            return core_captions.write(core_captions.read(file.read(core_captions.MAX_BYTES + 1)))
        except core_captions.CaptionsRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


class DetailsForm(forms.Form):
    name = forms.CharField(label="Name as shown", max_length=80, required=False)
    role = forms.ModelChoiceField(label="Role", queryset=Role.objects.none())
    more_roles = forms.ModelMultipleChoiceField(
        label="Roles near it", queryset=Role.objects.none(), required=False
    )
    job_title = forms.CharField(label="What it is called there", max_length=80, required=False)
    employer = forms.CharField(max_length=120)
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), required=False, empty_label="Not one of ours"
    )
    years_in_role = forms.IntegerField(
        label="Years in the role", min_value=0, max_value=60, required=False
    )
    nation = forms.ChoiceField(choices=[("", "Not said"), *Nation.choices], required=False)
    region = forms.CharField(max_length=80, required=False)
    letters = forms.CharField(max_length=60, required=False)
    way = forms.ChoiceField(
        label="Way in", choices=[("", "Not said"), *RouteKind.choices], required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        roles = Role.objects.filter(live=True).order_by("title")
        for name, found in (
            ("role", roles),
            ("more_roles", roles),
            ("organisation", Organisation.objects.open().order_by("name")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    @classmethod
    def of(cls, story: Story) -> "DetailsForm":
        said = {name: getattr(story, name) for name in DETAILS}
        return cls(initial={**said, "more_roles": story.more_roles.all()})
