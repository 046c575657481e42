"""Forms in the look of the sheet, and in our words."""

from collections.abc import Iterator

from django import forms
from django.forms.renderers import DjangoTemplates


class SheetRenderer(DjangoTemplates):
    field_template_name = "sheet/field.html"


class InPlainWords(forms.BaseForm):
    """A form whose errors say what to do. Stands before a form of Django."""

    def full_clean(self) -> None:
        say_what_to_do(self)  # here, as forms add fields when they are made
        super().full_clean()


class PlainForm(InPlainWords, forms.Form):
    """The form of the house: what people fill in, its errors in our words."""


# By code of an error; what is in brackets is filled in by Django.
SAID = {
    "invalid": "This cannot be read. Type it again.",
    "invalid_choice": "Choose one of those shown.",
    "invalid_list": "Choose one of those shown.",
    "max_length": "Use %(limit_value)s letters at most: it has %(show_value)s.",
    "min_length": "Use %(limit_value)s letters at least: it has %(show_value)s.",
    "max_value": "Give %(limit_value)s or less.",
    "min_value": "Give %(limit_value)s or more.",
    "max_digits": "Use %(max)s digits at most.",
    "max_decimal_places": "Use %(max)s digits after the point at most.",
    "max_whole_digits": "Use %(max)s digits before the point at most.",
    "null_characters_not_allowed": "It holds a character that cannot be kept. Type it again.",
}
# The same for some kinds of field, the special ones first.
SAID_OF: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (
        forms.FileField,
        {
            "required": "Choose a file.",
            "missing": "Choose a file.",
            "empty": "This file is empty. Choose it again, or another.",
            "invalid": "This file did not arrive. Choose it again.",
            "invalid_image": "This is no picture that can be read. Choose a JPEG or a PNG.",
            "max_length": "Give this file a name of %(max)s letters at most.",
        },
    ),
    (
        forms.DateTimeField,
        {
            "required": "Give a day and a time, such as 31/07/2027 14:30.",
            "invalid": "This is no day with a time. One is 31/07/2027 14:30.",
        },
    ),
    (
        forms.DateField,
        {
            "required": "Give a day, such as 31/07/2027.",
            "invalid": "That is no day. One is 31/07/2027.",
        },
    ),
    (forms.FloatField, {"invalid": "Give a number, such as 2.5."}),
    (forms.DecimalField, {"invalid": "Give a number, such as 2.5."}),
    (forms.IntegerField, {"invalid": "Give a whole number, such as 3."}),
    (
        forms.EmailField,
        {"invalid": "This is no e-mail address. One looks like name@example.org."},
    ),
    (forms.URLField, {"invalid": "This is no address of a page. It begins with https://"}),
    (forms.BooleanField, {"required": "Tick this to go on."}),
    (forms.ChoiceField, {"required": "Choose one."}),
    (forms.ModelChoiceField, {"required": "Choose one."}),
    (forms.Field, {"required": "Fill this in.", **SAID}),
)


def say_what_to_do(form: forms.BaseForm) -> None:
    """What is wrong with a field says what to do, where the form has no words of its own."""
    for field in form.fields.values():
        for code, words in _words_for(field):
            if field.error_messages.get(code) in _of_django(field, code):
                field.error_messages[code] = words


def _words_for(field: forms.Field) -> Iterator[tuple[str, str]]:
    given: set[str] = set()
    for kind, words in SAID_OF:
        if isinstance(field, kind):
            yield from ((code, said) for code, said in words.items() if code not in given)
            given |= set(words)


def _of_django(field: forms.Field, code: str) -> list[object]:
    """What Django says of it by itself; None where it leaves that to a validator."""
    kinds = (one for one in type(field).__mro__ if one.__module__.startswith("django."))
    return [None, *(vars(one).get("default_error_messages", {}).get(code) for one in kinds)]
