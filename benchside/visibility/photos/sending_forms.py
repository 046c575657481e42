"""What a sender fills in: once for the visit, and a row for each picture. For adults only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from benchside.accounts.forms import ONE_LINE
from benchside.careers.models import Role
from benchside.core.media import MAX_BYTES, PictureRefused
from benchside.core.open_forms import OpenForm
from benchside.visibility.enums import InPicture

ROWS = 3  # shown to a browser without the script
MOST_ROWS = 30
MOST_ADULTS = 12
AGREED = (
    "I am 18 or over. I took this picture, or I may share it. All who can be seen in it know that "
    "it may be shown on this site, and said yes. For a child, a parent or carer said yes too. "
    "I can take it back at any time."
)


class CodeForm(forms.Form):
    """The code of a school or a campaign."""

    code = forms.CharField(
        label="Your code",
        max_length=40,
        help_text="Eight letters and numbers. Your school or campaign has it.",
        error_messages={"required": "Type the code your school or campaign gave you."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class SenderForm(OpenForm):
    """Who sends, for all pictures of one visit."""

    purpose = "photo-send"

    display_name = forms.CharField(
        label="From, as shown",
        max_length=80,
        validators=[ONE_LINE],
        help_text="Your first name, your team or your school. Everybody can read it. "
        "Never a child’s name.",
        error_messages={"required": "Say who it is from: a first name, a team or a school."},
    )
    role = forms.ModelChoiceField(
        label="Trade",
        queryset=Role.objects.none(),
        required=False,
        empty_label="None of these, or more than one",
        help_text="What the technician in the picture does.",
    )
    reply_to = forms.EmailField(
        label="Your e-mail",
        required=False,
        max_length=254,
        help_text="Only to ask you about a picture and to say what became of it.",
        error_messages={
            "invalid": "This is not an e-mail address. Write one like name@example.com."
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    signed_as = forms.CharField(
        label="Your name, as a signature",
        max_length=120,
        validators=[ONE_LINE],
        help_text="Not shown. It says who gave us this yes.",
        error_messages={"required": "Type your name: it signs what you said yes to."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    agreed = forms.BooleanField(
        label=AGREED, error_messages={"required": "We can only take a picture in with this yes."}
    )

    def __init__(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        super().__init__(request, *args, **options)
        self.use_required_attribute = False
        roles = Role.objects.filter(live=True).order_by("title")
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]


class RowForm(forms.Form):
    """One picture: the file, its caption, and who can be recognised in it."""

    file = forms.FileField(
        label="Picture",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={
            "required": "Choose a picture.",
            "empty": "This file is empty. Choose the picture again.",
        },
    )
    caption = forms.CharField(
        label="Caption",
        max_length=200,
        required=False,
        validators=[ONE_LINE],
        help_text="What is being done, and with what. Never a child’s name.",
        error_messages={"max_length": "Use 200 letters at most. You have %(show_value)s."},
    )
    in_picture = forms.ChoiceField(
        label="Who can be recognised in it?",
        choices=InPicture.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say who can be recognised in this picture."},
    )
    adults = forms.CharField(
        label="Adults in it who said yes",
        max_length=400,
        required=False,
        help_text="First names are enough, with commas between. Not shown. Only adults.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.use_required_attribute = False

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise PictureRefused("too_large")
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [name.strip()[:120] for name in cleaned.get("adults", "").split(",")]
        cleaned["adults"] = list(dict.fromkeys(name for name in names if name))
        if cleaned.get("in_picture") == InPicture.AGREED:
            if not cleaned["adults"]:
                self.add_error("adults", "Write who is in it and said yes. First names are enough.")
            elif len(cleaned["adults"]) > MOST_ADULTS:
                self.add_error("adults", f"Write {MOST_ADULTS} names at most, or a group’s name.")
        else:
            cleaned["adults"] = []
        return cleaned


def empty_rows() -> list[RowForm]:
    return [RowForm(prefix=f"p{number}") for number in range(ROWS)]


def rows_of(data: MultiValueDict[str, Any], files: MultiValueDict[str, Any]) -> list[RowForm]:
    """A form for each row that has a file or a caption, and enough empty ones beside them."""
    numbers = [number for number in range(MOST_ROWS) if _is_used(number, data, files)]
    return [RowForm(data, files, prefix=f"p{number}") for number in numbers]


def _is_used(number: int, data: MultiValueDict[str, Any], files: MultiValueDict[str, Any]) -> bool:
    return f"p{number}-file" in files or bool(data.get(f"p{number}-caption", "").strip())


def beside(rows: Sequence[RowForm]) -> list[RowForm]:
    """Empty rows after those that were filled in, so that there is always one to fill."""
    taken = {row.prefix for row in rows}
    free = [f"p{number}" for number in range(MOST_ROWS) if f"p{number}" not in taken]
    return [RowForm(prefix=prefix) for prefix in free[: max(1, ROWS - len(rows))]]
