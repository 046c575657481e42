"""Words to thank a technician with, ready to copy. Plain values in and out, no Django.

Our own words throughout: the standard names the roles and leaves the sentence to the author.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchside.visibility.credit.taxonomy import CreditRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanked:
    """Who is thanked and for work on what. Everything but the name may be empty."""

    name: str
    letters: str = ""
    orcid: str = ""
    unit: str = ""
    organisation: str = ""
    equipment: Sequence[str] = field(default=())
    facility: str = ""

    @property
    def called(self) -> str:
        """Edie Made-Up RSciTech (Stores, Northmoor; ORCID 0000-0002-1825-0097)"""
        place = ", ".join(filter(None, (self.unit, self.organisation)))
        orcid = f"ORCID {self.orcid}" if self.orcid else ""
        known = "; ".join(filter(None, (place, orcid)))
        name = " ".join(filter(None, (self.name, self.letters)))
        return f"{name} ({known})" if known else name

    @property
    def with_what(self) -> str:
        """Starts with a space where there is anything to say."""
        things = f" using the {joined(self.equipment)}" if self.equipment else ""
        if not self.facility or self.facility in self.equipment:
            return things
        return f"{things} in the {self.facility}"


def thanks(who: Thanked, roles: Sequence[CreditRole]) -> str:
    """One sentence for the acknowledgements, of all that somebody did."""
    done = joined([role.thanks for role in roles]) or "their work"
    return f"We thank {who.called} for {done}{who.with_what}."


def thanks_for_one(who: Thanked, role: CreditRole) -> str:
    """A sentence for one role, where each is thanked for in its own place of the text."""
    return f"We thank {who.called} for {role.thanks}{who.with_what}."


def statement(name: str, roles: Sequence[CreditRole]) -> str:
    """A line of an author statement: the roles by the names of the standard."""
    return f"{name}: {', '.join(role.name for role in roles)}."


def joined(parts: Sequence[str]) -> str:
    """a, b and c; with semicolons where a part has a comma or an "and" of its own."""
    if len(parts) < 2:
        return "".join(parts)
    has_marks = any(mark in part for part in parts for mark in (",", " and "))
    comma = "; " if has_marks and len(parts) > 2 else ", "
    last = "; and " if has_marks and len(parts) > 2 else ", and " if has_marks else " and "
    return f"{comma.join(parts[:-1])}{last}{parts[-1]}"
