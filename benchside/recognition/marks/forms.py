"""Forms of marks."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.standards import Level
from benchside.core.forms import InPlainWords, PlainForm
from benchside.recognition.enums import Subject
from benchside.recognition.marks.service_factor import Line
from benchside.recognition.models import Mark

NUMBER = {"inputmode": "decimal", "size": "6"}


class BeginForm(PlainForm):
    level = forms.ChoiceField(label="Which level", widget=forms.RadioSelect)

    def __init__(self, *args: Any, levels: Iterable[Level], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(one.key, one.title) for one in levels]
        self.fields["level"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["level"]

    @property
    def chosen(self) -> str:
        return str(self.cleaned_data.get("level", ""))


class OrderForm(PlainForm):
    number = forms.CharField(
        label="Purchase order number",
        max_length=60,
        help_text="Your school office makes one. Without it nobody can begin to read.",
    )


class HoursForm(PlainForm):
    """The hours sheet: a row a subject, and how much science is taught."""

    taught = forms.DecimalField(
        label="Hours of science lessons a week",
        required=False,
        min_value=Decimal(1),
        max_value=Decimal(3000),
        decimal_places=2,
        help_text="All classes together. 40 classes with 3 hours each are 120. Leave it empty if "
        "nobody works for science.",
        widget=forms.TextInput(attrs=NUMBER),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for subject in Subject:
            self._add(subject, "people", forms.IntegerField(min_value=1, max_value=500))
            hours = forms.DecimalField(min_value=0, max_value=2000, decimal_places=2)
            self._add(subject, "hours", hours)
            self._add(subject, "weeks", forms.IntegerField(min_value=1, max_value=52))

    def _add(self, subject: Subject, what: str, field: forms.Field) -> None:
        said = {
            "people": "technicians",
            "hours": "hours a week, together",
            "weeks": "weeks paid a year",
        }
        field.required = False
        field.label = f"{subject.label}: {said[what]}"
        field.widget = forms.TextInput(
            attrs={"inputmode": "decimal" if what == "hours" else "numeric", "size": "6"}
        )
        self.fields[f"{subject.value}_{what}"] = field

    @property
    def rows(self) -> list[tuple[Any, Any, Any, Any]]:
        def box(one: Subject, what: str) -> Any:
            return self[f"{one.value}_{what}"]

        return [
            (one.label, box(one, "people"), box(one, "hours"), box(one, "weeks")) for one in Subject
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in Subject:
            names = [f"{one.value}_{what}" for what in ("people", "hours", "weeks")]
            if any(name in self.errors for name in names):
                continue
            given = [name for name in names if cleaned.get(name) is not None]
            if given and len(given) < len(names):
                missing = next(name for name in names if name not in given)
                self.add_error(
                    missing, "is missing. Fill in the whole row, or leave the row empty."
                )
        return cleaned

    def lines(self) -> list[Line]:
        found = []
        for one in Subject:
            if self.cleaned_data.get(f"{one.value}_hours") is not None:
                found.append(
                    Line(
                        subject=one.value,
                        hours=self.cleaned_data[f"{one.value}_hours"],
                        weeks=self.cleaned_data[f"{one.value}_weeks"],
                        people=self.cleaned_data[f"{one.value}_people"],
                    )
                )
        return found


def hours_given(taught: Decimal | None, lines: Iterable[Line]) -> dict[str, Any]:
    """What the sheet shows at first: what is kept; for a new one the weeks of a school year."""
    given: dict[str, Any] = {"taught": taught.normalize() if taught is not None else None}
    for one in lines:
        given |= {
            f"{one.subject}_people": one.people,
            f"{one.subject}_hours": f"{one.hours.normalize():f}",
            f"{one.subject}_weeks": one.weeks,
        }
    if given["taught"] is not None:
        given["taught"] = f"{given['taught']:f}"
    return given


class AdviserForm(PlainForm):
    adviser = forms.ModelChoiceField(
        label="Adviser",
        queryset=User.objects.none(),
        empty_label="Choose one",
        help_text="Whom the school can ask. An adviser is given no seat on this application.",
    )

    def __init__(self, *args: Any, advisers: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["adviser"]
        field.queryset = advisers  # type: ignore[attr-defined]
        field.label_from_instance = lambda user: user.get_full_name()  # type: ignore[attr-defined]


class FollowUpForm(PlainForm):
    done_on = forms.DateField(
        label="When you spoke with the school",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    words = forms.CharField(
        label="What you found, and what is next",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="The school reads this.",
    )


class MarkForm(InPlainWords, forms.ModelForm[Mark]):
    class Meta:
        model = Mark
        fields = ("name", "about", "price", "contact", "is_open")
        labels = {"is_open": "Takes applications"}  # noqa: RUF012
        widgets = {"about": forms.Textarea(attrs={"rows": 6})}  # noqa: RUF012
