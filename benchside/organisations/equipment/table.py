"""The table that equipment travels in: Uniquip's columns, then ours. Plain values in and out.

Uniquip is what equipment.data.ac.uk harvests (https://equipment.data.ac.uk/uniquip, read in
November 2026); the names and their order are its own. It knows no column for maker, model or who
may use a thing, so ours stand behind: a reader of Uniquip passes over them. `Technique`, `Building`
and the rest are free text there as here. Secondary contacts, telephones and photographs are
written or left empty, and never read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

UNIQUIP = (
    "Type", "Name", "Description", "Related Facility ID", "Technique", "Location", "Contact Name",
    "Contact Telephone", "Contact URL", "Contact Email", "Secondary Contact Name",
    "Secondary Contact Telephone", "Secondary Contact URL", "Secondary Contact Email", "ID",
    "Photo", "Department", "Site Location", "Building", "Service Level", "Web Address",
)  # fmt: skip
OURS = ("Manufacturer", "Model", "Kit", "Access", "Acquired", "Funding")
HERE_ONLY = ("Public",)
# Which column says which field. What is not here is never read from a file.
FIELDS = {
    "Type": "kind",
    "Name": "name",
    "Description": "description",
    "Related Facility ID": "part_of",
    "Technique": "technique",
    "Contact Name": "contact_name",
    "Contact Email": "contact_email",
    "Department": "unit",
    "Site Location": "site",
    "Building": "building",
    "Service Level": "service",
    "Web Address": "web_address",
    "Manufacturer": "manufacturer",
    "Model": "model",
    "Kit": "kit",
    "Access": "access",
    "Acquired": "acquired_year",
    "Funding": "funding",
    "Public": "is_public",
}
LONGEST = {
    "ID": 60, "Name": 160, "Description": 4000, "Technique": 160, "Contact Name": 120,
    "Contact Email": 254, "Site Location": 120, "Building": 120, "Web Address": 200,
    "Manufacturer": 120, "Model": 120, "Funding": 300,
}  # fmt: skip
KINDS = ("equipment", "facility")
YES, NO = "yes", "no"
FIRST_YEAR, LAST_YEAR = 1850, 2100
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+\.[^@\s<>,;]+")
ADDRESS = re.compile(r"https?://[^\s<>\"]+\.[^\s<>\"]+")
# What `core.exports` puts an apostrophe before, so that no spreadsheet runs it.
ESCAPED = re.compile(r"'(?= *[=+\-@＝＋－＠])")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What this organisation calls things: label as in a file, to what it stands for.

    `units` and `kit` map labels to keys, `access` and `service` to choices; all folded by `folded`.
    """

    units: Mapping[str, str]
    kit: Mapping[str, str]
    access: Mapping[str, str]
    service: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: column, value, what to do."""

    column: str
    value: str
    remedy: str


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def plain(text: str) -> str:
    """A cell as it was meant: no space around it, no apostrophe that an export put before it.

    Also for what is typed into a form, so that whatever is kept comes back from a file as it went.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    while ESCAPED.match(text):
        text = text[1:].strip()
    return text


def read_row(cells: Mapping[str, str], words: Words) -> tuple[Values, list[Fault]]:
    """What a row says, by field, of the columns that are in the file; and what is wrong with it.

    `part_of` is the other item's own number, `unit` and `kit` are the labels kept.
    """
    faults: list[Fault] = []
    values: Values = {}
    for column, text in cells.items():
        if field := FIELDS.get(column):
            values[field] = _value(column, plain(text), words, faults)
    faults += _too_long(cells)
    if not plain(cells.get("ID", "")):
        faults.append(Fault("ID", "", "Give every item a number of its own: it is known by it."))
    if not values.get("name"):
        faults.append(Fault("Name", "", "Every item has a name: fill it in."))
    if values.get("kind") == "facility" and values.get("part_of"):
        remedy = "A facility is not part of another. Empty this cell, or make it equipment."
        faults.append(Fault("Related Facility ID", values["part_of"], remedy))
    return values, faults


def _too_long(cells: Mapping[str, str]) -> Iterator[Fault]:
    for column, most in LONGEST.items():
        text = plain(cells.get(column, ""))
        if len(text) > most:
            yield Fault(column, text, f"At most {most} letters; this has {len(text)}.")
        if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
            yield Fault(column, text, "There is a letter in it that cannot be seen: type it again.")


def _value(column: str, text: str, words: Words, faults: list[Fault]) -> Any:
    """One cell read. What cannot be read is put into `faults`."""
    if column == "Type":
        known = {kind: kind for kind in KINDS}
        return _one_of(column, text or KINDS[0], known, "Write equipment or facility.", faults)
    if column in CHOICES and text:
        name, remedy = CHOICES[column]
        return _one_of(column, text, getattr(words, name), remedy, faults)
    if column == "Acquired":
        return _year(text, faults)
    if column == "Public":
        found = {YES: True, "y": True, "true": True, "1": True}
        found |= dict.fromkeys(("", NO, "n", "false", "0"), False)
        return _one_of(column, text, found, "Write yes or no.", faults)
    if column == "Contact Email":
        text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
        _must_match(column, text, EMAIL, "Write one address such as xrd@example.ac.uk.", faults)
    if column == "Web Address":
        _must_match(column, text, ADDRESS, "Begin it with https:// or http://.", faults)
    if column == "Related Facility ID" and "," in text:
        faults.append(Fault(column, text, "Name one facility: an item is kept in one place here."))
    return text


CHOICES = {
    "Department": (
        "units",
        "No open unit is called that. Add it under Units, or empty this cell. Where two have one "
        "name, write the one above first: Science / Workshop.",
    ),
    "Kit": ("kit", "Our list of kit has no such word. Use one of it, or empty this cell."),
    "Access": ("access", "Write one of the kinds of access as an export has them."),
    "Service Level": ("service", "Write one of the service levels as an export has them."),
}


def _one_of(
    column: str, text: str, known: Mapping[str, Any], remedy: str, faults: list[Fault]
) -> Any:
    key = folded(text)
    if key in known:
        return known[key]
    faults.append(Fault(column, text, remedy))
    return ""


def _year(text: str, faults: list[Fault]) -> int | None:
    """A year; a workbook may hold it as 2019.0, or a date of which the year is taken."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{4})(\.0+|-\d\d-\d\d.*)?", text)
    if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return int(found[1])
    faults.append(Fault("Acquired", text, "Write a year such as 2019."))
    return None


def _must_match(
    column: str, text: str, pattern: re.Pattern[str], remedy: str, faults: list[Fault]
) -> None:
    if text and not pattern.fullmatch(text):
        faults.append(Fault(column, text, remedy))
