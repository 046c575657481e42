"""What is wrong in a file that people write by hand, where, and what to do. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

LONGEST_VALUE = 60

# By pydantic's type of error; `{...}` are the values it gives with it.
REMEDIES = {
    "missing": "is missing: add it",
    "extra_forbidden": "is not a field here: check its spelling, or take it out",
    "string_type": "must be text in quotes",
    "string_too_short": "must have at least {min_length} letters",
    "string_too_long": "must have at most {max_length} letters",
    "string_pattern_mismatch": "is not written as expected ({pattern})",
    "int_type": "must be a whole number, without quotes",
    "float_type": "must be a number, without quotes",
    "bool_type": "must be true or false, without quotes",
    "date_type": "must be a date, such as 2026-11-22, without quotes",
    "list_type": 'must be a list, such as ["one", "two"]',
    "too_short": "needs at least {min_length} entries",
    "too_long": "takes at most {max_length} entries",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "literal_error": "must be one of {expected}",
    "model_type": "must be a table, such as [words]",
}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`file` is the path inside the folder; `field` as written in the file ("kit[2].term")."""

    file: str
    field: str
    value: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.field}" if self.field else self.file
        return f"{where} = {self.value}: {self.remedy}" if self.value else f"{where}: {self.remedy}"


class BrokenFiles(Exception):  # noqa: N818 - reads as what it is
    """The files cannot be used. `faults` holds all of them, in the order of the files."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


def shown(value: Any) -> str:
    """A value as it stands in the file, cut to a readable length."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def of_shape(file: str, error: ValidationError, inside: str = "") -> Iterator[Fault]:
    """The faults of one record that does not have the shape it should have."""
    for one in error.errors(include_url=False):
        remedy = REMEDIES.get(one["type"])
        value = "" if one["type"] == "missing" else shown(one["input"])
        yield Fault(
            file=file,
            field=_path(inside, one["loc"]),
            value=value,
            remedy=remedy.format(**one.get("ctx", {})) if remedy else one["msg"],
        )


def _path(inside: str, location: tuple[int | str, ...]) -> str:
    path = inside
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else part
    return path
