"""Papers of the packing bench as PDF, set with typst: what to fetch, slips, address labels.

Every word goes in as data and is set as a string, so nothing in it is ever markup. Fonts are
the ones inside the typst wheel: a label looks the same on every machine.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from benchside.outreach.models import Item, Order

LONGEST_WORD = 16  # a longer one may break, or it would run off the label
FOLDER = Path(__file__).parent / "typst"


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels, in millimetres: what it is called in shops, and how it is divided."""

    name: str
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    gap: float

    @property
    def on_a_sheet(self) -> int:
        return self.across * self.down


# A4, 21 labels of 63.5 x 38.1 mm, as sold by many makers (Avery calls it L7160).
LABELS = LabelSheet(
    "A4, 3 x 7 labels of 63.5 x 38.1 mm (L7160)", 3, 7, 63.5, 38.1, 7.25, 15.15, 2.5
)


def labels(orders: Iterable[Order], *, first: int = 1) -> bytes:
    """A PDF with a label an order, beginning at label `first` of the sheet (1 to 21).

    Raises typst.TypstError if it cannot be set.
    """
    skipped = min(max(first, 1), LABELS.on_a_sheet) - 1
    sheet = {name: getattr(LABELS, name) for name in LabelSheet.__slots__ if name != "name"}
    found = [{"number": one.number, "lines": _lines(one)} for one in orders]
    return _compiled("labels.typ", {"sheet": sheet, "skipped": skipped, "labels": found})


def packing_list(orders: Sequence[Order], picks: Sequence[tuple[Item, int]], day: date) -> bytes:
    """A PDF: what to fetch from the shelf, then a page for each parcel."""
    return _compiled(
        "packing.typ",
        {
            "day": f"{day:%-d %B %Y}",
            "picks": [{"title": item.title, "pack": item.pack, "packs": n} for item, n in picks],
            "slips": [_slip(order) for order in orders],
        },
    )


def _slip(order: Order) -> dict[str, Any]:
    lines = [
        {
            "title": line.item.title,
            "pack": line.item.pack,
            "packs": line.packed or line.left,
            "asked": line.packs,
            "sent": line.sent,
        }
        for line in order.lines.all()
        if line.packed or line.left
    ]
    return {"number": order.number, "address": _lines(order), "lines": lines}


def _lines(order: Order) -> list[str]:
    long = re.compile(rf"(\S{{{LONGEST_WORD}}})(?=\S)")
    return [long.sub("\\1\u200b", line) for line in order.address_lines]


def _compiled(name: str, data: dict[str, Any]) -> bytes:
    return typst.compile(
        FOLDER / name,
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
