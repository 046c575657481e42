"""What an adult types to enter, and a judge to say whom they know and to give points."""

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.base import File
from django.http import HttpRequest

from benchside.careers.models import Role
from benchside.core.open_forms import OpenForm
from benchside.core.picture_form import PictureFormField
from benchside.organisations.enums import Nation
from benchside.visibility.contests import queries
from benchside.visibility.contests.actions.entries import WORDS, Sent
from benchside.visibility.enums import InPicture
from benchside.visibility.models import (
    AgeGroup,
    Category,
    Competition,
    Criterion,
    Entry,
    Pledge,
    Terms,
)

ONCE = 24  # signs of a form's own random mark
AGAIN = "Choose the picture again: a browser does not keep it."
IN_PICTURE = [
    (InPicture.NOBODY, "Nobody you could recognise"),
    (InPicture.AGREED, "Adults only, and they have said yes"),
    (InPicture.CHILD, "A child may be seen. We look at these twice"),
]


class EntryForm(OpenForm):
    """One entry, in an adult's words. What is asked of a child is nothing."""

    purpose = "contest-entry"

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=ONCE)
    terms_version = forms.IntegerField(widget=forms.HiddenInput)
    code = forms.CharField(
        label="Code of your school",
        required=False,
        max_length=20,
        help_text="It is on your pledge. No code? Leave this out.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    school = forms.CharField(
        label="School, college or club",
        required=False,
        max_length=200,
        help_text="Its name alone, please. Judges do not see it.",
        error_messages={"max_length": "Use 200 letters at most."},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    nation = forms.ChoiceField(
        label="Where it is",
        choices=[("", "Choose"), *Nation.choices],
        error_messages={"required": "Choose where your school is."},
    )
    category = forms.ModelChoiceField(
        queryset=Category.objects.none(), label="Category", empty_label="Choose",
        error_messages={"required": "Choose a category."},
    )  # fmt: skip
    age_group = forms.ModelChoiceField(
        queryset=AgeGroup.objects.none(), label="Ages", empty_label="Choose",
        help_text="The age of whoever took the picture. For a class, its oldest.",
        error_messages={"required": "Choose the ages."},
    )  # fmt: skip
    role = forms.ModelChoiceField(
        queryset=Role.objects.none(), label="Which job does it show?", empty_label="Not sure",
        required=False,
    )  # fmt: skip
    file = PictureFormField(label="The picture")
    caption = forms.CharField(
        label="What it shows",
        max_length=180,
        help_text="What the technician does, and what for. No names, please, and no school.",
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 180}),
        error_messages={
            "required": "Say in a sentence what the picture shows.",
            "max_length": "Use 180 letters at most. You have %(show_value)s.",
        },
    )
    in_picture = forms.ChoiceField(
        label="Who is in it?",
        choices=IN_PICTURE,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who can be seen in the picture."},
    )
    on_social = forms.BooleanField(
        label="You may show it on social media, without our school’s name", required=False
    )
    in_print = forms.BooleanField(
        label="You may print it, such as on a panel of an exhibition", required=False
    )
    agreed = forms.BooleanField(
        label=WORDS,
        error_messages={"required": "Tick this, or we may not take the picture in."},
    )
    signed_as = forms.CharField(
        label="Your own name, to sign this",
        max_length=120,
        help_text="For grown-ups. We keep it with your yes. We never show it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your name to sign."},
    )
    reply_to = forms.EmailField(
        label="Your e-mail at work",
        help_text="We send the link to your entry, and how it ended. Nothing more.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Give an address, so that you can change your entry.",
            "invalid": "Check this address. It should look like name@school.example.",
        },
    )

    def __init__(
        self,
        request: HttpRequest,
        *args: Any,
        competition: Competition,
        terms: Terms,
        entry: Entry | None = None,
        **options: Any,
    ) -> None:
        super().__init__(request, *args, **options)
        self.competition, self.terms, self.entry = competition, terms, entry
        self.use_required_attribute = False
        querysets: Mapping[str, Any] = {
            "category": competition.categories.all(),
            "age_group": competition.age_groups.all(),
            "role": Role.objects.filter(live=True).order_by("title"),
        }
        for name, found in querysets.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found
        self.fields["once"].initial = secrets.token_urlsafe(18)
        self.fields["terms_version"].initial = terms.version
        if entry is not None:
            self._for_a_change()

    def _for_a_change(self) -> None:
        """Whose it is stays; the picture stays unless another is chosen."""
        for name in ("code", "once", "reply_to"):
            del self.fields[name]
        self.fields["file"].required = False
        self.fields["file"].label = "Another picture"

    def clean_terms_version(self) -> int:
        seen = int(self.cleaned_data["terms_version"])
        if seen != self.terms.version:
            raise forms.ValidationError("The terms have changed. Read them again, then send.")
        return seen

    def clean(self) -> dict[str, Any]:
        """A change is sent to an address that holds the secret of the entry, which no other site
        knows: that stands in for the Origin, which pages that name themselves to nobody lack."""
        checked = super(OpenForm, self).clean() if self.entry else super().clean()
        cleaned: dict[str, Any] = checked or {}
        self.pledge = self._pledge(cleaned)
        if not self.pledge and not cleaned.get("school") and "school" not in self.errors:
            self.add_error("school", "Give the name of your school, college or club.")
        if self.errors and "file" not in self.errors and self.files.get("file"):
            self.add_error("file", AGAIN)
        return cleaned

    def _pledge(self, cleaned: dict[str, Any]) -> Pledge | None:
        typed = cleaned.get("code", "")
        if self.entry is not None or not typed:
            return self.entry.pledge if self.entry else None
        found = queries.pledge_of(typed)
        if found is None:
            self.add_error("code", "We do not know this code. Check it, or leave it out.")
        return found

    def sent(self) -> Sent:
        """What was typed, once it is valid."""
        said, pledge = self.cleaned_data, self.pledge
        names = ("category", "age_group", "nation", "caption", "in_picture", "role")
        return Sent(
            **{name: said[name] for name in names},
            terms=self.terms,
            school=pledge.school if pledge else " ".join(said["school"].split()),
            signed_as=said["signed_as"],
            reply_to=said.get("reply_to", ""),
            once=said.get("once") or secrets.token_urlsafe(18),
            pledge=pledge,
            in_print=said["in_print"],
            on_social=said["on_social"],
        )

    @property
    def picture(self) -> File | None:
        """The safe form of the picture, if one was chosen."""
        return self.cleaned_data.get("file")


class DeclareForm(forms.Form):
    """Whom a judge knows."""

    places = forms.CharField(
        label="Schools, colleges and employers where you know people",
        required=False,
        max_length=4000,
        help_text="One on a line. Where you work, your children go, you are a governor or visit.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_all = forms.BooleanField(
        label="That is all. I will say so if I recognise an entry",
        error_messages={"required": "Tick this to go on."},
    )

    def names(self) -> list[str]:
        return [line for line in self.cleaned_data["places"].splitlines() if line.strip()]


class ScoreForm(forms.Form):
    """Points for each criterion, 0 to its most."""

    def __init__(self, *args: Any, criteria: list[Criterion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for one in criteria:
            self.fields[f"points-{one.pk}"] = forms.TypedChoiceField(
                label=one.title,
                help_text=one.words,
                coerce=int,
                choices=[(number, str(number)) for number in range(one.most + 1)],
                widget=forms.RadioSelect,
                error_messages={
                    "required": f"Give points for “{one.title}”.",
                    "invalid_choice": f"“{one.title}” gets 0 to {one.most} points.",
                },
            )

    def points(self) -> dict[int, int]:
        return {one.pk: self.cleaned_data[f"points-{one.pk}"] for one in self.criteria}
