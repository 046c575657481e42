"""What is asked of somebody who tells their story, step by step. For adults, and 16 and 17."""

from collections.abc import Iterator
from typing import Any

from django import forms

from benchside.careers.enums import RouteKind
from benchside.careers.live import live_catalogue
from benchside.careers.models import Role
from benchside.core import captions as core_captions
from benchside.core.open_forms import OpenForm
from benchside.core.picture_form import PictureFormField
from benchside.organisations.enums import Nation
from benchside.visibility.enums import Gender, NameMode
from benchside.visibility.models import Story
from benchside.visibility.models.story_pages import ANSWER, HOOK
from benchside.visibility.stories import film_links
from benchside.visibility.stories.questions import QUESTIONS
from benchside.visibility.stories.tell.fields import (
    StepForm,
    a_choice,
    a_line,
    an_email,
    some_words,
)

ADULT, MINOR, CHILD = "adult", "minor", "child"
AGES = [(ADULT, "I am 18 or over"), (MINOR, "I am 16 or 17"), (CHILD, "I am under 16")]
TOO_YOUNG = (
    "This form is for people at work, from 16 on. Would you like to read a story? They are all here"
    " for you, and nobody has to tell us anything."
)
MOST_STEPS = 6
LONGEST_WORK = 60


class WhoForm(StepForm):
    name_mode = forms.ChoiceField(
        label="How much of your name may we show?",
        choices=NameMode.choices,
        initial=NameMode.FIRST,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    name = a_line(
        "Name to show",
        "If you chose no name, leave this empty. If you chose the first name, we keep that alone.",
        most=80,
        autocomplete="given-name",
    )
    email = an_email(
        "Your e-mail",
        "We send you the link to your story, and nothing else. It is never shown.",
        required="Type your e-mail, so that you can come back to your story.",
    )
    age = forms.ChoiceField(
        label="How old are you?",
        choices=AGES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. We keep no birthday."},
    )
    parent_email = an_email(
        "E-mail of a parent or carer",
        "Only if you are 16 or 17. They get a link of their own, and must say yes too.",
    )
    gender = a_choice(
        "Your gender, if you like to say",
        "Kept apart from your story. We only count it, to see whose stories are missing.",
        Gender.choices,
        "I would rather not say",
    )

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        declared = getattr(story, "declared", None)
        return super().first(story) | {
            "age": "" if story.is_minor is None else (MINOR if story.is_minor else ADULT),
            "gender": declared.gender if declared else "",
        }

    def clean_age(self) -> str:
        if self.cleaned_data["age"] == CHILD:
            raise forms.ValidationError(TOO_YOUNG)
        return str(self.cleaned_data["age"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mode, name = cleaned.get("name_mode"), " ".join(cleaned.get("name", "").split())
        cleaned["name"] = name.split(" ")[0] if mode == NameMode.FIRST else name
        if mode == NameMode.EMPLOYER:
            cleaned["name"] = ""
        elif mode and not name and "name" not in self.errors:
            self.add_error("name", "Type the name to show, or choose to show none.")
        cleaned["is_minor"] = cleaned.get("age") == MINOR
        if not cleaned["is_minor"]:
            cleaned["parent_email"] = ""
        elif not cleaned.get("parent_email") and "parent_email" not in self.errors:
            self.add_error("parent_email", "Type the e-mail of a parent or carer.")
        elif cleaned.get("parent_email", "").casefold() == cleaned.get("email", "").casefold():
            self.add_error("parent_email", "This is your own. Type that of a parent or carer.")
        return cleaned


class BeginForm(WhoForm, OpenForm):
    """The first step, before there is a link: a form anybody may send."""

    purpose = "tell-a-story"


class JobForm(StepForm):
    role = forms.ModelChoiceField(
        label="Which job is nearest to yours?",
        queryset=Role.objects.none(),
        empty_label="Choose a job",
        to_field_name="slug",
        help_text="Your story is shown beside it.",
        error_messages={
            "required": "Choose the nearest. It need not be exact.",
            "invalid_choice": "Choose one from the list.",
        },
    )
    job_title = a_line(
        "What is it called where you work?", "If it has another name there.", most=80
    )
    employer = a_line(
        "Who do you work for?",
        "The name that people know it by.",
        most=120,
        required="Type who you work for.",
        autocomplete="organization",
    )
    years_in_role = forms.IntegerField(
        label="How many years have you done this?",
        required=False,
        min_value=0,
        max_value=LONGEST_WORK,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Give a whole number from 0 to {LONGEST_WORK}."
        ),
    )
    nation = a_choice("Nation", "", Nation.choices, "Choose one")
    region = a_line(
        "Region or county", "Such as Moray, or the West Midlands. No street, please.", most=80
    )
    letters = a_line("Letters after your name", "Such as RSci or EngTech.", most=60)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        role = self.fields["role"]
        assert isinstance(role, forms.ModelChoiceField)
        role.queryset = Role.objects.filter(live=True).order_by("title")
        role.choices = [("", "Choose a job"), *_roles_by_sector()]

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        return super().first(story) | {"role": story.role.slug if story.role else ""}


def _roles_by_sector() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    live = live_catalogue()
    for sector in live.sectors:
        here = [role for role in live.roles if role.sector_id == sector.pk]
        yield sector.name, [(role.slug, role.title) for role in here]


class AnswersForm(StepForm):
    """A hook and six questions; no more than one must be answered."""

    hook = some_words(
        "One line that makes people read on",
        "Such as: I keep a wind farm turning. We put it at the top.",
        most=HOOK,
        rows=2,
        required="Write one line about what you do.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for question in QUESTIONS:
            self.fields[question.key] = some_words(question.text, question.hint, most=ANSWER)

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        return {"hook": story.told.get("hook", ""), **story.told.get("answers", {})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answers = {q.key: cleaned.get(q.key, "").strip() for q in QUESTIONS}
        if not any(answers.values()) and not any(q.key in self.errors for q in QUESTIONS):
            self.add_error(QUESTIONS[0].key, "Answer one question at least. Any of the six.")
        return {"hook": " ".join(cleaned.get("hook", "").split()), "answers": answers}


class RouteForm(StepForm):
    """How somebody came to where they are: up to six dated steps, and the kind of way in."""

    optional_said_above = True  # not twelve times, beside each field

    way = a_choice(
        "Which was your way in?",
        "The one that led to this job. Leave it out if it was another.",
        RouteKind.choices,
        "Another, or I would rather not say",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, MOST_STEPS + 1):
            self.fields[f"when-{number}"] = a_line(f"Year of step {number}", most=20)
            self.fields[f"what-{number}"] = a_line(f"What you did in step {number}", most=200)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"when-{n}"], self[f"what-{n}"]) for n in range(1, MOST_STEPS + 1)]

    @classmethod
    def first(cls, story: Story) -> dict[str, Any]:
        found = {"way": story.way}
        for number, step in enumerate(story.told.get("route", []), start=1):
            found |= {f"when-{number}": step["when"], f"what-{number}": step["what"]}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        steps = []
        for n in range(1, MOST_STEPS + 1):
            when, what = cleaned.get(f"when-{n}", ""), cleaned.get(f"what-{n}", "")
            if bool(when) != bool(what) and not {f"when-{n}", f"what-{n}"} & self.errors.keys():
                name, said = (f"when-{n}", "a year") if what else (f"what-{n}", "what you did")
                self.add_error(name, f"Add {said} to step {n}, or leave the whole step out.")
            if when and what:
                steps.append({"when": when, "what": what})
        return {"route": steps, "way": cleaned.get("way", "")}


class PictureForm(StepForm):
    file = PictureFormField(
        label="A picture of you at work",
        error_messages={"required": "Choose a picture, or go on without one."},
    )
    description = a_line(
        "What does it show?",
        "For people who cannot see it. Who does what, where: A woman checks a pump on a boat.",
        most=255,
        required="Say in one line what it shows.",
    )


class FilmForm(StepForm):
    """A film of one's own, or one elsewhere; what is said in it in any case."""

    file = forms.FileField(
        label="A film from this phone or computer",
        help_text="Two minutes are plenty. Place, time and device are taken out of it.",
        required=False,
    )
    link = forms.CharField(
        label="Or the address of one on YouTube or Vimeo",
        help_text="Readers see it only when they press it.",
        required=False,
        max_length=300,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    description = a_line(
        "What does it show?", "In one line, for people who cannot see it.", most=255
    )
    captions = forms.FileField(
        label="Captions",
        help_text="A file of captions, .vtt or .srt, with the words as they are said.",
        required=False,
    )
    has_captions = forms.BooleanField(
        label="The film on YouTube or Vimeo has captions that I have checked", required=False
    )
    transcript = some_words(
        "All that is said, and what is seen",
        "For people who would rather read.",
        most=20_000,
        rows=8,
        required="Write down what is said in the film.",
    )

    def clean_link(self) -> film_links.FilmLink | None:
        typed = self.cleaned_data["link"].strip()
        try:
            return film_links.read(typed) if typed else None
        except film_links.NoFilmThere as none:
            raise forms.ValidationError(str(none)) from none

    def clean_captions(self) -> str:
        file = self.cleaned_data["captions"]
        if file is None:
            return ""
        if file.size > core_captions.MAX_BYTES:
            raise forms.ValidationError("This file is too large for captions. Choose another.")
        try:
            return core_captions.write(core_captions.read(file.read()))
        except core_captions.CaptionsRefused as refused:
            raise forms.ValidationError(str(refused)) from refused

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file, link = cleaned.get("file"), cleaned.get("link")
        if {"file", "link", "captions"} & self.errors.keys():
            return cleaned
        if bool(file) == bool(link):
            self.add_error("file", "Choose a film, or give the address of one: one of the two.")
        if file and not cleaned.get("captions"):
            self.add_error("captions", "Add the captions, or show the film without us.")
        if file and not cleaned.get("description"):
            self.add_error("description", "Say in one line what it shows.")
        if link and not cleaned.get("has_captions"):
            self.add_error("has_captions", "Check that it has captions, then tick this.")
        return cleaned


class WordsForm(StepForm):
    text = some_words("Your words", "", most=2000, rows=5, required="Write it here, then send it.")


class LinkForm(OpenForm):
    """Somebody has lost the link to their story."""

    purpose = "story-link"

    email = an_email(
        "Your e-mail", "The one you typed when you began.", required="Type your e-mail."
    )


class ParentAddressForm(StepForm):
    parent_email = an_email(
        "E-mail of a parent or carer", "", required="Type the e-mail of a parent or carer."
    )
