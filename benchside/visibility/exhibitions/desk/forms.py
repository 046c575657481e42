"""What the team types of exhibitions, panels, stops and visitors."""

from typing import Any, ClassVar

from django import forms

from benchside.organisations.models import Organisation
from benchside.visibility.exhibitions import queries
from benchside.visibility.exhibitions.enums import CountedBy, ExhibitionState
from benchside.visibility.models import Exhibition, Panel, Photo, Stop, Story
from benchside.visibility.models.exhibitions import MOST_A_DAY


def day_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages={"invalid": "Give a day, such as 2027-04-26."},
    )


class ExhibitionForm(forms.ModelForm):
    class Meta:
        model = Exhibition
        fields: ClassVar = ["title", "slug", "campaign", "lead", "about"]
        labels: ClassVar = {"slug": "Address: /exhibitions/…/"}
        widgets: ClassVar = {"about": forms.Textarea({"rows": 8})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and self.instance.state != ExhibitionState.DRAFT:
            self.fields["slug"].disabled = True


class _StoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, story: Story) -> str:
        role = story.role.title if story.role else "Technician"
        return " at ".join(filter(None, [f"{role}: {story.name or 'no name'}", story.employer]))


class _PhotoChoice(forms.ModelChoiceField):
    def label_from_instance(self, photo: Photo) -> str:
        return f"{photo.caption or 'No caption'} ({photo.approved_at:%-d %b %Y})"


class HangForm(forms.Form):
    """A story or a photograph, and what is to stand on the sheet."""

    story = _StoryChoice(queryset=None, required=False, empty_label="None", label="A story")
    photo = _PhotoChoice(
        queryset=None, required=False, empty_label="None", label="Or a photograph",
        help_text="Only what is shown to everybody and may be printed is in these lists.",
    )  # fmt: skip
    heading = forms.CharField(label="Heading", max_length=80)
    words = forms.CharField(
        label="Words on the sheet",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="Up to 600 letters. Take them from the story: no words they did not agree to.",
    )

    def __init__(self, *args: Any, exhibition: Exhibition, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, found in (
            ("story", queries.stories_to_hang(exhibition).select_related("role")),
            ("photo", queries.photos_to_hang(exhibition)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("story")) == bool(said.get("photo")):
            self.add_error("story", "Choose one story or one photograph.")
        return said


class PanelForm(forms.ModelForm):
    class Meta:
        model = Panel
        fields: ClassVar = ["heading", "words"]
        widgets: ClassVar = {"words": forms.Textarea({"rows": 5})}


class StopForm(forms.ModelForm):
    starts_on = day_field("First day")
    ends_on = day_field("Last day")
    website = forms.URLField(label="Its own page", required=False, assume_scheme="https")

    class Meta:
        model = Stop
        fields: ClassVar = [
            "venue", "address", "town", "postcode", "nation", "starts_on", "ends_on", "hours",
            "access", "website", "host", "contact", "contact_email", "contact_phone",
        ]  # fmt: skip
        labels: ClassVar = {"host": "Organisation here, if it is one"}
        help_texts: ClassVar = {
            "contact": "For the team alone. Forgotten half a year after the last day."
        }
        widgets: ClassVar = {"access": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        host = self.fields["host"]
        assert isinstance(host, forms.ModelChoiceField)
        host.queryset = Organisation.objects.open().order_by("name")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "It would end before it begins. Give a later day.")
        return said


class CountForm(forms.Form):
    day = day_field("Day")
    visitors = forms.IntegerField(
        label="Visitors",
        min_value=0,
        max_value=MOST_A_DAY,
        error_messages={"max_value": f"More than {MOST_A_DAY:,} in a day? Check the number."},
    )
    source = forms.ChoiceField(label="How it was counted", choices=CountedBy.choices)
    is_estimate = forms.BooleanField(label="It is an estimate", required=False)
