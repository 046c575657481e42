"""Forms of those who write."""

from typing import Any, cast

from django import forms

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.assessment.writing.queries import Place
from benchside.core.forms import PlainForm
from benchside.organisations import queries as organisations

BIGGEST = 2**31 - 1


class Answer(PlainForm):
    """What is typed for one criterion. Nothing is stripped, cut or refused for being long: that is
    said on the page."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea)
    choice = forms.CharField(required=False, max_length=200)
    based_on = forms.IntegerField(min_value=0, max_value=BIGGEST, required=False)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    def clean_based_on(self) -> int:
        return self.cleaned_data["based_on"] or 0


class OwnFigure(PlainForm):
    """A figure of the writers' own, and why."""

    value = forms.FloatField(
        label="Your own figure",
        localize=True,
        error_messages={"invalid": "Type the figure in digits, such as 120 or 62.5."},
    )
    reason = forms.CharField(label="Where it comes from", max_length=300)


class AddPart(PlainForm):
    """Who is asked to write which part: one of the organisation, or anybody with an account."""

    member = forms.TypedChoiceField(
        label="Somebody of your organisation", required=False, coerce=int, empty_value=None
    )
    email = forms.EmailField(
        label="Or the e-mail address of somebody with an account here", required=False
    )
    part = forms.ChoiceField(label="What they write")
    due_on = forms.DateField(
        label="By when",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, submission: Submission, places: list[Place], *args: Any, **more: Any):
        super().__init__(*args, **more)
        self.members = _members(submission)
        people = [(str(one.pk), one.get_full_name()) for one in self.members.values()]
        _choose(self.fields["member"], [("", "Choose somebody"), *people])
        if not people:
            del self.fields["member"]
            self.fields["email"].label = "The e-mail address of somebody with an account here"
        areas = {place.area.key: place.area.title for place in places}
        ones = [
            (f"one:{one.criterion.key}", f"{one.number}. {one.criterion.title}") for one in places
        ]
        whole = [(f"area:{key}", f"All of: {title}") for key, title in areas.items()]
        _choose(self.fields["part"], [("", "All of it"), *whole, *ones])
        self.fields["part"].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        email, member = found.get("email"), found.get("member")
        if email and member:
            self.add_error("email", "Choose a person or type an address, not both.")
        elif email:
            user = accounts.user_with_address(email)
            if user is None or not user.is_active:
                said = (
                    "Nobody has an account with this address. Ask them to make one, then try again."
                )
                self.add_error("email", said)
            else:
                found["user"] = user
        elif member:
            found["user"] = self.members[member]
        elif "email" not in self.errors:
            where = "member" if "member" in self.fields else "email"
            self.add_error(where, "Say who is to write it.")
        kind, _, key = found.get("part", "").partition(":")
        found["area"] = key if kind == "area" else ""
        found["criterion"] = key if kind == "one" else ""
        return found


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, field).choices = choices


def _members(submission: Submission) -> dict[int, User]:
    if submission.organisation is None or submission.technician_id is not None:
        return {}
    return {one.pk: one for one in organisations.members_who_sign_in(submission.organisation)}
