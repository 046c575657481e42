"""What can be asked of a class: by its code, by its teacher's link, and what its counters tell."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from benchside.careers.classes import codes
from benchside.careers.classes.tickets import hashed
from benchside.careers.classes.totals import Totals, released
from benchside.careers.enums import TallyKind
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import QuizClass
from benchside.careers.rules import CLASS_LINK
from benchside.core.actions import Actor


def class_with_code(typed: str) -> QuizClass | None:
    """The class of today with this code, open or closed. Raises codes.NoCode."""
    return QuizClass.objects.current().filter(code=codes.read(typed)).first()


def class_of_secret(secret: str) -> QuizClass | None:
    """The class whose teacher's link ends so."""
    return QuizClass.objects.current().filter(secret_hash=hashed(secret)).first()


def teacher_of(quiz_class: QuizClass) -> Actor:
    """Whoever came by the teacher's link."""
    return Actor.holding_link(scope=f"{CLASS_LINK}:{quiz_class.pk}")


def totals_of(quiz_class: QuizClass) -> dict[str, Any]:
    """What `QuizClass.totals` holds, from the counters as they stand:

        {"pupils": 31,
         "sectors": [{"slug": "health", "name": "Health", "pupils": 12}, ...],
         "roles": [{"slug": "welder", "name": "Welder", "pupils": 7}, ...]}

    A sector counts pupils with at least one role of it. What may not be shown is not in it.
    `pupils` is None for a class in which too few handed in; then there is nothing else either.
    """
    live = live_catalogue()
    counts = {kind: _counted(quiz_class, kind, live) for kind in TallyKind}
    found = released(
        quiz_class.handed_in,
        counts[TallyKind.SECTOR],
        counts[TallyKind.ROLE],
        dict(_sectors_of(counts[TallyKind.ROLE], live)),
    )
    return _named(found, live)


def _sectors_of(roles: Iterable[str], live: LiveCatalogue) -> Iterator[tuple[str, str]]:
    """A role that was taken down since is of no sector any more."""
    for slug in roles:
        yield slug, live.by_slug[slug].sector.slug if slug in live.by_slug else ""


def _counted(quiz_class: QuizClass, kind: TallyKind, live: LiveCatalogue) -> Counter[str]:
    """Everything live, at nought where nobody got it, and what was live when it was handed in."""
    things = live.sectors if kind == TallyKind.SECTOR else live.roles
    counts = Counter({one.slug: 0 for one in things})
    counts.update(dict(quiz_class.tallies.filter(kind=kind).values_list("slug", "pupils")))
    return counts


def _named(found: Totals, live: LiveCatalogue) -> dict[str, Any]:
    sectors = {one.slug: one.name for one in live.sectors}
    roles = {one.slug: one.title for one in live.roles}
    return {
        "pupils": found.pupils,
        "sectors": _lines(found.sectors, sectors),
        "roles": _lines(found.roles, roles),
    }


def _lines(counts: dict[str, int], names: dict[str, str]) -> list[dict[str, Any]]:
    """A role taken down in the meantime is not spoken of."""
    return [
        {"slug": slug, "name": names[slug], "pupils": pupils}
        for slug, pupils in counts.items()
        if slug in names
    ]
