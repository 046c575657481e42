"""Forms of the charter's desk."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from benchside.assessment.enums import VersionState
from benchside.assessment.models import StandardVersion
from benchside.impact.charters.deadlines import (
    KINDS,
    BrokenRules,
    Reminder,
    Rules,
    Stage,
    Window,
    read,
)
from benchside.impact.enums import Part
from benchside.impact.models import Charter, Cohort
from benchside.organisations.models import Organisation

DAY = forms.DateInput(attrs={"type": "date"})
STAGES = 4


def _standards() -> list[tuple[str, str]]:
    found = StandardVersion.objects.filter(state=VersionState.PUBLISHED, holder="organisation")
    titles = dict(found.order_by("valid_from").values_list("key", "title"))
    return [("", "None"), *sorted(titles.items(), key=lambda pair: pair[1])]


class CharterForm(forms.ModelForm):
    class Meta:
        model = Charter
        fields = (
            "name", "slug", "owner", "about", "pledge", "contact", "status_standard",
            "supporter_standard", "is_open",
        )  # fmt: skip
        labels = {  # noqa: RUF012
            "slug": "Address",
            "owner": "Who runs it",
            "about": "What it is",
            "pledge": "The pledge, word for word",
            "contact": "E-mail of its officers",
            "status_standard": "What signing awards",
            "supporter_standard": "What supporting awards",
            "is_open": "It takes new signatories",
        }
        help_texts = {  # noqa: RUF012
            "slug": "Small letters, digits and hyphens. It stays for ever.",
            "contact": "Public. Letters about new signatures come here.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            del self.fields["slug"]
        for name in ("status_standard", "supporter_standard"):
            self.fields[name] = forms.ChoiceField(
                label=self.Meta.labels[name], choices=_standards, required=False
            )


class CohortForm(forms.ModelForm):
    class Meta:
        model = Cohort
        fields = ("title", "announced_on")
        labels = {"announced_on": "Announced on"}  # noqa: RUF012
        widgets = {"announced_on": DAY}  # noqa: RUF012


class WhyForm(forms.Form):
    answer = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Its leads read it.",
    )


class AcceptForm(forms.Form):
    cohort = forms.ModelChoiceField(
        label="Announce with", queryset=Cohort.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, charter: Charter, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cohort"].queryset = charter.cohorts.all()  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    due_on = forms.DateField(label="New day", widget=DAY)
    why = forms.CharField(label="Reason", max_length=300, help_text="It stays on record.")


class LeaveForm(forms.Form):
    reason = forms.ChoiceField(label="Reason")
    on = forms.DateField(label="From", widget=DAY)

    def __init__(self, *args: Any, reasons: tuple[str, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].choices = [(one, one) for one in reasons]  # type: ignore[attr-defined]


class RecordForm(forms.Form):
    """Who signed before Benchside was there."""

    organisation = forms.SlugField(
        label="Organisation", help_text="Its address here, as in /org/made-up-university/."
    )
    cohort = forms.ModelChoiceField(
        label="Announced with", queryset=Cohort.objects.none(), empty_label=None
    )
    part = forms.ChoiceField(label="Part", choices=Part.choices)
    stage = forms.IntegerField(
        label="Stage it works on now", min_value=1, max_value=20, initial=1,
        help_text="Earlier stages stand as done. For a supporter it does not matter.",
    )  # fmt: skip
    contact_name = forms.CharField(label="Contact, public", max_length=120, required=False)
    contact_email = forms.EmailField(label="E-mail of the contact, public", required=False)

    def __init__(self, *args: Any, charter: Charter, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cohort"].queryset = charter.cohorts.all()  # type: ignore[attr-defined]

    def clean_organisation(self) -> Organisation:
        slug = self.cleaned_data["organisation"]
        found = Organisation.objects.open().filter(slug=slug).first()
        if found is None:
            raise forms.ValidationError(
                f"There is no open organisation at /org/{slug}/. Look under Organisations."
            )
        return found


class RulesForm(forms.Form):
    """One set of rules, in words an officer types."""

    valid_from = forms.DateField(label="From", widget=DAY)
    windows = forms.CharField(
        label="Windows",
        max_length=200,
        help_text="Days of every year, such as: 31 January, 31 July",
    )
    first_after_months = forms.IntegerField(
        label="Months from the announcement to stage 1, at least", min_value=1, max_value=240
    )
    extensions = forms.IntegerField(
        label="Extensions an organisation has in all", min_value=0, max_value=9
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, STAGES + 1):
            last = number == STAGES
            self.fields[f"months_{number}"] = forms.IntegerField(
                label=f"Plan of stage {number}{' and later' if last else ''}, months",
                min_value=1, max_value=240, required=number == 1,
                help_text="" if number == 1 else "Empty: as the stage before.",
            )  # fmt: skip
            self.fields[f"form_{number}"] = forms.ChoiceField(
                label=f"Form of stage {number}{' and later' if last else ''}",
                choices=_standards, required=False,
            )  # fmt: skip
        for key in KINDS:
            self.fields[f"remind_{key}"] = forms.IntegerField(
                label=f"Reminder: {key}, months before", min_value=1, max_value=240, required=False
            )
            self.fields[f"words_{key}"] = forms.CharField(
                label=f"Reminder: {key}, in words", max_length=80, required=False
            )

    def clean_windows(self) -> list[str]:
        found = []
        for part in self.cleaned_data["windows"].replace(";", ",").split(","):
            text = " ".join(part.split())
            for form in ("%d %B %Y", "%d %b %Y"):
                try:
                    day = datetime.strptime(f"{text} 2001", form)  # noqa: DTZ007 - a day of the year
                except ValueError:
                    continue
                found.append(f"{day:%m-%d}")
                break
            else:
                raise forms.ValidationError(
                    f"“{text}” is not a day of every year: write it as 31 January."
                )
        return found

    def clean(self) -> dict[str, Any]:
        done = super().clean() or {}
        if not self.errors:
            try:
                self.rules = read(self._content(done))
            except BrokenRules as broken:
                raise forms.ValidationError(broken.faults) from broken
        return done

    def _content(self, done: dict[str, Any]) -> dict[str, Any]:
        stages: list[Stage] = []
        for number in range(1, STAGES + 1):
            months, form = done[f"months_{number}"], done[f"form_{number}"]
            if months is None and not form:
                continue
            before = stages[-1] if stages else Stage(1, "")
            stages.append(Stage(months or before.months, form or before.standard))
        return {
            "windows": done["windows"],
            "first_after_months": done["first_after_months"],
            "stages": [{"months": one.months, "standard": one.standard} for one in stages],
            "extensions": done["extensions"],
            "reminders": [
                {"key": key, "title": done[f"words_{key}"], "months": done[f"remind_{key}"]}
                for key in KINDS
                if done[f"remind_{key}"]
            ],
        }


def filled(rules: Rules) -> dict[str, Any]:
    """What the form begins with: the rules that hold, from today on."""
    stages = rules.stages[:STAGES]
    first: dict[str, Any] = {
        "valid_from": timezone.localdate(),
        "windows": ", ".join(said(one) for one in rules.windows),
        "first_after_months": rules.first_after_months,
        "extensions": rules.extensions,
    }
    for number, one in enumerate(stages, start=1):
        first |= {f"months_{number}": one.months, f"form_{number}": one.standard}
    for reminder in rules.reminders:
        first |= _words(reminder)
    return first


def _words(one: Reminder) -> dict[str, Any]:
    return {f"remind_{one.key}": one.months, f"words_{one.key}": one.title}


def said(window: Window) -> str:
    """ "31 January"."""
    return f"{window.day} {window.of(2001):%B}"
