"""What technicians type of themselves, a few fields at a time."""

from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.careers.models import Role
from benchside.core.picture_form import PictureFormField
from benchside.people import orcid
from benchside.people.models import Profile

CONSENT = (
    "I am the person in this photograph, or everybody in it has said yes. "
    "It may be shown to whom I choose, until I take it down."
)


class Words(forms.ModelForm):
    name = forms.CharField(label="Your name", max_length=120, validators=[ONE_LINE])
    contact_url = forms.URLField(
        label="A page of yours",
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": "Type an address such as www.example.ac.uk."},
    )
    # Longer than it is kept: it may be typed as an address.
    orcid = forms.CharField(
        label="ORCID iD",
        required=False,
        max_length=60,
        help_text="Sixteen characters, such as 0000-0002-1825-0097.",
    )

    class Meta:
        model = Profile
        fields = ("headline", "about", "role", "letters", "contact_email", "contact_url", "orcid")
        labels = {  # noqa: RUF012
            "headline": "Headline",
            "about": "About you",
            "role": "Which of our roles is yours nearest to?",
            "letters": "Letters after your name",
            "contact_email": "An e-mail address people may use",
        }
        help_texts = {  # noqa: RUF012
            "headline": "What you do, in one line. For example: I keep the lasers running.",
            "about": "What you build, mend or look after; how you came to it; what you enjoy.",
            "letters": "Such as RSciTech or EngTech.",
            "contact_email": "It need not be your work address. Leave it out if you would rather "
            "not be written to.",
        }
        widgets = {  # noqa: RUF012
            "about": forms.Textarea(attrs={"rows": 6}),
        }

    field_order = ("name", "headline", "role", "about", "letters", "contact_email", "contact_url")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = Role.objects.filter(live=True).order_by("title")  # type: ignore[attr-defined]
        self.fields["role"].empty_label = "None of them"  # type: ignore[attr-defined]
        for name in ("headline", "letters"):
            self.fields[name].validators.append(ONE_LINE)

    def clean_orcid(self) -> str:
        typed = self.cleaned_data["orcid"]
        if not typed:
            return ""
        found = orcid.normal(typed)
        if found is None:
            raise forms.ValidationError(
                "This is no ORCID iD: one of its characters is wrong. Copy it from orcid.org."
            )
        return found


class Photo(InOurWords):
    file = PictureFormField(label="The photograph")
    description = forms.CharField(
        label="What it shows",
        max_length=255,
        help_text="For people who cannot see it. For example: Edie beside a lathe, smiling.",
        validators=[ONE_LINE],
    )
    yes = forms.BooleanField(
        label=CONSENT, error_messages={"required": "We can only keep it with your yes."}
    )


class QualificationLine(InOurWords):
    title = forms.CharField(label="What", max_length=120, validators=[ONE_LINE])
    awarded_by = forms.CharField(
        label="From whom", max_length=120, required=False, validators=[ONE_LINE]
    )
    year = forms.IntegerField(label="Year", required=False, min_value=1940)

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and year > timezone.localdate().year + 6:
            raise forms.ValidationError("That is too far ahead. Give the year it ends.")
        return year


class LanguageLine(InOurWords):
    name = forms.CharField(
        label="Language", max_length=60, validators=[ONE_LINE], help_text="For example: Welsh."
    )
