"""Set a competition up, publish it, and take it from one stage to the next.

Afterwards, always: its pages leave the cache.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max, ProtectedError

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.visibility.contests import rules
from benchside.visibility.contests.enums import CompetitionState
from benchside.visibility.contests.events import COMPETITION_CHANGED
from benchside.visibility.contests.states import COMPETITION
from benchside.visibility.models import AgeGroup, Category, Competition, Criterion, Prize, Terms

STAGES = ("publish", "shortlist", "judge", "meet", "judge_more", "decide", "cancel")
DETAILS = frozenset(
    {"title", "slug", "campaign", "lead", "about", "opens_at", "closes_at", "results_at",
     "most_each"}
)  # fmt: skip
# Once it is published, what people have read and relied on stands.
ONCE_PUBLISHED = frozenset({"title", "lead", "about", "closes_at", "results_at"})
PARTS: dict[str, type[models.Model]] = {
    "category": Category,
    "age_group": AgeGroup,
    "criterion": Criterion,
    "prize": Prize,
}
PART_FIELDS = {
    "category": ("title", "words", "order"),
    "age_group": ("youngest", "oldest"),
    "criterion": ("title", "words", "most", "order"),
    "prize": ("title", "words", "category", "age_group", "order"),
}
C = CompetitionState
# Until when a part may be changed: what is judged by must not change under the judges' hands.
CHANGEABLE = {
    "category": (C.DRAFT, C.PUBLISHED),
    "age_group": (C.DRAFT, C.PUBLISHED),
    "criterion": (C.DRAFT, C.PUBLISHED, C.SHORTLISTING),
    "prize": (C.DRAFT, C.PUBLISHED, C.SHORTLISTING, C.JUDGING, C.MEETING),
}


def create_competition(*, actor: Actor, values: Mapping[str, Any], terms: str) -> Competition:
    """Begin a competition as a draft. Raises Denied; Refused for an address that is taken."""
    competition = Competition(**{k: v for k, v in values.items() if k in DETAILS})
    with acting("competition.create", actor=actor, subject=None, may=rules.can_run) as act:
        _save(competition)
        act.about(competition)
        Terms.objects.create(competition=competition, version=1, text=terms)
    return competition


def change_competition(
    *, actor: Actor, competition: Competition, values: Mapping[str, Any]
) -> None:
    """Write the details. Once published, it may close later than was said, never earlier.

    Raises Denied, Refused.
    """
    with acting("competition.change", actor=actor, subject=competition, may=rules.can_run) as act:
        held = lock(competition)
        is_draft = held.state == C.DRAFT
        said = {k: v for k, v in values.items() if k in (DETAILS if is_draft else ONCE_PUBLISHED)}
        _refuse_new_times(held, said)
        changed = sorted(name for name, value in said.items() if getattr(held, name) != value)
        for name, value in said.items():
            setattr(held, name, value)
            setattr(competition, name, value)
        _save(held)
        act.note(changed=changed)
        tell(held)


def write_terms(*, actor: Actor, competition: Competition, text: str) -> Terms:
    """Put a new version of the terms beside those before. Raises Denied, Refused once closed."""
    with acting("competition.terms", actor=actor, subject=competition, may=rules.can_run) as act:
        held = lock(competition)
        if held.state not in (C.DRAFT, C.PUBLISHED):
            raise Refused("Entries are in.", "They stand under the terms they were sent in by.")
        newest = held.terms.aggregate(newest=Max("version"))["newest"] or 0
        made = Terms.objects.create(competition=held, version=newest + 1, text=text)
        act.note(version=made.version)
        tell(held)
    return made


def keep_part(
    *,
    actor: Actor,
    competition: Competition,
    kind: str,
    values: Mapping[str, Any],
    part: Any = None,
) -> Any:
    """Add a category, age group, criterion or prize, or change one. Raises Denied, Refused."""
    with acting("competition.part", actor=actor, subject=competition, may=rules.can_run) as act:
        held = lock(competition)
        _refuse_late(held, kind)
        one: Any = part or PARTS[kind](competition=held)
        for name in PART_FIELDS[kind]:
            if name in values:
                setattr(one, name, values[name])
        if one.competition_id != held.pk or _belongs_elsewhere(one, held):
            raise Refused("This is of another competition.", "Choose one of this.")
        _save(one)
        act.note(kind=kind, part=one.pk)
        tell(held)
    return one


def remove_part(*, actor: Actor, competition: Competition, kind: str, part: Any) -> None:
    """Take one away again. Raises Denied; Refused for one that entries or points lean on."""
    with acting("competition.part_gone", actor=actor, subject=competition, may=rules.can_run) as a:
        held = lock(competition)
        _refuse_late(held, kind)
        if kind == "prize" and part.entry_id:
            raise Refused("This prize has a winner.", "Take it back from them first.")
        number = part.pk
        try:
            with transaction.atomic():
                part.delete()
        except ProtectedError as error:
            raise Refused("Entries are in it.", "Change its words instead.") from error
        a.note(kind=kind, part=number)
        tell(held)


def move_on(*, actor: Actor, competition: Competition, verb: str) -> None:
    """Take it to another stage: one of STAGES. Raises Denied, Refused."""
    if verb not in STAGES:
        raise Refused("Nothing was done: press one of the buttons.")
    with transaction.atomic():
        lock(competition)
        move(table=COMPETITION, subject=competition, verb=verb, actor=actor)
        tell(competition)


# --- shared ---------------------------------------------------------------------------------------
def lock(competition: Competition) -> Competition:
    """The competition as it is now, held until the transaction ends: whoever enters, closes or
    decides comes one after the other."""
    return Competition.objects.select_for_update().get(pk=competition.pk)


def tell(competition: Competition) -> None:
    publish(COMPETITION_CHANGED.key, slug=competition.slug)


def _refuse_new_times(held: Competition, said: Mapping[str, Any]) -> None:
    opens = said.get("opens_at", held.opens_at)
    closes = said.get("closes_at", held.closes_at)
    results = said.get("results_at", held.results_at)
    if closes <= opens:
        raise Refused("It would close before it opens.", "Give a later time.")
    if results and results <= closes:
        raise Refused("Winners would be told before it closes.", "Give a later time.")
    if held.state != C.DRAFT and closes < held.closes_at:
        raise Refused(
            "People have been told that it closes later.", "Keep that time, or a later one."
        )
    if held.state not in (C.DRAFT, C.PUBLISHED) and closes != held.closes_at:
        raise Refused("It has closed.", "The time it closed stands.")
    if held.state == C.DECIDED and held.is_announced and results != held.results_at:
        raise Refused("The winners have been told.", "The minute they were told stands.")
    if held.state == C.DECIDED and results is None:
        raise Refused("It is decided.", "Give the minute from which winners are told.")


def _refuse_late(held: Competition, kind: str) -> None:
    if held.state not in CHANGEABLE[kind]:
        raise Refused("It is too late to change this.", "Entries and points were given by it.")


def _belongs_elsewhere(one: Any, held: Competition) -> bool:
    for name in ("category", "age_group"):
        beside = getattr(one, name, None) if isinstance(one, Prize) else None
        if beside is not None and beside.competition_id != held.pk:
            return True
    return False


def _save(one: models.Model) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise Refused(
            "This cannot be kept: its name or address is taken, or its times do not follow.",
            "Use another.",
        ) from error
