"""What is typed into a log: little at once, the rest when there is time."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.core.forms import say_what_to_do
from benchside.core.safe_files import ACCEPTED, BIGGEST, IN_WORDS
from benchside.people.cpd import repeating, table
from benchside.people.enums import CpdCategory
from benchside.people.models import CpdActivity
from benchside.people.models.cpd import LONGEST_TITLE

EARLIEST = date(1950, 1, 1)
FURTHEST = timedelta(days=5 * 366)
WHAT_EACH_IS = (
    ("work", "learning by doing: a new method, a project, showing somebody how"),
    ("professional", "a society, a committee, a network, being a mentor"),
    ("formal", "a course, a qualification, a conference talk you gave"),
    ("self", "reading, a film, a podcast, trying it out at home"),
    ("other", "volunteering and all else that made you better at your work"),
)


def day_field(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more
    )


class Quick(InOurWords):
    """Title, kind and day: what fits between two jobs."""

    title = forms.CharField(
        label="What did you do?",
        max_length=LONGEST_TITLE,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label="What kind is it?", choices=[("", "Choose"), *CpdCategory.choices]
    )
    begins = day_field("When?", initial=timezone.localdate)

    def clean_begins(self) -> date:
        return checked_day(self.cleaned_data["begins"])

    def values(self) -> dict[str, Any]:
        """For `add_activity`. A day to come is a plan."""
        begins = self.cleaned_data["begins"]
        return {**self.cleaned_data, "ends": begins, "is_done": begins <= timezone.localdate()}


def checked_day(day: date) -> date:
    if not EARLIEST <= day <= timezone.localdate() + FURTHEST:
        raise forms.ValidationError("Check the year: it is too far from now.")
    return day


class Whole(forms.ModelForm):
    """All of an activity."""

    optional_said_above = True

    begins = day_field("On, or from")
    ends = day_field("Until", required=False, help_text="Leave it out if it was one day.")
    is_done = forms.TypedChoiceField(
        label="Is it done?",
        choices=[("yes", "Done"), ("no", "Planned")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = CpdActivity
        fields = (
            "title", "category", "begins", "ends", "is_done", "did", "learned", "helped_me",
            "helped_users", "hours", "points",
        )  # fmt: skip
        labels = {  # noqa: RUF012
            "title": "What did you do?",
            "category": "What kind is it?",
            "did": "More about what you did",
            "learned": "What did you learn?",
            "helped_me": "How did it help your own work?",
            "helped_users": "How did it help the people you work for?",
            "hours": "Hours",
            "points": "Points",
        }
        help_texts = {  # noqa: RUF012
            "learned": "What do you know or do now that you did not before? What surprised you?",
            "helped_me": "What is safer, quicker or better? What do you do another way?",
            "helped_users": "Students, researchers, patients, customers, colleagues: what is "
            "better for them?",
            "points": "If your register counts them.",
        }
        widgets = {  # noqa: RUF012
            **{
                name: forms.Textarea(attrs={"rows": 4})
                for name in ("did", "learned", "helped_me", "helped_users")
            },
            "hours": forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.25", "min": "0"}),
            "points": forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.5", "min": "0"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["is_done"] = "yes" if self.instance.is_done else "no"
        self.fields["title"].validators.append(ONE_LINE)
        say_what_to_do(self)

    def clean_begins(self) -> date:
        return checked_day(self.cleaned_data["begins"])

    def clean_ends(self) -> date | None:
        ends = self.cleaned_data["ends"] or self.cleaned_data.get("begins")
        begins = self.cleaned_data.get("begins")
        if begins and ends and ends < begins:
            raise forms.ValidationError("Give a day that is not before the first.")
        return checked_day(ends) if ends else None


class ShowFile(InOurWords):
    file = forms.FileField(
        label="A file",
        help_text=f"{IN_WORDS[0].upper()}{IN_WORDS[1:]}, up to {BIGGEST // 1024**2} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    title = forms.CharField(
        label="What it is", max_length=LONGEST_TITLE, required=False, validators=[ONE_LINE]
    )


class ShowLink(InOurWords):
    url = forms.URLField(
        label="Its address",
        assume_scheme="https",
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "Give an address.", "invalid": "It begins with https://"},
    )
    title = forms.CharField(
        label="What it is", max_length=LONGEST_TITLE, required=False, validators=[ONE_LINE]
    )


class Again(InOurWords):
    """The same on another day, or at a pace."""

    on = day_field("When?", initial=timezone.localdate)
    every = forms.ChoiceField(label="How often?", choices=repeating.EVERY, required=False)
    times = forms.IntegerField(
        label="How many times in all?",
        required=False,
        min_value=1,
        max_value=repeating.MOST_TIMES,
        initial=1,
        help_text="If it is more than once.",
    )

    def clean_on(self) -> date:
        return checked_day(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["times"] = (said.get("times") or 1) if said.get("every") else 1
        return said


class Away(InOurWords):
    begins = day_field("First day away")
    ends = day_field("Last day away", help_text="If you do not know yet, your best guess.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", "Give a day that is not before the first.")
        return said


class TableFile(InOurWords):
    file = forms.FileField(
        label="The spreadsheet",
        help_text=f"CSV or .xlsx, up to {table.MAX_BYTES // 1024**2} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )


def a_year_ago() -> date:
    return timezone.localdate() - timedelta(days=365)


class CalendarFile(InOurWords):
    file = forms.FileField(
        label="The calendar",
        help_text="An .ics file. Outlook, Google and Apple calendars all export one.",
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,text/calendar"}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    since = day_field("Events since", initial=a_year_ago)
