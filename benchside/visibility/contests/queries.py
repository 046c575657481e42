"""What can be asked of competitions: by the public, by judges, by the team."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from benchside.accounts.models import User
from benchside.organisations.models import Employment, Membership
from benchside.visibility.contests import blinding, scoring
from benchside.visibility.contests.enums import (
    IN_THE_RUNNING,
    CompetitionState,
    EntryState,
    JudgeState,
)
from benchside.visibility.enums import PhotoState, PledgeState
from benchside.visibility.models import (
    Competition,
    Conflict,
    Entry,
    Judge,
    Pledge,
    Prize,
    Score,
)


# --- everybody's ----------------------------------------------------------------------------------
def public_competitions() -> QuerySet[Competition]:
    """Those that end last first."""
    return Competition.objects.public().order_by("-closes_at", "pk")


def whole(found: QuerySet[Competition]) -> QuerySet[Competition]:
    """With all that a page about one shows."""
    return found.select_related("campaign").prefetch_related(
        "categories", "age_groups", "criteria", "prizes__category", "prizes__age_group"
    )


def winners(competition: Competition) -> list[Prize]:
    """The prizes with their winners as everybody may see them: announced, and still to be shown."""
    found = Prize.objects.announced().filter(competition=competition, entry__isnull=False)
    return list(
        found.filter(
            entry__state=EntryState.SHORTLISTED, entry__photo__state=PhotoState.APPROVED
        ).select_related(
            "entry__photo__picture", "entry__photo__role", "entry__category", "entry__age_group"
        )
    )


def shortlist_shown(competition: Competition) -> list[Entry]:
    """The rest of the shortlist, to be shown beside the winners."""
    won = Prize.objects.filter(entry=OuterRef("pk"))
    found = competition.entries.shortlisted().filter(photo__state=PhotoState.APPROVED)
    return list(
        found.exclude(Exists(won)).select_related("photo__picture", "category", "age_group")
    )


def pledge_of(code: str) -> Pledge | None:
    """The school with this code, as it types it."""
    plain = "".join(code.split()).replace("-", "").upper()
    return Pledge.objects.filter(code=plain, state=PledgeState.CONFIRMED).first() if plain else None


# --- a judge's ------------------------------------------------------------------------------------
def judging_of(user: User) -> QuerySet[Judge]:
    """The competitions somebody judges, the newest first."""
    found = Judge.objects.active().filter(user=user).select_related("competition")
    return found.exclude(competition__state=CompetitionState.CANCELLED).order_by("-pk")


def places_of(user: User) -> set[str]:
    """Where the site knows somebody to work or to hold a role."""
    roles = Membership.objects.filter(user=user, ended_on__isnull=True)
    jobs = Employment.objects.current().filter(technician__account=user)
    return {
        *roles.values_list("organisation__name", flat=True),
        *jobs.values_list("organisation__name", flat=True),
    }


def barred_from(judge: Judge) -> set[int]:
    """The entries a judge may not see: of places they know, and those they recognised."""
    said = list(judge.conflicts.values_list("place", "entry_id"))
    places = [place for place, _ in said if place]
    entries = judge.competition.entries.values_list("pk", "school", "pledge__school")
    return {entry for _, entry in said if entry} | {
        pk
        for pk, school, pledged in entries
        if any(
            blinding.is_same_place(place, name)
            for place in places
            for name in (school, pledged or "")
        )
    }


def entries_before(judge: Judge) -> QuerySet[Entry]:
    """What a judge sees: the shortlist without what they are barred from. Nothing before they have
    said whom they know, nor before the team has sent it out."""
    if judge.state not in (JudgeState.DECLARED, JudgeState.SUBMITTED):
        return Entry.objects.none()
    sent_out = (CompetitionState.JUDGING, CompetitionState.MEETING, CompetitionState.DECIDED)
    if judge.competition.state not in sent_out:
        return Entry.objects.none()
    found = judge.competition.entries.shortlisted().filter(photo__state=PhotoState.APPROVED)
    return found.exclude(pk__in=barred_from(judge)).order_by("number")


def unjudged(judge: Judge) -> list[Entry]:
    """What the judge has not given points for on every line."""
    lines = judge.competition.criteria.count()
    given = Count("scores", filter=Q(scores__judge=judge))
    return list(entries_before(judge).annotate(given=given).filter(given__lt=lines))


def points_of(judge: Judge) -> dict[int, dict[int, int]]:
    """What the judge gave: points by entry, then by criterion."""
    found: dict[int, dict[int, int]] = {}
    for entry, criterion, points in judge.scores.values_list("entry_id", "criterion_id", "points"):
        found.setdefault(entry, {})[criterion] = points
    return found


# --- the meeting's --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Line:
    """One entry before the meeting: still without school. `totals` in the judges' order, None where
    a judge kept out of it."""

    entry: Entry
    standing: scoring.Standing
    totals: list[int | None]


@dataclass(frozen=True, slots=True)
class Table:
    judges: list[Judge]
    hands: list[scoring.Hand]
    lines: list[Line] = field(default_factory=list)
    most: int = 0


def meeting_table(competition: Competition) -> Table:
    """All that was handed in, best first. Judges who have not handed in are not in it."""
    judges = list(
        competition.judges.filter(state=JudgeState.SUBMITTED).select_related("user").order_by("pk")
    )
    shown = {
        one.pk: one
        for one in competition.entries.shortlisted()
        .filter(photo__state=PhotoState.APPROVED)
        .select_related("category", "age_group", "photo__picture", "photo__role")
    }
    totals: dict[tuple[int, int], int] = {}
    scores = Score.objects.filter(judge__in=judges, entry__in=shown)
    for judge, entry, points in scores.values_list("judge_id", "entry_id", "points"):
        totals[judge, entry] = totals.get((judge, entry), 0) + points
    found = scoring.outcome(
        scoring.Given(judge, entry, float(points)) for (judge, entry), points in totals.items()
    )
    lines = [
        Line(
            shown[standing.entry],
            standing,
            [totals.get((judge.pk, standing.entry)) for judge in judges],
        )
        for standing in found.standings
    ]
    most = sum(competition.criteria.values_list("most", flat=True))
    return Table(judges, list(found.hands), lines, most)


def why_a_reason(prize: Prize, entry: Entry) -> str:
    """Why giving the prize to this entry must be explained, or nothing."""
    fitting = [line for line in meeting_table(prize.competition).lines if _fits(prize, line.entry)]
    own = next((line for line in fitting if line.entry.pk == entry.pk), None)
    if own is None:
        return "No judge gave it points."
    given = set(
        Prize.objects.filter(competition=prize.competition, entry__isnull=False)
        .exclude(pk=prize.pk)
        .values_list("entry_id", flat=True)
    )
    open_to = [line for line in fitting if line.entry.pk not in given or line is own]
    better = [line for line in open_to if line.standing.fair > own.standing.fair]
    if better:
        return f"Entry {better[0].entry.number} has more points and no prize."
    if sum(line.standing.fair == own.standing.fair for line in open_to) > 1:
        return "Another entry has as many points."
    return ""


def _fits(prize: Prize, entry: Entry) -> bool:
    return (prize.category_id in (None, entry.category_id)) and (
        prize.age_group_id in (None, entry.age_group_id)
    )


# --- the team's -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list of entries was asked for."""

    words: str = ""
    state: str = ""
    category: str = ""
    age_group: str = ""
    nation: str = ""
    picture: str = ""
    sort: str = "number"


SORTS = {
    "number": ("number",),
    "school": ("school", "number"),
    "category": ("category__order", "category_id", "number"),
    "age": ("age_group__youngest", "number"),
    "sent": ("sent_at", "number"),
    "state": ("state", "number"),
}


def entries(competition: Competition, wanted: Wanted) -> QuerySet[Entry]:
    """The entries of a competition for its team, searched, filtered, in order."""
    found = competition.entries.select_related(
        "category", "age_group", "photo__picture", "photo__role", "terms"
    )
    plain = {
        "state": wanted.state,
        "nation": wanted.nation,
        "category": _number(wanted.category),
        "age_group": _number(wanted.age_group),
        "photo__state": wanted.picture,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    for word in wanted.words.split():
        found = found.filter(
            Q(school__icontains=word) | Q(caption__icontains=word) | Q(number=_number(word) or 0)
        )
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["number"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def judges(competition: Competition) -> list[Judge]:
    """With how far each has come: `given` entries of `before` them."""
    found = list(
        competition.judges.select_related("user", "invitation", "competition").prefetch_related(
            Prefetch("conflicts", Conflict.objects.filter(entry__isnull=True))
        )
    )
    for judge in found:
        judge.before = entries_before(judge).count()  # type: ignore[attr-defined]
        judge.given = judge.before - len(unjudged(judge))  # type: ignore[attr-defined]
    return found


def listed(words: str = "", state: str = "", sort: str = "-closes") -> QuerySet[Any]:
    """All competitions, for the team."""
    found = Competition.objects.annotate(
        sent_in=Count("entries", filter=Q(entries__state__in=IN_THE_RUNNING))
    )
    if state:
        found = found.filter(state=state)
    for word in words.split():
        found = found.filter(title__icontains=word)
    orders = {"title": ("title", "pk"), "closes": ("closes_at", "pk"), "entries": ("sent_in", "pk")}
    found = found.order_by(*orders.get(sort.removeprefix("-"), orders["closes"]))
    return found.reverse() if sort.startswith("-") else found


def counted(competition: Competition) -> list[tuple[str, str, str, int]]:
    """Entries in the running by category, ages and nation; lines with none are left out."""
    found = (
        competition.entries.running()
        .values("category__title", "age_group__youngest", "age_group__oldest", "nation")
        .annotate(count=Count("pk"))
        .order_by("category__order", "category__title", "age_group__youngest", "nation")
    )
    nations = dict(Entry._meta.get_field("nation").flatchoices)
    return [
        (
            one["category__title"],
            f"{one['age_group__youngest']} to {one['age_group__oldest']}",
            nations[one["nation"]],
            one["count"],
        )
        for one in found
    ]


def by_name(rows: Iterable[tuple[str, str, str, int]], place: int) -> list[tuple[str, int, str]]:
    """The same counts by one of their columns, as charts take them."""
    found: dict[str, int] = {}
    for row in rows:
        found[str(row[place])] = found.get(str(row[place]), 0) + row[3]
    return [(name, count, "") for name, count in found.items()]


def to_tell() -> QuerySet[Competition]:
    """Decided, their minute come, and nobody told yet."""
    return Competition.objects.filter(
        state=CompetitionState.DECIDED, results_at__lte=timezone.now(), told_at__isnull=True
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else None
