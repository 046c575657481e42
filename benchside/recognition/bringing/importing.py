"""A list of entries as `core.imports` has it: previewed, applied in one transaction, undone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar

from benchside.core.actions import SYSTEM, Actor
from benchside.core.imports import Importer, Problem, Row, Values
from benchside.recognition.bringing import letters, rules, writing
from benchside.recognition.models import BroughtList

# Who brings it in: the engine's own actions ask again.
acting_as: ContextVar[Actor] = ContextVar("acting_as", default=SYSTEM)


class Entries(Importer):
    """The scope is one list. What is here already is never changed by a list, only added to."""

    key = "recognition.entries"
    title = "Entries of a register"
    keeps_edits = False

    def parse(self, data: bytes) -> Iterable[Row]:
        """What `reading` made of the file, as JSON."""
        for one in json.loads(data):
            problems = tuple(Problem(*each[:4]) for each in one["problems"])
            yield Row(one["row"], one["number"], one["values"], problems)

    def current(self, scope: str, *, lock: bool = False) -> dict[str, Values]:
        return writing.kept(_list(scope))

    def create(self, scope: str, records: Mapping[str, Values]) -> None:
        writing.add(_list(scope), acting_as.get(), records)

    def update(self, scope: str, records: Mapping[str, Values]) -> None:
        raise LookupError(f"A list changes no entry: {sorted(records)[:3]}")

    def remove(self, scope: str, keys: Sequence[str]) -> None:
        writing.take_back(_list(scope), acting_as.get(), keys)
        letters.close_letters(keys)

    def allows(self, actor: Actor, scope: str) -> bool:
        return rules.can_bring(actor, _list(scope).register)


def _list(scope: str) -> BroughtList:
    return BroughtList.objects.select_related("register", "run").get(pk=int(scope))


ENTRIES = Entries()
