"""What an address asks of the directory: words, filters, order and page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

LONGEST = 80  # letters of what is looked for
MOST_WORDS = 6
SORTS = {"name": "Name, A to Z", "-name": "Name, Z to A"}
# Letters that professional bodies give, by the words of the Science Council, the Engineering
# Council, BCS and the Institute of Science and Technology.
LETTERS = ("RSciTech", "RSci", "CSci", "EngTech", "IEng", "CEng", "RITTech", "MIScT", "FIScT")
FILTERS = ("organisation", "unit", "role", "skill", "kit", "letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """As typed in the address. Slugs, but `unit`, which is a number; all empty for everybody."""

    query: str = ""
    organisation: str = ""
    unit: str = ""
    role: str = ""
    skill: str = ""
    kit: str = ""
    letters: str = ""
    sort: str = "name"
    page: int = 1

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def is_everybody(self) -> bool:
        return not self.query and not self.chosen

    def without(self, name: str) -> "Selection":
        """Without one filter, or "query". Without the organisation its unit goes as well."""
        gone = {name: "", "unit": ""} if name == "organisation" else {name: ""}
        return replace(self, page=1, **gone)

    def on_page(self, number: int) -> "Selection":
        return replace(self, page=number)

    def address(self, *, leave_out: Sequence[str] = ()) -> str:
        """The part of an address after the question mark, with nothing in it that need not be."""
        said = {"q": self.query, **self.chosen} if self.query else self.chosen
        if self.sort != "name":
            said["sort"] = self.sort
        if self.page > 1:
            said["page"] = str(self.page)
        return urlencode({name: said[name] for name in said if name not in leave_out})


def read(asked: Mapping[str, str]) -> Selection:
    """Any address gives a selection; what cannot be used is left out by whoever looks it up."""
    sort, page = asked.get("sort", ""), asked.get("page", "")
    return Selection(
        query=clean(asked.get("q", "")),
        **{name: clean(asked.get(name, "")) for name in FILTERS},
        sort=sort if sort in SORTS else "name",
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1,
    )


def clean(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST].strip()
