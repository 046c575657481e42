"""Forms of credentials: what to check, and for what one speaks."""

import re
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings

from benchside.core.forms import InPlainWords, PlainForm
from benchside.core.open_forms import OpenForm
from benchside.recognition.credentials import badging, queries
from benchside.recognition.credentials.actions.endorsing import MOST_WORDS
from benchside.recognition.credentials.carriers import LARGEST_FILE
from benchside.recognition.credentials.designs import badge_version, with_badges
from benchside.recognition.enums import WhyDeclined
from benchside.recognition.models import Credential

KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def own_key(typed: str) -> UUID | None:
    """The key of a credential of ours in an address, or typed by itself."""
    try:
        parts = urlsplit(typed)
    except ValueError:  # such as a bracket that is not closed
        return None
    is_ours = not parts.netloc or parts.netloc.lower() == urlsplit(settings.BASE_URL).netloc.lower()
    found = KEY.search(parts.path) if is_ours else None
    return UUID(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class About:
    """What an endorsement is of: one of the two."""

    standard: str = ""
    credential: Credential | None = None


class EndorseForm(PlainForm):
    """A badge of the list, or the address of one credential."""

    badge = forms.ChoiceField(label="Which badge", required=False)
    address = forms.CharField(
        label="Or one holder’s credential",
        required=False,
        max_length=300,
        help_text="Its address, as its holder gave it to you.",
    )
    words = forms.CharField(
        label="What you say of it",
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        help_text="Whoever keeps or holds the badge reads it first, and says yes or no. Then "
        "everybody can read it. Say what you know of it yourselves.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        badge = cast("forms.ChoiceField", self.fields["badge"])
        found = [(key, version) for key in with_badges() if (version := badge_version(key))]
        badge.choices = [
            ("", "Choose"), *((key, badging.name_of(version, "")) for key, version in found)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        badge, address = cleaned.get("badge", ""), cleaned.get("address", "")
        if bool(badge) == bool(address):
            self.add_error("badge", "Choose a badge, or give an address: one of the two.")
            return cleaned
        if badge:
            cleaned["about"] = About(standard=badge)
            return cleaned
        key = own_key(address)
        found = queries.public_credential(key) if key else None
        if found is None:
            self.add_error("address", "There is no credential at this address. Copy it whole.")
        else:
            cleaned["about"] = About(credential=found)
        return cleaned


class AnswerForm(PlainForm):
    """Why words for a badge are not taken."""

    reason = forms.ChoiceField(
        label="If you say no: why", choices=[("", "Choose"), *WhyDeclined.choices], required=False
    )


class VerifyForm(InPlainWords, OpenForm):
    """One of three: a file, a number, an address."""

    purpose = "verify"
    optional_said_above = True

    file = forms.FileField(
        label="Bring the file of the badge or certificate",
        required=False,
        help_text="A PNG, SVG, JSON or PDF file. It is read and forgotten: nothing is kept.",
        error_messages={"empty": "This file is empty. Choose it again, or another."},
    )
    typed = forms.CharField(
        label="Or type its number or its address",
        required=False,
        max_length=500,
        help_text="A number is like RT-000012. The address stands under the QR code.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, typed = cleaned.get("file"), cleaned.get("typed", "")
        if "file" in self.errors:
            return cleaned
        if file and file.size > LARGEST_FILE:
            self.add_error(
                "file",
                f"This file is larger than {LARGEST_FILE // 1_000_000} MB. A badge is small.",
            )
        if not file and not typed:
            self.add_error("file", "Choose a file, or type a number or an address below.")
        return cleaned
