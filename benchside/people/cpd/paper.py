"""A log on paper: tagged PDF, set with typst. Plain values in, bytes out.

Every word goes in as data and is set as a string, so nothing in it is ever markup. Fonts are those
inside the typst wheel, and the date is the one given: the same log gives the same bytes.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from benchside.core.templatetags.sheet import bare
from benchside.people.cpd.rule import How, Standing
from benchside.people.cpd.table import SHOWN

FOLDER = Path(__file__).parent / "typst"
# Control characters, and marks that turn the direction of what stands around them.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
LONGEST_WORD = 24  # a longer one may break, or it would run off its column
SAID = {
    How.MET: "There",
    How.EXCEPTION: "By exception",
    How.MISSING: "Missing",
    How.EXCUSED: "Away",
}
WORDS = (
    ("did", "What I did"),
    ("learned", "What I learned"),
    ("helped_me", "How it helped my work"),
    ("helped_users", "How it helped others"),
)


def log_as_pdf(
    *,
    who: str,
    title: str,
    on: date,
    activities: Iterable[Mapping[str, Any]],
    standing: Standing | None = None,
) -> bytes:
    """The bytes of a PDF/UA-1. `activities` as `queries.values_of` gives them.

    Raises typst.TypstError if it cannot be set. Letters that our fonts lack keep it from claiming
    the standard, and nobody from having it: it is tagged all the same.
    """
    found = [_told(one) for one in activities]
    said = {
        "title": title,
        "on": on.isoformat(),
        "facts": [
            ["Whose", who or "A technician"],
            ["Activities", str(len(found))],
            ["Printed on", f"{on.day} {on:%B %Y}"],
        ],
        "standing": [[one.title, SAID[one.how], one.words] for one in standing.columns]
        if standing
        else [],
        "activities": found,
    }
    data = json.dumps(_clean(said))
    try:
        return _set(data, to_standard=True)
    except typst.TypstError:
        return _set(data, to_standard=False)


def _told(one: Mapping[str, Any]) -> dict[str, Any]:
    begins, ends = date.fromisoformat(one["begins"]), date.fromisoformat(one["ends"])
    days = _day(begins) if begins == ends else f"{_day(begins)} to {_day(ends)}"
    facts = [days, SHOWN[one["category"]]]
    facts += [f"{bare(one[name])} {name}" for name in ("hours", "points") if one[name] is not None]
    facts += [] if one["is_done"] else ["planned"]
    return {
        "title": one["title"],
        "facts": ", ".join(facts),
        "words": [[title, one[name]] for name, title in WORDS if one[name].strip()],
        "evidence": [piece["title"] for piece in one["evidence"]],
    }


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _set(data: str, *, to_standard: bool) -> bytes:
    made: bytes = typst.compile(
        FOLDER / "log.typ",
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        pdf_standards="ua-1" if to_standard else None,
        sys_inputs={"data": data},
    )
    return made


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        line = CONTROL.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
        return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\u200b", line)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
