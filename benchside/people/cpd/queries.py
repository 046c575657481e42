"""What can be asked about CPD: one's own log, and what of it is shared."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.db.models import Count, DecimalField, Q, QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from benchside.core import vault
from benchside.core.actions import Refused
from benchside.people.cpd import keeping
from benchside.people.cpd.rule import PLAIN, Activity, Rule, Span, Standing, judge
from benchside.people.enums import CpdCategory
from benchside.people.models import CpdActivity, CpdBreak, CpdEvidence, CpdShare, Technician


@dataclass(frozen=True, slots=True)
class Frozen:
    """A period of a log as plain values: `content` is canonical JSON, `digest` its SHA-256."""

    content: str
    digest: str

    @property
    def values(self) -> dict[str, Any]:
        return dict(json.loads(self.content))

    def activities(self) -> list[Activity]:
        """For `rule.judge`."""
        return [plain_of_values(one) for one in self.values["activities"]]

    def breaks(self) -> list[Span]:
        return [span for span, _ in self.noted_breaks()]

    def noted_breaks(self) -> list[tuple[Span, date]]:
        """Time away, each with the day on which they noted it themselves."""
        day = date.fromisoformat
        return [
            (Span(day(one["begins"]), day(one["ends"])), day(one["noted"]))
            for one in self.values["breaks"]
        ]


def log(technician: Technician) -> QuerySet[CpdActivity]:
    return CpdActivity.objects.filter(technician=technician)


def breaks_of(technician: Technician) -> list[Span]:
    return [Span(*pair) for pair in technician.cpd_breaks.values_list("begins", "ends")]


def standing(technician: Technician, on: date, rule: Rule = PLAIN) -> Standing:
    """The log against a rule, for the months that end with a day: two queries."""
    found = log(technician).filter(ends__lte=on, is_done=True)
    return judge(map(plain, found), rule, on, breaks_of(technician))


def years_of(technician: Technician) -> list[int]:
    """The years the log speaks of, and this one, newest first."""
    found = {day.year for day in log(technician).dates("ends", "year")}
    return sorted(found | {timezone.localdate().year}, reverse=True)


def plain(activity: CpdActivity) -> Activity:
    return Activity(
        category=activity.category,
        ends=activity.ends,
        learned=activity.learned,
        helped_me=activity.helped_me,
        helped_users=activity.helped_users,
        points=activity.points,
        is_done=activity.is_done,
    )


# --- sharing --------------------------------------------------------------------------------------
def shared(technician: Technician, share: UUID) -> CpdShare | None:
    """One share of somebody's, by its key; None when it is theirs no more to show."""
    found = CpdShare.objects.filter(technician=technician, key=share).first()
    return found if found is not None and found.is_open else None


def activities_of(share: CpdShare) -> QuerySet[CpdActivity]:
    """What a share that is not used yet shows, oldest first, as it stands; with its evidence.

    Nothing once it is taken back or over. A share in use is read by `frozen`.
    """
    if not share.is_open:
        return CpdActivity.objects.none()
    found = CpdActivity.objects.filter(
        technician=share.technician_id,
        is_done=True,
        ends__gte=share.begins,
        ends__lte=share.ends,
    )
    return found.order_by("ends", "pk").prefetch_related("evidence")


def frozen(share: CpdShare) -> Frozen:
    """What a share shows as plain values: as held when it was used, else as it stands now.

    Raises Refused for one that was taken back or is over.
    """
    if not share.is_open:
        raise Refused("This is shared no longer.", "Ask for it again.")
    if share.is_used:
        return Frozen(share.content, share.digest)
    away = share.technician.cpd_breaks.filter(begins__lte=share.ends, ends__gte=share.begins)
    said = {
        "begins": share.begins.isoformat(),
        "ends": share.ends.isoformat(),
        "breaks": values_of_breaks(away),
        "activities": values_of(activities_of(share)),
    }
    content = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return Frozen(content, hashlib.sha256(content.encode()).hexdigest())


def values_of_breaks(breaks: Iterable[CpdBreak]) -> list[dict[str, str]]:
    return [
        {
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "noted": one.noted_on.isoformat(),
        }
        for one in breaks
    ]


def values_of(activities: Iterable[CpdActivity]) -> list[dict[str, Any]]:
    """Activities as plain JSON values, evidence with them. Numbers are text, exact."""
    return [
        {
            "key": str(one.key),
            "title": one.title,
            "category": one.category,
            "begins": one.begins.isoformat(),
            "ends": one.ends.isoformat(),
            "did": one.did,
            "learned": one.learned,
            "helped_me": one.helped_me,
            "helped_users": one.helped_users,
            "hours": None if one.hours is None else str(one.hours),
            "points": None if one.points is None else str(one.points),
            "is_done": one.is_done,
            "evidence": [_shown(piece) for piece in one.evidence.all()],
        }
        for one in activities
    ]


def _shown(piece: CpdEvidence) -> dict[str, Any]:
    return {
        "title": piece.title,
        "url": piece.url,
        "file": piece.file_digest,
        "name": piece.file_name,
    }


def plain_of_values(said: dict[str, Any]) -> Activity:
    """One of `values_of`, for `rule.judge`."""
    return Activity(
        category=said["category"],
        ends=date.fromisoformat(said["ends"]),
        learned=said["learned"],
        helped_me=said["helped_me"],
        helped_users=said["helped_users"],
        points=None if said["points"] is None else Decimal(said["points"]),
        is_done=said["is_done"],
    )


def file_of(share: CpdShare, digest: str) -> tuple[str, bytes] | None:
    """Name and bytes of a file that a share shows, for the room whose gate has been passed; None
    when it shows no such file. Raises vault.Damaged."""
    shown = [
        piece
        for one in frozen(share).values["activities"]
        for piece in one["evidence"]
        if piece["file"] == digest and digest
    ]
    if not shown:
        return None
    folder = keeping.folder_of(share.technician)
    ending = PurePosixPath(shown[0]["name"]).suffix.lower()
    return shown[0]["name"], vault.get(f"{folder}/{digest}{ending}", digest)


# --- the list -------------------------------------------------------------------------------------
SORTS: dict[str, tuple[str, ...]] = {
    "day": ("ends", "pk"),
    "title": ("title_folded", "pk"),
    "category": ("category", "-ends", "pk"),
    "hours": ("hours_or_none", "-ends", "pk"),
}
SEARCHED = ("title", "did", "learned", "helped_me", "helped_users")
DONE, PLANNED = "done", "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked of the list. `sort` is a key of SORTS, with "-" before it reversed."""

    sort: str = "-day"
    words: str = ""
    year: int | None = None
    category: str = ""
    state: str = ""


def listed(technician: Technician, wanted: Wanted) -> QuerySet[CpdActivity]:
    """Somebody's own log as they asked for it, each with `shown`: how much evidence it has."""
    found: Any = log(technician).annotate(  # with columns of its own
        title_folded=Lower("title"),
        hours_or_none=Coalesce("hours", Decimal(0), output_field=DecimalField()),
        shown=Count("evidence"),
    )
    if wanted.year is not None:
        found = found.filter(ends__year=wanted.year)
    if wanted.category in CpdCategory.values:
        found = found.filter(category=wanted.category)
    if wanted.state in {DONE, PLANNED}:
        found = found.filter(is_done=wanted.state == DONE)
    for word in wanted.words.split()[:8]:
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["day"]))
    return found.reverse() if wanted.sort.startswith("-") else found
