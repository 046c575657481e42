"""What people fill in under assessment and recognition says in our words what is wrong."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from benchside import assessment, recognition
from benchside.core.forms import InPlainWords, PlainForm

DJANGO = (
    "This field is required", "Enter a ", "Ensure ", "Select a valid", "is not one of the",
    "is not a valid", "No file was submitted", "Upload a valid", "Null characters",
)  # fmt: skip
FILLED_IN_BADLY: list[tuple[forms.Field, object]] = [
    (forms.CharField(), ""),
    (forms.CharField(max_length=3), "four"),
    (forms.CharField(min_length=3), "no"),
    (forms.CharField(), "a\0b"),
    (forms.DateField(), ""),
    (forms.DateField(), "soon"),
    (forms.DateTimeField(), "soon"),
    (forms.IntegerField(max_value=3), "x"),
    (forms.IntegerField(max_value=3), "4"),
    (forms.IntegerField(min_value=3), "2"),
    (forms.DecimalField(max_digits=4, decimal_places=2), "x"),
    (forms.DecimalField(max_digits=4, decimal_places=2), "1.234"),
    (forms.DecimalField(max_digits=4, decimal_places=2), "123.4"),
    (forms.FloatField(), "x"),
    (forms.EmailField(), "x"),
    (forms.URLField(assume_scheme="https"), "x y"),
    (forms.BooleanField(), ""),
    (forms.FileField(), None),
    (forms.ChoiceField(choices=[("a", "A")]), "b"),
    (forms.TypedChoiceField(choices=[("a", "A")]), "b"),
    (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"]),
]


def the_forms() -> Iterator[type[forms.BaseForm]]:
    for room in (assessment, recognition):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if found.name.endswith("forms"):
                import_module(found.name)
    waiting = list(forms.BaseForm.__subclasses__())
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith((f"{assessment.__name__}.", f"{recognition.__name__}.")):
            yield one


def test_every_form_speaks_our_words() -> None:
    found = set(the_forms())
    assert len(found) > 80
    wrong = [
        f"{one.__module__}.{one.__name__}" for one in found if not issubclass(one, InPlainWords)
    ]
    assert wrong == []


@pytest.mark.parametrize(("field", "value"), FILLED_IN_BADLY)
def test_nothing_wrong_is_said_as_django_says_it(field: forms.Field, value: object) -> None:
    class Asked(PlainForm):
        def __init__(self, data: dict[str, object]) -> None:
            super().__init__(data)
            self.fields["one"] = field  # added last, as forms of a standard do

    said = Asked({"one": value}).errors["one"][0]
    assert not [words for words in DJANGO if words in said], said
    assert "%(" not in said


def test_words_of_a_field_of_its_own_stand() -> None:
    class Asked(PlainForm):
        name = forms.CharField(error_messages={"required": "Say who."})
        on = forms.DateField(error_messages={"invalid": "No."})

    assert Asked({"on": "soon"}).errors == {"name": ["Say who."], "on": ["No."]}
    assert "Use 3 letters at most: it has 4." in str(_short({"name": "four"}).errors)


def _short(data: dict[str, str]) -> PlainForm:
    class Short(PlainForm):
        name = forms.CharField(max_length=3)

    return Short(data)
