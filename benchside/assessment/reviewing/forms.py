"""What reviewers, officers, ratifiers and holders fill in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.html import escape

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.assessment.actions.reviewers import MOST
from benchside.assessment.enums import CommentKind, DecisionOutcome, DutyKind
from benchside.assessment.models import Feedback, Judgement
from benchside.assessment.standards import Criterion, Standard
from benchside.core.forms import PlainForm
from benchside.organisations.models import Organisation

Choices = Iterable[tuple[Any, str]]
SAID = {CommentKind.COMMEND: "Commend this", CommentKind.RECOMMEND: "Recommend this"}


def _words(label: str, *, most: int, rows: int = 4, needed: str = "", hint: str = "") -> Any:
    """A box of words. `needed` is what is said when it is empty; without it, it may be."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(needed),
        help_text=hint,
        error_messages={"required": needed},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: str, *, needed: str = "", hint: str = "") -> Any:
    return forms.DateField(
        label=label,
        required=bool(needed),
        help_text=hint,
        error_messages={"required": needed, "invalid": "That is no day. One is 31/01/2027."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


# --- a reviewer ----------------------------------------------------------------------------------
class AcceptForm(PlainForm):
    no_conflict = forms.BooleanField(
        label="I have no interest in it: no job there, no part in it, nobody close to me in it",
        error_messages={"required": "Say that you have no interest in it, or say no."},
    )


class DeclineForm(PlainForm):
    interest = _words(
        "Is there an interest that keeps you away?",
        most=300,
        rows=2,
        hint="If there is, name it: then you are not asked again. Those who assign reviews see it.",
    )


JUDGE = "judge"  # the one form of the page, which its fields belong to wherever they stand


class JudgeForm(PlainForm):
    """Grade, reason and private note for some criteria; nothing here must be filled in yet."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        standard: Standard,
        criteria: Sequence[Criterion],
        said: Mapping[str, Judgement],
    ) -> None:
        super().__init__(data)
        self.optional_said_above = True
        self.titles = {one.key: one.title for one in standard.review.grades}
        needing = [one.title for one in standard.review.grades if one.needs_reason]
        hint = "Those who decide read it."
        if standard.decision.rule != "none":
            hint += " If it is declined, whoever applied reads it too: write it for them."
        hint += f" Needed with: {', '.join(needing)}." if needing else ""
        for one in criteria:
            held = said.get(one.key)
            for name, field in (
                ("grade", _grade(standard)),
                ("reason", _words("Why", most=4000, rows=3, hint=hint)),
                ("private", _words("For the panel alone", most=4000, rows=2)),
            ):
                field.widget.attrs["form"] = JUDGE
                self.fields[f"{name}-{one.key}"] = field
                self.initial[f"{name}-{one.key}"] = getattr(held, name) if held else ""

    def of(self, criterion: Criterion) -> list[forms.BoundField]:
        return [self[f"{name}-{criterion.key}"] for name in ("grade", "reason", "private")]

    def told(self, criterion: Criterion) -> list[tuple[str, str]]:
        """(label, words) of what is kept for one, for somebody who reads it again."""
        kept = [(str(one.label), one.value() or "") for one in self.of(criterion)]
        return [(label, self.titles.get(value, value)) for label, value in kept if value]

    def says(self, criterion: Criterion) -> dict[str, str]:
        """What was typed for one, as `save_judgement` takes it."""
        return {
            name: self.cleaned_data[f"{name}-{criterion.key}"]
            for name in ("grade", "reason", "private")
        }


def _grade(standard: Standard) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Your judgement",
        required=False,
        choices=[(one.key, one.title) for one in standard.review.grades],
        widget=forms.RadioSelect,
    )


class FeedbackForm(PlainForm):
    """One thing to commend or recommend in an area."""

    def __init__(self, data: Mapping[str, Any] | None, *, standard: Standard, area: str) -> None:
        super().__init__(data, initial={"area": area}, auto_id=f"id_{area}_%s")
        kinds = [(one, SAID[CommentKind(one)]) for one in standard.review.comments]
        self.fields["kind"] = forms.ChoiceField(
            label="What is it?", choices=kinds, widget=forms.RadioSelect,
            error_messages={"required": "Say whether you commend or recommend it."},
        )  # fmt: skip
        self.fields["text"] = _words(
            "In your words", most=2000, needed="Write what you commend or recommend.",
            hint="The holder reads this, once an officer has looked at the wording.",
        )  # fmt: skip
        areas = [(one.key, one.title) for one in standard.areas]
        self.fields["area"] = forms.ChoiceField(choices=areas, widget=forms.HiddenInput)


class MoreForm(PlainForm):
    text = _words("What do you ask for?", most=2000, needed="Write what you would like to see.")
    due_on = _day("By when", needed="Give a day.")
    field_order = ("criteria", "text", "due_on")

    def __init__(
        self, data: Mapping[str, Any] | None, *, standard: Standard, criteria: Sequence[Criterion]
    ) -> None:
        super().__init__(data, initial={"due_on": timezone.localdate() + timedelta(days=14)})
        self.fields["criteria"] = forms.MultipleChoiceField(
            label=f"Which {standard.words.criteria} is it about?", required=False,
            choices=[(one.key, one.title) for one in criteria],
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip
        self.order_fields(self.field_order)

    def clean_due_on(self) -> date:
        return _from_today(self.cleaned_data["due_on"])


class HandInForm(PlainForm):
    summary = _words(
        "A summary for the panel", most=4000, hint="Those who decide read it. The holder does not."
    )


def _from_today(day: date) -> date:
    if day < timezone.localdate():
        raise forms.ValidationError("That day is over. Give one from today on.")
    if day > timezone.localdate() + timedelta(days=3660):
        raise forms.ValidationError("That is more than ten years away.")
    return day


# --- an officer ----------------------------------------------------------------------------------
class ReturnForm(PlainForm):
    words = _words(
        "What is missing?", most=4000, needed="Say what is missing: they read it first.",
        hint="It is sent by e-mail to whoever looks after it.",
    )  # fmt: skip


class GiveForm(PlainForm):
    """One free seat to one of those who may."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        numbers: Sequence[int],
        people: Choices,
        due: date,
        reviewer: str,
    ) -> None:
        super().__init__(data, initial={"due_on": due, "number": numbers[0] if numbers else None})
        self.fields["number"] = forms.TypedChoiceField(
            label="Seat", coerce=int, choices=[(one, f"Seat {one}") for one in numbers]
        )
        self.fields["user"] = forms.TypedChoiceField(
            label=reviewer.capitalize(), coerce=int, choices=list(people),
            error_messages={"required": "Choose somebody.",
                            "invalid_choice": "They cannot be asked. Choose somebody else."},
        )  # fmt: skip
        self.fields["due_on"] = _day("Due on", needed="Give a day.")

    def clean_due_on(self) -> date:
        return _from_today(self.cleaned_data["due_on"])


class DueForm(PlainForm):
    due_on = _day("Due on", needed="Give a day.")

    def clean_due_on(self) -> date:
        return _from_today(self.cleaned_data["due_on"])


class WordingForm(PlainForm):
    """The words of each piece of feedback, as the holder will read them."""

    def __init__(self, data: Mapping[str, Any] | None, *, found: Sequence[Feedback]) -> None:
        super().__init__(data)
        self.optional_said_above = True
        for one in found:
            who = one.seat.user.get_full_name() if one.seat else ""
            self.fields[f"text-{one.pk}"] = _words(
                ", ".join(filter(None, (str(one.get_kind_display()), who))),
                most=2000,
                rows=3,
                needed="Write it, or leave it as it was.",
                hint=escape(f"As it was written: {one.original}") if one.original else "",
            )
            self.initial[f"text-{one.pk}"] = one.text

    def wording(self) -> dict[int, str]:
        return {int(key.split("-")[1]): text for key, text in self.cleaned_data.items()}


class RecommendForm(PlainForm):
    outcome = forms.ChoiceField(
        label="What should be decided?", choices=DecisionOutcome, widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    reasons = _words(
        "Reasons", most=6000, rows=6, needed="Write the reasons: the holder reads them."
    )
    conditions = _words("Conditions", most=4000, hint="With “Approve with conditions” only.")
    conditions_by = _day("To be met by")
    minute = forms.CharField(label="Number of the minute", max_length=60, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, standard: Standard, level: str) -> None:
        super().__init__(data, initial={"level": level})
        if standard.levels:
            levels = [(one.key, one.title) for one in standard.levels]
            self.fields["level"] = forms.ChoiceField(label="Level", choices=levels)

    def clean_conditions_by(self) -> date | None:
        day = self.cleaned_data["conditions_by"]
        if day == timezone.localdate():
            raise forms.ValidationError("Nobody can meet them today. Give a day from tomorrow on.")
        return _from_today(day) if day else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") == DecisionOutcome.CONDITIONS:
            if not said.get("conditions"):
                self.add_error("conditions", "Write what is to be done.")
            if not said.get("conditions_by") and "conditions_by" not in self.errors:
                self.add_error("conditions_by", "Give the day by which it must be done.")
        return said


class WhyForm(PlainForm):
    why = _words("Why", most=2000, needed="Say why: whoever recommended it reads it.")


class AnswerForm(PlainForm):
    uphold = forms.TypedChoiceField(
        label="Is the appeal right?", coerce=lambda said: said == "yes", widget=forms.RadioSelect,
        choices=[("yes", "Yes: a new panel looks at it"), ("no", "No: the decision stands")],
        error_messages={"required": "Choose one."},
    )  # fmt: skip
    answer = _words("Answer", most=6000, rows=6, needed="Write the answer: the holder reads it.")


# --- records -------------------------------------------------------------------------------------
class WhoField(forms.EmailField):
    """The account that signs in with an address."""

    def clean(self, value: Any) -> User:
        address = super().clean(value)
        if found := accounts.user_with_address(address):
            return found
        raise forms.ValidationError(
            "Nobody signs in with this address. Ask them to make an account first."
        )


def _who() -> WhoField:
    return WhoField(
        label="E-mail they sign in with", error_messages={"required": "Give their address."}
    )


class ReviewerForm(PlainForm):
    trained_on = _day("Day of the training")
    refresh_by = _day("To be refreshed by")
    most = forms.IntegerField(
        label="Reviews at once, at most", min_value=1, max_value=MOST, initial=5
    )
    is_active = forms.BooleanField(label="May be asked", required=False, initial=True)

    def __init__(self, *args: Any, standards: Choices, new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if new:
            self.fields["user"] = _who()
        self.fields["standards"] = forms.MultipleChoiceField(
            label="Trained on", choices=list(standards), widget=forms.CheckboxSelectMultiple,
            required=False,
        )  # fmt: skip
        self.order_fields(["user", "standards"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("trained_on"), said.get("refresh_by")
        if first and last and last < first:
            self.add_error("refresh_by", "This is before the training.")
        return said


class OrganisationField(forms.CharField):
    """An organisation that is here, by its name as it stands."""

    def clean(self, value: Any) -> Organisation:
        name = super().clean(value)
        found = list(Organisation.objects.open().filter(name__iexact=name)[:2])
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            "More than one is called so. Ask an administrator." if found
            else "There is none of that name. Type it as it stands on its own pages."
        )  # fmt: skip


class InterestForm(PlainForm):
    organisation = OrganisationField(
        label="Organisation", max_length=200, help_text="Its whole name, as it stands here.",
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
        error_messages={"required": "Name the organisation."},
    )  # fmt: skip
    what = forms.CharField(
        label="What is it?", max_length=300, required=False,
        help_text="A project in common, a former job, family. Those who assign reviews see it.",
    )  # fmt: skip


class PartnershipForm(PlainForm):
    one = OrganisationField(
        label="One organisation", max_length=200,
        error_messages={"required": "Name the organisation."},
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )  # fmt: skip
    other = OrganisationField(
        label="The other", max_length=200, error_messages={"required": "Name the organisation."},
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )  # fmt: skip


class DutyForm(PlainForm):
    KINDS: ClassVar = DutyKind.choices
    kind = forms.ChoiceField(label="Duty", choices=KINDS, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None, *, standards: Choices) -> None:
        super().__init__(data)
        self.fields["user"] = _who()
        self.fields["standard"] = forms.ChoiceField(label="Standard", choices=list(standards))
        self.order_fields(["user", "standard", "kind"])


# --- the holder ----------------------------------------------------------------------------------
class ResponseForm(PlainForm):
    def __init__(self, data: Mapping[str, Any] | None, *, number: int, text: str = "") -> None:
        super().__init__(data, initial={"text": text}, auto_id=f"id_{number}_%s")
        self.fields["text"] = _words(
            "What will you do about it?", most=2000, rows=3, needed="Say what you will do."
        )


class AppealForm(PlainForm):
    grounds = _words(
        "What went wrong?", most=6000, rows=6, needed="Say what went wrong.",
        hint="People who had no hand in the decision read this.",
    )  # fmt: skip
