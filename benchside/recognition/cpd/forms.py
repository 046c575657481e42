"""Forms of declarations and audits."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from benchside.core.forms import PlainForm
from benchside.recognition.cpd.actions import Found, Plan, Said
from benchside.recognition.cpd.enums import StandardKey, Stratum
from benchside.recognition.cpd.year import Seen
from benchside.recognition.models import AnnualDeclaration

YES_NO = (("yes", "Yes"), ("no", "No"))
NO_PERCENT = (
    "required", "invalid", "min_value", "max_value",
    "max_digits", "max_decimal_places", "max_whole_digits",
)  # fmt: skip
SAID_BEFORE = {True: "yes", False: "no"}


def _words(label: str, *, most: int = 4000, rows: int = 4, needed: str = "", hint: str = "") -> Any:
    return forms.CharField(
        label=label,
        max_length=most,
        required=bool(needed),
        help_text=hint,
        error_messages={"required": needed},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: str, *, needed: str = "Give a day, such as 31/01/2027.", hint: str = "") -> Any:
    return forms.DateField(
        label=label,
        required=bool(needed),
        help_text=hint,
        error_messages={"required": needed, "invalid": "That is no day. One is 31/01/2027."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _yes_no(label: str, hint: str = "") -> Any:
    return forms.ChoiceField(
        label=label,
        choices=YES_NO,
        help_text=hint,
        widget=forms.RadioSelect,
        error_messages={"required": "Say yes or no."},
    )


# --- one's own ----------------------------------------------------------------------------------
class DeclareForm(PlainForm):
    is_kept = _yes_no(
        "Did you keep up your CPD in this year?",
        "You wrote down what you did and what you learned.",
    )
    is_conduct_kept = _yes_no("Did you keep to the code of conduct?")
    had_break = forms.BooleanField(
        label="I had a career break in this year",
        required=False,
        help_text="Parental leave, caring, illness, study: we ask less of you then.",
    )
    words = _words(
        "Anything we should know", most=2000, hint="If you said no to something, say what happened."
    )

    @staticmethod
    def saying(said: AnnualDeclaration) -> dict[str, Any]:
        """What was declared, as it stands in the fields."""
        return {
            "is_kept": SAID_BEFORE[said.is_kept],
            "is_conduct_kept": SAID_BEFORE[said.is_conduct_kept],
            "had_break": said.had_break,
            "words": said.words,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        said = {cleaned.get("is_kept"), cleaned.get("is_conduct_kept")}
        if "no" in said and not cleaned.get("words"):
            self.add_error("words", "Say what happened. A few honest words are enough.")
        return cleaned

    def said(self) -> Said:
        cleaned = self.cleaned_data
        return Said(
            is_kept=cleaned["is_kept"] == "yes",
            is_conduct_kept=cleaned["is_conduct_kept"] == "yes",
            had_break=cleaned["had_break"],
            words=cleaned["words"],
        )


class AnswerForm(PlainForm):
    summary = _words(
        "Your own summary",
        rows=8,
        hint="In a few lines: what mattered most, and what you do differently now.",
    )
    agrees = forms.BooleanField(
        label="Share my log of these months with those who read it",
        error_messages={"required": "Tick this: without your log there is nothing to read."},
    )


class MoreTimeForm(PlainForm):
    until = _day("Until when")
    why = _words(
        "Why",
        most=1000,
        needed="Say why you need more time. A few words are enough.",
        hint="Do not write about your health in detail: “I am ill” is enough.",
    )


# --- a run --------------------------------------------------------------------------------------
class RunForm(PlainForm):
    year = forms.IntegerField(
        label="Audit of the year",
        min_value=2000,
        max_value=2100,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Give a year, such as 2026."
        ),
    )
    percent = forms.DecimalField(
        label="How many percent",
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        max_digits=5,
        error_messages=dict.fromkeys(NO_PERCENT, "Give a number from 0.01 to 100, such as 2.5."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "6"}),
    )
    ends_on = _day("The CPD that is asked for ends on")
    strata = forms.MultipleChoiceField(
        label="Divide the register by",
        choices=Stratum.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Each part then gives its share of the sample.",
    )
    each_stratum = forms.BooleanField(
        label="Take at least one of each part",
        required=False,
        help_text="Small parts are then seen too. The sample grows a little.",
    )

    def plan(self) -> Plan:
        cleaned = self.cleaned_data
        return Plan(
            year=cleaned["year"],
            percent=cleaned["percent"],
            strata=cleaned["strata"],
            each_stratum=cleaned["each_stratum"],
            ends_on=cleaned["ends_on"],
        )


class DrawForm(PlainForm):
    seed = forms.CharField(
        label="A seed you bring along",
        required=False,
        max_length=100,
        help_text="Such as the numbers of a lottery that was drawn after the population was fixed. "
        "Leave it empty, and we make one that nobody can foresee. Both are written down.",
    )


class AnnounceForm(PlainForm):
    due_on = _day("Answer by")


# --- a case -------------------------------------------------------------------------------------
class ReviewForm(PlainForm):
    """A verdict for each standard, words to the person, and a day if something is asked again."""

    words = _words("What you say to them", hint="They read this, whatever you decide.")
    due_on = _day("If you ask again: until when", needed="")

    def __init__(self, *args: Any, seen: Iterable[Seen], answer_days: int, **options: Any) -> None:
        options["initial"] = {
            "due_on": timezone.localdate() + timedelta(days=answer_days),
            **options.get("initial", {}),
        }
        super().__init__(*args, **options)
        self.seen = list(seen)
        for one in self.seen:
            self.fields[f"met_{one.key}"] = _yes_no(f"{one.title}: is it met?")
            self.fields[f"words_{one.key}"] = _words(
                f"{one.title}: what is missing", most=2000, rows=2
            )

    @property
    def rows(self) -> list[tuple[Seen, Any, Any]]:
        """Each standard with its two fields."""
        return [(one, self[f"met_{one.key}"], self[f"words_{one.key}"]) for one in self.seen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.seen:
            if cleaned.get(f"met_{one.key}") == "no" and not cleaned.get(f"words_{one.key}"):
                self.add_error(f"words_{one.key}", "Say what is missing.")
        verb = self.data.get("do")
        if verb != "accept" and not cleaned.get("words"):
            self.add_error("words", "Say to them what is missing. They read these words.")
        if verb == "ask-again" and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Give a day, such as 31/01/2027.")
        return cleaned

    def verdicts(self) -> dict[StandardKey, Found]:
        cleaned = self.cleaned_data
        return {
            one.key: Found(cleaned[f"met_{one.key}"] == "yes", cleaned[f"words_{one.key}"])
            for one in self.seen
        }


class GiveTimeForm(PlainForm):
    until = _day("Until when")
    words = _words("What you say to them", rows=3)


class RefuseTimeForm(PlainForm):
    words = _words("Why there is no more time", rows=3, needed="Say why. They read it.")


class CommitteeForm(PlainForm):
    """A decision of the committee that leaves them a day to answer by."""

    due_on = _day("They may answer until")
    words = _words("What you say to them", needed="Say why. They read these words.")


class RemoveForm(PlainForm):
    words = _words("What you say to them", needed="Say why. They read these words.")
    is_sure = forms.BooleanField(
        label="Take them off the register",
        error_messages={"required": "Tick this if you are sure."},
    )

    def __init__(self, *args: Any, back: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if back is not None:
            said = f"Take them off the register. They cannot come back before {back:%-d %B %Y}"
            self.fields["is_sure"].label = said
