"""What a file is asked as a whole: which comes first in its days and in its names. No Django here.

Nothing is turned unless somebody says so; what can be written in two ways is shown to be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from benchside.organisations.staff_list import Book
from benchside.organisations.staff_list.dates import parts_of
from benchside.recognition.bringing import naming
from benchside.recognition.bringing.columns import Layout, Manner, cells_of

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in it, as examples; empty where it need not be asked."""

    days: str = ""  # written in numbers
    only_month_first: str = ""
    names: str = ""  # with the surname first, or in capitals

    @property
    def mended(self) -> str:
        return naming.mended(self.names)


def asked_of(book: Book, layouts: Sequence[Layout], manner: Manner) -> Asked:
    """What is asked of a file; what was said of it already is asked again."""
    used = [(sheet, one) for sheet, one in zip(book.sheets, layouts, strict=True) if one.columns]
    days, only = "", ""
    for cell in chain.from_iterable(cells_of(*one) for one in used):
        if parts := parts_of(cell):
            days = days or str(cell)
            if parts[1] > MONTHS >= parts[0]:
                only = str(cell)
                break
    names = (str(cell) for cell in chain.from_iterable(cells_of(*one, {"name"}) for one in used))
    odd = next((one for one in names if naming.mended(one) != " ".join(one.split())), "")
    return Asked(days, only, odd or ("O’BRIEN, Séan" if manner.surname_first else ""))
