"""The yes to being shown, signed by the person, or by a parent of somebody under 18."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from benchside.visibility.models import Story
from benchside.visibility.stories.tell.fields import StepForm, a_line

UNTIL = [("", "Until I take it back"), ("1", "For one year"), ("3", "For three years")]


class ConsentForm(StepForm):
    """A yes in plain words. `words` is all that is signed, as it is kept."""

    USES: ClassVar = [
        ("on_social", "You may show it on social media, in your own posts."),
        ("in_print", "You may print it: a poster, an exhibition."),
        ("by_partners", "Partners, such as a school or a museum, may show it on their own sites."),
    ]

    on_social = forms.BooleanField(label=USES[0][1], required=False)
    in_print = forms.BooleanField(label=USES[1][1], required=False)
    by_partners = forms.BooleanField(label=USES[2][1], required=False)
    until = forms.ChoiceField(label="For how long?", choices=UNTIL, required=False)
    others_agreed = forms.BooleanField(
        label="Everybody else who can be recognised is 18 or over and has said yes to this",
        required=False,
    )
    signed_as = a_line(
        "Sign with your whole name",
        "First name and surname. We keep it with your yes and show it to nobody.",
        most=120,
        required="Type your whole name to say yes.",
        autocomplete="name",
    )

    BASE: ClassVar = (
        "I say yes to this story being shown on this site, with its pictures and its film, if it"
        " has any. I have read what will be shown. I can take my yes back at any time, and then"
        " all of it is gone."
    )
    OTHERS: ClassVar = "Everybody else who can be recognised is 18 or over and has said yes too."

    def __init__(self, *args: Any, has_pictures: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_pictures:
            del self.fields["others_agreed"]

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        return {name: getattr(story, name) for name, _ in cls.USES} if story.consent_at else {}

    def clean_signed_as(self) -> str:
        name = " ".join(self.cleaned_data["signed_as"].split())
        if len(name.split(" ")) < 2:
            raise forms.ValidationError("Type first name and surname. Nobody else sees it.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "others_agreed" in self.fields and not cleaned.get("others_agreed"):
            self.add_error("others_agreed", "Ask them first, or choose a picture of you alone.")
        return cleaned

    def words(self) -> str:
        """What was signed, in the words on the page."""
        said = [self.BASE]
        if "others_agreed" in self.fields:
            said.append(self.OTHERS)
        said += [words for name, words in self.USES if self.cleaned_data[name]]
        said.append(f"{dict(UNTIL)[self.cleaned_data['until']]}.")
        return " ".join(said)

    def ends_on(self) -> date | None:
        years = self.cleaned_data["until"]
        return timezone.localdate() + timedelta(days=365 * int(years)) if years else None


class ParentForm(ConsentForm):
    """The same, by a parent or carer of somebody of 16 or 17."""

    BASE = (
        "I am the parent or carer of the person who tells this story. I have read what will be"
        " shown, and say yes to it. I can take my yes back at any time, and then all of it is gone."
    )
