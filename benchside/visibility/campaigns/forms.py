"""What a school types to join in, and what the team writes down."""

from typing import Any

from django import forms
from django.http import HttpRequest

from benchside.core.open_forms import OpenForm
from benchside.organisations.enums import Region
from benchside.organisations.forms import website_field
from benchside.organisations.models import Organisation
from benchside.visibility.campaigns import plan
from benchside.visibility.campaigns.near import district
from benchside.visibility.enums import Phase
from benchside.visibility.models import Campaign, CampaignDay, Partner, Partnership

MOST_TECHNICIANS = 500
DATE = {"type": "date"}


def date_input() -> forms.DateInput:
    return forms.DateInput(DATE, "%Y-%m-%d")


def one_line(text: str) -> str:
    """Without line breaks and the like: it goes into the heading of a letter."""
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def how_many(**more: Any) -> forms.IntegerField:
    said = f"Give a whole number from 1 to {MOST_TECHNICIANS}, or leave it empty."
    return forms.IntegerField(
        label="How many technicians work with you?",
        help_text="Of all kinds: science, workshop, IT, art, food, stage. A guess will do.",
        required=False,
        min_value=1,
        max_value=MOST_TECHNICIANS,
        widget=forms.TextInput({"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), said),
        **more,
    )


def show_us(**more: Any) -> forms.BooleanField:
    return forms.BooleanField(
        label="Show our school’s name and town on the list",
        help_text="So that schools near you find you. Never your own name.",
        required=False,
        **more,
    )


class JoinForm(OpenForm):
    """The second screen for a school of the list: who asks, and two things about the school."""

    purpose = "campaign-pledge"

    contact_name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Give your name, so that we know whom we write to."},
    )
    contact_email = forms.EmailField(
        label="Your e-mail at school",
        help_text="We send you a link. Please use it: only then are you in.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Give an e-mail address: the link to your page goes there.",
            "invalid": "This is no e-mail address. It looks like name@school.example.",
        },
    )
    technicians = how_many()
    is_shown = show_us()

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False

    def clean_contact_name(self) -> str:
        return one_line(self.cleaned_data["contact_name"])

    def values(self) -> dict[str, Any]:
        """As fields of a pledge."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"token", "place"}
        }


class TypedJoinForm(JoinForm):
    """The same for a school that is in no list: its name and where it is come first."""

    school = forms.CharField(
        label="School or college",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": "Give the name of your school or college."},
    )
    town = forms.CharField(
        label="Town",
        max_length=80,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
        error_messages={"required": "Give the town, so that others know which school it is."},
    )
    postcode = forms.CharField(
        label="Postcode",
        max_length=10,
        required=False,
        help_text="So that we find schools near you.",
        widget=forms.TextInput({"autocomplete": "postal-code", "maxlength": 10}),
    )
    region = forms.ChoiceField(
        label="Part of the UK",
        choices=[("", "Choose"), *Region.choices],
        error_messages={"required": "Choose the part of the UK you are in."},
    )
    phase = forms.ChoiceField(
        label="Kind of school",
        choices=[("", "Choose"), *Phase.choices],
        error_messages={"required": "Choose the kind of school."},
    )
    field_order = ("school", "town", "postcode", "region", "phase")

    def clean_school(self) -> str:
        return one_line(self.cleaned_data["school"])

    def clean_town(self) -> str:
        return one_line(self.cleaned_data["town"])

    def clean_postcode(self) -> str:
        typed = "".join(self.cleaned_data["postcode"].upper().split())
        if not typed:
            return ""
        whole = f"{typed[:-3]} {typed[-3:]}"
        if len(typed) > 7 or not district(whole):
            raise forms.ValidationError("This is no UK postcode. It looks like “AB1 2CD”.")
        return whole


class SendAgainForm(OpenForm):
    """The address a link is sent to again."""

    purpose = "campaign-link-again"

    email = forms.EmailField(
        label="Your e-mail at school",
        help_text="The one you signed up with.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": "Give the e-mail address you signed up with.",
            "invalid": "This is no e-mail address. It looks like name@school.example.",
        },
    )


class KeepForm(forms.Form):
    """What a school can change on its own page."""

    technicians = how_many()
    is_shown = show_us()
    wants_reminders = forms.BooleanField(
        label="Remind us by e-mail",
        help_text="Four weeks, a week and a day before, and on the morning.",
        required=False,
    )


class CertificateForm(forms.Form):
    """A name for one certificate. It is printed and kept nowhere."""

    name = forms.CharField(
        label="Name of the technician",
        max_length=80,
        help_text="It is printed on the certificate. We do not keep it.",
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Type the name that goes on the certificate.",
            "max_length": "Use 80 letters at most. You have %(show_value)s.",
        },
    )

    def clean_name(self) -> str:
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("Type the name that goes on the certificate.")
        return name


class OrganisationJoinForm(forms.Form):
    """An organisation of the house joins in: who it is we know."""

    technicians = how_many()
    is_shown = show_us()


# --- the team's -----------------------------------------------------------------------------------
class CampaignForm(forms.ModelForm):
    class Meta:
        model = Campaign
        fields = (
            "name", "slug", "message", "about", "hashtags", "starts_on", "ends_on", "short_words",
            "long_words", "newsletter_words",
        )  # fmt: skip
        widgets = {  # noqa: RUF012
            "starts_on": date_input(),
            "ends_on": date_input(),
            "about": forms.Textarea({"rows": 8}),
            "short_words": forms.Textarea({"rows": 3}),
            "long_words": forms.Textarea({"rows": 6}),
            "newsletter_words": forms.Textarea({"rows": 8}),
        }
        labels = {  # noqa: RUF012
            "slug": "Address",
            "about": "What it is about",
            "starts_on": "From",
            "ends_on": "Until",
        }
        help_texts = {  # noqa: RUF012
            "slug": "The last part of its address, such as “made-up-day”. It stands on posters.",
            "message": "One sentence. It stands on posters and in posts.",
            "about": "For its page. An empty line begins a new paragraph. Keep it plain.",
            "hashtags": "Parted by spaces; with or without the #.",
            "short_words": "Leave it empty and we make it from the name, day and message.",
            "long_words": "Leave it empty and we make it.",
            "newsletter_words": "Leave it empty and we make it.",
        }

    def clean_hashtags(self) -> str:
        words = [word.lstrip("#") for word in self.cleaned_data["hashtags"].split()]
        if strange := next((word for word in words if not word.replace("_", "").isalnum()), ""):
            raise forms.ValidationError(
                f"“#{strange}” does not work as a hashtag: letters and figures only."
            )
        return " ".join(dict.fromkeys(words))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "It cannot end before it begins.")
        return cleaned


class DayForm(forms.ModelForm):
    class Meta:
        model = CampaignDay
        fields = ("day", "pledges_until", "photos_until", "programme")
        widgets = {  # noqa: RUF012
            "day": date_input(),
            "pledges_until": date_input(),
            "photos_until": date_input(),
            "programme": forms.Textarea({"rows": 8}),
        }
        labels = {  # noqa: RUF012
            "pledges_until": "Schools can join until",
            "photos_until": "Photographs are taken until",
            "programme": "What happens when",
        }
        help_texts = {  # noqa: RUF012
            "programme": "A line each, such as “09:00 Assembly: show the slides”.",
        }

    def clean_programme(self) -> str:
        text: str = self.cleaned_data["programme"]
        try:
            plan.programme(text)
        except plan.BadProgramme as bad:
            raise forms.ValidationError(str(bad)) from bad
        return text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day = cleaned.get("day")
        pledges, photos = cleaned.get("pledges_until"), cleaned.get("photos_until")
        if day and pledges and pledges > day:
            self.add_error("pledges_until", "Schools join before the day, or on it at the latest.")
        if day and photos and photos < day:
            self.add_error("photos_until", "Photographs are taken on the day at least.")
        return cleaned


class PartnerForm(forms.ModelForm):
    website = website_field()

    class Meta:
        model = Partner
        fields = ("name", "organisation", "website", "contact_name", "contact_email")
        help_texts = {  # noqa: RUF012
            "organisation": "If it is one of the house.",
            "contact_name": "Seen by the team alone.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = Organisation.objects.open()  # type: ignore[attr-defined]


class LogoForm(forms.Form):
    file = forms.FileField(
        label="Logo",
        help_text="PNG, JPEG or WebP, up to 25 MB. It is drawn anew and stripped.",
        error_messages={"required": "Choose a file."},
    )
    description = forms.CharField(
        label="What it says",
        max_length=120,
        required=False,
        help_text="For people who cannot see it. Left empty, it is the partner’s name.",
    )


class PartnershipForm(forms.ModelForm):
    class Meta:
        model = Partnership
        fields = ("terms", "terms_version", "agreed_on", "shown_from", "shown_until")
        widgets = {  # noqa: RUF012
            "terms": forms.Textarea({"rows": 5}),
            "agreed_on": date_input(),
            "shown_from": date_input(),
            "shown_until": date_input(),
        }
        labels = {  # noqa: RUF012
            "agreed_on": "Agreed on",
            "shown_from": "Name and logo may be shown from",
            "shown_until": "Until",
        }
        help_texts = {  # noqa: RUF012
            "terms_version": "Such as “2027-1”.",
            "shown_until": "Empty: until they say otherwise.",
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        shown_from, until = cleaned.get("shown_from"), cleaned.get("shown_until")
        if until and not shown_from:
            self.add_error("shown_from", "Say from when, as you say until when.")
        if shown_from and until and until < shown_from:
            self.add_error("shown_until", "It cannot end before it begins.")
        if cleaned.get("agreed_on") and not cleaned.get("terms_version"):
            self.add_error("terms_version", "Say which version they agreed to.")
        if shown_from and not cleaned.get("agreed_on"):
            self.add_error("agreed_on", "Nothing is shown before they have agreed: say when.")
        return cleaned


class FollowUpForm(forms.Form):
    note = forms.CharField(
        label="Note of the team",
        max_length=200,
        required=False,
        help_text="Such as “rang, will confirm on Monday”. It is forgotten with the contact.",
    )
    write = forms.BooleanField(label="Send the link to their page again", required=False)
