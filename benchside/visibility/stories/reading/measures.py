"""The figures of stories: who is told of, by what, and which jobs nobody tells of yet."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from benchside.careers.enums import RouteKind
from benchside.careers.live import LiveCatalogue, live_catalogue
from benchside.careers.models import Role
from benchside.core.disclosure import WORKFORCE, Cell, protect_list
from benchside.core.registries import Measure, Measured
from benchside.organisations.enums import Nation
from benchside.visibility.enums import Gender
from benchside.visibility.models import Story, StoryGender
from benchside.visibility.stories.reading.facts import Fact, facts, sectors_of
from benchside.visibility.stories.reading.queries import public, roles_without

UNSAID = "They did not say"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is counted, how many stories, where they are listed ("" for nowhere)."""

    label: str
    stories: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them. `gender` is by people's own word, as it may be shown, on `counted_on`."""

    total: int
    sectors: Sequence[Row]
    nations: Sequence[Row]
    ways: Sequence[Row]
    gender: Sequence[tuple[str, Cell]]
    counted_on: datetime.date
    without: Sequence[Role]
    roles: int

    @property
    def tables(self) -> list[tuple[str, str, Sequence[Row]]]:
        """(key, heading, rows) of the lists that are of public facts."""
        return [
            ("sector", "By sector", self.sectors),
            ("nation", "By nation", self.nations),
            ("way", "By the way in", self.ways),
        ]

    @property
    def told_of(self) -> int:
        return self.roles - len(self.without)


def figures(today: datetime.date) -> Figures:
    """As they are now, but gender, which is counted on the first of a month: what changes from day
    to day would tell who came and who went."""
    live = live_catalogue()
    found = facts(live)
    first = today.replace(day=1)
    return Figures(
        total=len(found),
        sectors=_by_sector(found, live),
        nations=_by_choice("nation", Nation.choices, [one.nation for one in found]),
        ways=_by_choice("way", RouteKind.choices, [one.way for one in found]),
        gender=_gender(first),
        counted_on=first,
        without=roles_without(),
        roles=len(live.roles),
    )


def _by_sector(found: Sequence[Fact], live: LiveCatalogue) -> list[Row]:
    counts = Counter(slug for one in found for slug in sectors_of(one))
    return [
        Row(sector.name, counts[sector.slug], _list("sector", sector.slug))
        for sector in live.sectors
    ]


def _by_choice(name: str, choices: Sequence[tuple[str, object]], said: Sequence[str]) -> list[Row]:
    counts = Counter(said)
    rows = [Row(str(label), counts[slug], _list(name, slug)) for slug, label in choices]
    return [*rows, Row(UNSAID, counts[""])] if counts[""] else rows


def _list(name: str, slug: str) -> str:
    return f"{reverse('visibility:stories')}?{name}={slug}"


def _gender(first: datetime.date) -> list[tuple[str, Cell]]:
    shown = Story.objects.public().filter(published_at__date__lt=first)
    counts = Counter(StoryGender.objects.filter(story__in=shown).values_list("gender", flat=True))
    by_label = {str(label): counts[value] for value, label in Gender.choices}
    by_label[UNSAID] = shown.count() - sum(counts.values())
    told = protect_list(by_label, policy=WORKFORCE, closed=True)
    return [(label, told.cells[label]) for label in by_label]


# --- of one organisation --------------------------------------------------------------------------
def of_organisation(organisation_id: int, on: datetime.date) -> Measured:
    """Stories of its people that everybody can read, of those that are still told."""
    told = public().filter(organisation=organisation_id, published_at__date__lte=on)
    return Measured(value=told.count())


MEASURES = (
    Measure(
        key="visibility.stories",
        title="Stories of your technicians",
        unit="stories",
        policy="",
        observe=of_organisation,
        order=60,
    ),
)
