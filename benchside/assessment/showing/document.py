"""What was frozen, as a plain document: headings, words, facts and tables in their order.

Made of the frozen content, the standard it was written for, and its cover; nothing else is looked
up, so that the same three always give the same document. Renderers make a PDF or a Word file of
it, and the signing page shows it. No Django here.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from benchside.assessment.standards import Criterion, Standard

SHORT = 12  # letters of a digest that people compare


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Words:
    """Paragraphs; a `quiet` one is a question or a note, not what somebody wrote."""

    paragraphs: tuple[str, ...]
    quiet: bool = False
    kind: str = "words"


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


Block = Heading | Words | Table


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    made_on: date


def document_of(
    content: Mapping[str, Any],
    standard: Standard,
    cover: Mapping[str, Any],
    *,
    number: int,
    digest: str,
    made_on: date,
) -> Document:
    """The document of a frozen content, as `content.content_of` gives it."""
    facts = [
        ("For", cover.get("holder", "")),
        ("At", cover.get("organisation", "")),
        ("Standard", f"{standard.title}, version {standard.version}"),
        ("Level", cover.get("level", "")),
        ("Route", cover.get("route", "")),
        ("Kept by", standard.owner),
        ("Frozen", f"Version {number}, {day(made_on)}"),
        ("Digest (SHA-256)", digest),
    ]
    holder = str(cover.get("holder", ""))
    return Document(
        title=f"{standard.title}: {holder}" if holder else standard.title,
        facts=tuple((label, str(value)) for label, value in facts if value),
        blocks=tuple(_blocks(content, standard)),
        made_on=made_on,
    )


def _blocks(content: Mapping[str, Any], standard: Standard) -> Iterator[Block]:
    said = {one["criterion"]: one for one in content["statements"]}
    for area in standard.areas:
        asked = [one for one in area.criteria if one.key in said]
        if not asked:
            continue
        yield Heading(1, area.title)
        for one in asked:
            yield from _criterion(one, said[one.key], content)
    yield from _evidence(content, standard)
    for annex in content["annexes"]:
        if not annex["tables"]:  # nothing of it is signed
            continue
        yield Heading(1, annex["title"])
        for table in annex["tables"]:
            if table["title"] != annex["title"]:
                yield Heading(2, table["title"])
            yield from _table(table["title"], table["columns"], table["rows"])


def _criterion(
    one: Criterion, said: Mapping[str, str], content: Mapping[str, Any]
) -> Iterator[Block]:
    yield Heading(2, one.title)
    if one.prompt:
        yield Words(paragraphs(one.prompt), quiet=True)
    if one.options:
        yield Words((said["choice"] or "Nothing chosen.",))
    if one.words or said["text"]:
        yield Words(paragraphs(said["text"]) or ("Nothing written.",))
    figures = [each for each in content["figures"] if each["criterion"] == one.key]
    if figures:
        yield Table(
            f"Figures: {one.title}",
            ("Figure", "Value", "Of how many people", "On"),
            tuple(_figure(each) for each in figures),
        )
    shown = [
        f"{number}. {each['title']}{_because(each, one.key)}"
        for number, each in enumerate(content["evidence"], 1)
        if one.key in {serves["criterion"] for serves in each["serves"]}
    ]
    if shown:
        yield Words((f"{standard_word(content)}: {'; '.join(shown)}",))


def standard_word(_: Mapping[str, Any]) -> str:
    return "Shown by"


def _because(each: Mapping[str, Any], key: str) -> str:
    how = next((one["how"] for one in each["serves"] if one["criterion"] == key), "")
    return f" ({how})" if how else ""


def _figure(one: Mapping[str, Any]) -> tuple[str, ...]:
    unit = one.get("unit", "")
    value = f"{number_of(one['value'])} {unit}".strip() if one["value"] is not None else "none"
    if one["own_value"] is not None:
        own = f"{number_of(one['own_value'])} {unit}".strip()
        value = f"{own}, in place of {value}: {one['own_reason']}"
    people = "" if one["people"] is None else str(one["people"])
    return one.get("title") or one["measure"], value, people, day(one["on"])


def _evidence(content: Mapping[str, Any], standard: Standard) -> Iterator[Block]:
    if not content["evidence"]:
        return
    titles = {one.key: one.title for one in standard.criteria}
    yield Heading(1, capital(standard.words.evidence))
    rows = tuple(
        (
            str(number),
            one["title"],
            _where(one),
            "; ".join(titles.get(each["criterion"], "") for each in one["serves"]) or "Nothing yet",
        )
        for number, one in enumerate(content["evidence"], 1)
    )
    yield Table(capital(standard.words.evidence), ("No.", "Title", "What it is", "Serves"), rows)


def _where(one: Mapping[str, Any]) -> str:
    if one["kind"] == "link":
        return str(one["url"])
    if one["kind"] == "file":
        name = one.get("file_name") or "A file"
        return f"{name}, digest {one['file'][:SHORT]}"
    return f"A record kept here, {one['record']}"


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Block]:
    if not rows:
        yield Words(("Nothing stands here.",))
        return
    yield Table(title, tuple(columns), tuple(tuple(str(cell) for cell in row) for row in rows))


# --- plain words ----------------------------------------------------------------------------------
def paragraphs(text: str) -> tuple[str, ...]:
    """A blank line parts them; lines within one stay lines, as lists are typed that way."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip())
    return tuple(part.strip() for part in parts if part.strip())


def number_of(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def day(value: date | str | None) -> str:
    if value is None:
        return ""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {found:%B %Y}"


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def of_canonical(content: str) -> dict[str, Any]:
    """The frozen content, read back."""
    found: dict[str, Any] = json.loads(content)
    return found
