"""What can be asked of standards and awards, by their keepers and by everybody."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.enums import DutyKind, VersionState
from benchside.assessment.models import (
    Award,
    AwardEvent,
    Challenge,
    Duty,
    StandardVersion,
    Submission,
)
from benchside.assessment.models.submissions import CLOSED
from benchside.assessment.narrowing import awards_read_by
from benchside.assessment.standards import AwardRules, AwardState

SORTS = {
    "number": ("number",),
    "holder": ("organisation__name", "technician__name", "number"),
    "state": ("state", "number"),
    "ends": ("period_end", "number"),
}


# --- standards ----------------------------------------------------------------------------------
def version_in_force(key: str, on: date | None = None) -> StandardVersion | None:
    """The version new submissions are made under on a day, today unless said otherwise."""
    begun = StandardVersion.objects.filter(
        key=key, state=VersionState.PUBLISHED, valid_from__lte=on or timezone.localdate()
    )
    return begun.order_by("-valid_from", "-version").first()


def open_submissions(version: StandardVersion) -> QuerySet[Submission]:
    """What was begun under a version and is not decided."""
    return Submission.objects.filter(version=version).exclude(state__in=CLOSED)


# --- awards -------------------------------------------------------------------------------------
def rules_of(award: Award) -> AwardRules:
    found = award.version.standard.award
    if found is None:
        raise LookupError(f"{award.version} gives no award.")
    return found


def state_of(award: Award) -> AwardState:
    """What the state it is in means. Raises LookupError for one its file does not have."""
    for one in rules_of(award).states:
        if one.key == award.state:
            return one
    raise LookupError(award.state)


def runs_out_from(award: Award) -> date | None:
    """The day from which the clock counts after the end of a period: that end, or the later day on
    which the award came back without a new period, so that nobody is gone the night after."""
    end = award.period_end
    if end is None or end >= timezone.localdate():  # nobody has come back after it
        return end
    stands = {one.key for one in rules_of(award).states if one.stands}
    found = award.events.filter(target__in=stands, recorded_at__date__gt=end).exclude(
        source__in={*stands, ""}
    )
    back = [max(one.effective_on, timezone.localdate(one.recorded_at)) for one in found]
    return max([end, *back])


def last_day(award: Award) -> date | None:
    """The last day on which it stands if nobody does anything: the one before the clock ends it.
    None where the clock leads nowhere out of the state that it is in."""
    over, days = runs_out_from(award), ends_after(rules_of(award), award.state)
    return None if over is None or days is None else over + timedelta(days=days - 1)


def ends_after(rules: AwardRules, state: str) -> int | None:
    """How many days after the end of a period the clock makes it stand no more, from this state
    on, whatever states it is led through; None where it never does."""
    stands = {one.key for one in rules.states if one.stands}
    by_clock = [(one, one.after_days) for one in rules.moves if one.after_days is not None]
    reached, new = {state}, {state}
    while new:
        led = {one.target for one, _ in by_clock if reached & set(one.source)}
        new = (led & stands) - reached
        reached |= new
    ends = [days for one, days in by_clock
            if one.target not in stands and reached & set(one.source)]  # fmt: skip
    return min(ends, default=None)


def shown_state_of(award: Award) -> AwardState:
    """What the public is told of the state it is in. Raises LookupError like `state_of`."""
    state = state_of(award)
    if state.shown_as is None:
        return state
    return next(one for one in rules_of(award).states if one.key == state.shown_as)


def level_of(award: Award) -> str:
    """The title of its level; nothing where the standard has none."""
    levels = {one.key: one.title for one in award.version.standard.levels}
    return levels.get(award.level, "")


def holder_of(award: Award) -> str:
    if award.organisation is not None:
        return award.organisation.name
    return award.technician.name if award.technician else ""


def _in_states(standards: Iterable[str], *, standing: bool) -> Q:
    """Awards in a state that everybody may see, of each version as its own file says."""
    wanted = Q(pk__in=())
    for version in StandardVersion.objects.filter(key__in=list(standards)):
        states = version.standard.award.states if version.standard.award else ()
        keys = [one.key for one in states if one.public and (one.stands or not standing)]
        wanted |= Q(version=version, state__in=keys)
    return wanted


def public_awards(standards: Collection[str]) -> QuerySet[Award]:
    """All that may be looked up by number: also what has lapsed, where the file says so."""
    return _awards().filter(_in_states(standards, standing=False))


def holders(
    standards: Collection[str], *, words: str = "", level: str = "", on: date | None = None
) -> QuerySet[Award]:
    """The register: awards that stand, by the holder's name. `words` are in the name or the town,
    or the number; `on` asks for a day that is gone."""
    found = _awards()
    found = found.filter(_in_states(standards, standing=True)) if on is None else _on(standards, on)
    for word in words.split()[:8]:
        name = Q(organisation__name__icontains=word) | Q(technician__name__icontains=word)
        found = found.filter(name | Q(organisation__town__icontains=word) | Q(number__iexact=word))
    if level:
        found = found.filter(level=level)
    return found.order_by("organisation__name", "technician__name", "number")


def _on(standards: Collection[str], day: date) -> QuerySet[Award]:
    events = AwardEvent.objects.filter(award=OuterRef("pk"), effective_on__lte=day)
    last = Subquery(events.order_by("-number").values("target")[:1])
    standing = Q(pk__in=())
    for version in StandardVersion.objects.filter(key__in=list(standards)):
        states = version.standard.award.states if version.standard.award else ()
        standing |= Q(version=version, was__in=[one.key for one in states if one.stands])
    return _awards().annotate(was=last).filter(standing)


def _awards() -> QuerySet[Award]:
    return Award.objects.select_related("version", "organisation", "technician", "submission")


# --- keepers ------------------------------------------------------------------------------------
def standards_kept(user: User) -> list[str]:
    """The standards whose awards somebody keeps, or ratifies the moves of, by key."""
    every = StandardVersion.objects.order_by("key").values_list("key", flat=True).distinct()
    if user.is_superuser:
        return list(every)
    kinds = (DutyKind.KEEP, DutyKind.RATIFY)
    kept = Duty.objects.filter(user=user, kind__in=kinds).values_list("standard", flat=True)
    return [key for key in every if key in set(kept)]


def awards_kept(
    user: User,
    *,
    words: str = "",
    state: str = "",
    standard: str = "",
    sort: str = "number",
) -> QuerySet[Award]:
    """The awards somebody looks after, or ratifies the moves of, narrowed and sorted."""
    found = _awards().filter(awards_read_by(user))
    if standard:
        found = found.filter(version__key=standard)
    if state:
        found = found.filter(state=state)
    for word in words.split()[:8]:
        name = Q(organisation__name__icontains=word) | Q(technician__name__icontains=word)
        found = found.filter(name | Q(number__icontains=word))
    fields = SORTS[sort.removeprefix("-")]
    return found.order_by(*(f"-{one}" if sort.startswith("-") else one for one in fields))


def challenges_kept(user: User) -> QuerySet[Challenge]:
    """What was said against awards that somebody looks after, what is open first."""
    return (
        Challenge.objects.filter(award__in=Award.objects.filter(awards_read_by(user)))
        .select_related("award", "award__organisation", "award__technician")
        .order_by("-state", "-made_at")
    )


def keepers_of(award: Award) -> list[User]:
    """Who is told of what concerns an award: those who keep it, never its own holder."""
    found = User.objects.filter(
        is_active=True, duties__kind=DutyKind.KEEP, duties__standard=award.version.key
    )
    if award.technician is not None and award.technician.account_id is not None:
        found = found.exclude(pk=award.technician.account_id)
    return list(found.distinct())
