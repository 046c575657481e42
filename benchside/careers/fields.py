"""Lists that a person edits as plain lines: one name, or one moment of a day, to a line."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
KEY_MARK = "*"
SEPARATOR = "|"


class TextAreaListField(forms.CharField):
    """A textarea over a list: `to_lines` and `from_lines` say how a list reads as text."""

    widget = forms.Textarea

    def __init__(self, *, max_line: int = 0, **options: Any) -> None:
        options.pop("max_length", None)
        super().__init__(**options)
        self.max_line = max_line

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(self.to_lines(value or []))

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = [line.strip() for line in str(value or "").splitlines()]
        return self.from_lines([line for line in lines if line])

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True

    def to_lines(self, value: list[Any]) -> list[str]:
        return value

    def from_lines(self, lines: list[str]) -> list[Any]:
        for position, line in enumerate(lines, 1):
            if self.max_line and len(line) > self.max_line:
                raise ValidationError(
                    f"Line {position} has {len(line)} letters: keep it to {self.max_line}."
                )
        return lines


class MomentsFormField(TextAreaListField):
    """`10:30 | The sock comes out | What happens.`, with `*` in front of the key moment."""

    def to_lines(self, value: list[dict[str, Any]]) -> list[str]:
        return [
            f"{KEY_MARK + ' ' if moment.get('key') else ''}{moment['time']} {SEPARATOR} "
            f"{moment['title']} {SEPARATOR} {moment['text']}"
            for moment in value
        ]

    def from_lines(self, lines: list[str]) -> list[dict[str, Any]]:
        moments = [_moment(position, line) for position, line in enumerate(lines, 1)]
        times = [moment["time"] for moment in moments]
        if times != sorted(times):
            raise ValidationError("Put the moments in the order of the day.")
        if moments and sum(moment.get("key", False) for moment in moments) != 1:
            raise ValidationError(f"Put {KEY_MARK} in front of one moment: what the job is about.")
        return moments


def _moment(position: int, line: str) -> dict[str, Any]:
    key = line.startswith(KEY_MARK)
    parts = [part.strip() for part in line.removeprefix(KEY_MARK).split(SEPARATOR)]
    if len(parts) != 3 or not all(parts) or not TIME.fullmatch(parts[0]):
        raise ValidationError(
            f"Line {position}: write the time, a title and what happens, as in "
            f"“10:30 {SEPARATOR} The sock comes out {SEPARATOR} The vet cuts, you watch.”"
        )
    moment: dict[str, Any] = dict(zip(("time", "title", "text"), parts, strict=True))
    return moment | {"key": True} if key else moment


class _ListField(models.JSONField):
    """A list in one column. `max_length` is of one line, checked where a person writes it."""

    form_class: type[TextAreaListField] = TextAreaListField
    hint = "One to a line."

    def __init__(self, *args: Any, max_length: int = 0, **options: Any) -> None:
        self.max_line = max_length
        options.setdefault("default", list)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if self.max_line:
            options["max_length"] = self.max_line
        return name, path, args, options

    def formfield(self, **options: Any) -> Any:
        hint = f"{self.help_text} {self.hint}".strip()
        settings: dict[str, Any] = {
            "form_class": self.form_class,
            "max_line": self.max_line,
            "help_text": hint,
        }
        return models.Field.formfield(self, **settings | options)


class LinesField(_ListField):
    """A list of short texts."""


class MomentsField(_ListField):
    """The moments of a day: `{time: "10:30", title, text}`, one of them with `key: True`."""

    form_class = MomentsFormField
    hint = "Time | title | what happens. A * in front marks the moment the job is about."
