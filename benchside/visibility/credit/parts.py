"""What somebody types: the words about an output, and their part in it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchside.careers.models import KitTerm
from benchside.organisations.models import Equipment
from benchside.visibility.credit.enums import OutputKind, OutputSource, StandsAs


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputWords:
    """`doi` in its normal form or empty; `source` says whose words the others are."""

    title: str
    doi: str = ""
    kind: str = OutputKind.ARTICLE
    year: int | None = None
    venue: str = ""
    source: str = OutputSource.TYPED

    @property
    def is_typed(self) -> bool:
        return self.source == OutputSource.TYPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`roles` are codes of `taxonomy`, one at least."""

    roles: Iterable[str]
    stands_as: str = StandsAs.ACKNOWLEDGED
    note: str = ""
    kit: Iterable[KitTerm] = field(default=())
    equipment: Iterable[Equipment] = field(default=())
