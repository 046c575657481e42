"""What is typed into a log: little at once, the rest when there is time."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from benchside.accounts.forms import ONE_LINE, InOurWords
from benchside.core.forms import say_what_to_do
from benchside.core.safe_files import ACCEPTED, BIGGEST, IN_WORDS
from benchside.people.cpd import breaks, days, repeating, table
from benchside.people.enums import CpdCategory
from benchside.people.models import CpdActivity, Technician
from benchside.people.models.cpd import LONGEST_TITLE

STILL_TO_COME = "That day is still to come. Choose Planned, or give the day on which it was."
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


def number_field(label: str, step: str, **more: Any) -> forms.DecimalField:
    """Hours or points, with the limits that a file has."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=table.MOST,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": step}),
        error_messages={
            "invalid": "Write a number such as 1.5, or leave it empty.",
            "min_value": table.TOO_LITTLE,
            "max_value": table.TOO_MUCH,
            "max_decimal_places": "Write two digits after the point at most, such as 1.25.",
        },
        **more,
    )


class Quick(InOurWords):
    """Title, kind and day: what fits between two jobs. The kinds lie open, with what each is: on a
    phone it is a sentence and three taps."""

    title = forms.CharField(
        label="What did you do?",
        max_length=LONGEST_TITLE,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    category = forms.ChoiceField(
        label="What kind is it?",
        choices=[(key, f"{CpdCategory(key).label}: {words}") for key, words in WHAT_EACH_IS],
        widget=forms.RadioSelect,
    )
    begins = day_field("When?", initial=timezone.localdate)

    def clean_begins(self) -> date:
        return checked_day(self.cleaned_data["begins"])

    def values(self) -> dict[str, Any]:
        """For `add_activity`. A day to come is a plan."""
        begins = self.cleaned_data["begins"]
        return {**self.cleaned_data, "ends": begins, "is_done": days.is_over(begins)}


def checked_day(day: date) -> date:
    if not days.is_within(day):
        raise forms.ValidationError(days.limits())
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

    hours = number_field("Hours", "0.25")
    points = number_field("Points", "0.5", help_text="If your register counts them.")

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
        }
        help_texts = {  # noqa: RUF012
            "learned": "What do you know or do now that you did not before? What surprised you?",
            "helped_me": "What is safer, quicker or better? What do you do another way?",
            "helped_users": "Students, researchers, patients, customers, colleagues: what is "
            "better for them?",
        }
        widgets = {  # noqa: RUF012
            **{
                name: forms.Textarea(attrs={"rows": 4})
                for name in ("did", "learned", "helped_me", "helped_users")
            },
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

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        ends = said.get("ends")
        if said.get("is_done") and ends and not days.is_over(ends):
            self.add_error("is_done", STILL_TO_COME)
        return said


class BesideWords(InOurWords):
    """What stands on the page of an activity apart from its words, and is sent along with them."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["form"] = "whole"  # the id of the form of the words


class ShowFile(BesideWords):
    file = forms.FileField(
        label="A file",
        help_text=f"{IN_WORDS[0].upper()}{IN_WORDS[1:]}, up to {BIGGEST // 1024**2} MB.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    file_title = forms.CharField(
        label="What it is", max_length=LONGEST_TITLE, required=False, validators=[ONE_LINE]
    )


class ShowPhoto(ShowFile):
    """The same with a phone's camera. JPEG is named, so that an iPhone hands over one."""

    file = forms.FileField(
        label="A photograph",
        help_text="Place and camera details are removed from it.",
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
        error_messages={"required": "Take a photograph.", "empty": "This file is empty."},
    )


class ShowLink(BesideWords):
    url = forms.URLField(
        label="Its address",
        assume_scheme="https",
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"required": "Give an address.", "invalid": "It begins with https://"},
    )
    link_title = forms.CharField(
        label="What it is", max_length=LONGEST_TITLE, required=False, validators=[ONE_LINE]
    )


class Again(BesideWords):
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

    def __init__(self, *args: Any, technician: Technician, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.technician = technician

    def clean_begins(self) -> date:
        return checked_day(self.cleaned_data["begins"])

    def clean_ends(self) -> date:
        return checked_day(self.cleaned_data["ends"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "begins" in said and "ends" in said:
            wrong = breaks.wrong_with(self.technician, said["begins"], said["ends"])
            if wrong:
                self.add_error(wrong.field, f"{wrong.what} {wrong.remedy}")
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
