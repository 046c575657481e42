"""Forms of the website: a page at the desk, a concern from anybody, its answer from the desk."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from wagtail.admin.forms import WagtailAdminPageForm

from benchside.core.open_forms import OpenForm
from benchside.website.enums import ConcernKind, ConcernState


class SheetPageForm(WagtailAdminPageForm):
    """The editor's form of a written page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Django gives a date with a callable default a hidden twin, which the desk never shows:
        # without it the form always seems changed, and an approval would seem an edit.
        for field in self.fields.values():
            field.show_hidden_initial = False
        if slug := self.fields.get("slug"):
            slug.help_text = "The end of the page's address. Change it, and the old one leads here."


class ConcernForm(OpenForm):
    """What somebody is worried about. Only the first question must be answered."""

    purpose = "concern"

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=ConcernKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is about."},
    )
    message = forms.CharField(
        label="What should we know?",
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="For grown-ups. You can leave this empty. Please do not write a child's name.",
        error_messages={"max_length": "Please use 2,000 letters at most. You have %(show_value)s."},
    )
    reply_to = forms.EmailField(
        label="E-mail, if you want a reply",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="For grown-ups. We use it for this reply and nothing else.",
        error_messages={
            "invalid": "This is not an e-mail address. Write one like name@example.com."
        },
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False

    def clean_about(self) -> str:
        return own_path(self.cleaned_data["about"])


def own_path(value: str) -> str:
    """A path of this site, or nothing: never another site's address, never a query."""
    path = value.split("?")[0].split("#")[0]
    is_path = path.startswith("/") and not path.startswith("//") and path.isprintable()
    return path[:200] if is_path and "\\" not in path else ""


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write what was done."},
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what the next person should know."},
    )


class ConcernFilterForm(forms.Form):
    STATES: ClassVar = [("", "All"), ("waiting", "Waiting"), *ConcernState.choices]

    state = forms.ChoiceField(choices=STATES, required=False)
    kind = forms.ChoiceField(choices=[("", "All"), *ConcernKind.choices], required=False)
