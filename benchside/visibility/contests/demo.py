"""Contests in the demonstration, visibly made up: one with winners, one with the judges, one open.

Pictures are drawings that stand in for photographs. Time that must have passed is set by hand; all
else is done as people would do it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.careers.models import Role
from benchside.core import pictures
from benchside.core.actions import SYSTEM, VISITOR, Actor
from benchside.visibility.contests import actions
from benchside.visibility.contests.actions import Sent
from benchside.visibility.contests.drawn import picture_of
from benchside.visibility.contests.enums import JudgeState
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Competition, Entry, Judge

LARGE, SMALL = 3200, 1200  # pixels across: to be printed as a panel, or to be looked at
TERMS = """
Who may enter. Classes, clubs and young people of 5 to 19 in the United Kingdom. An adult of the
school, college or club sends the entry in.

What to send. A picture you made yourselves that shows the work of a technician. Everybody who can
be recognised in it has said yes. No child is named.

What becomes of it. We look at each picture before anybody sees it. Judges see it without knowing
whose it is. It is shown here once it is approved, and printed only if you say so. You can take it
back at any time.

This competition is made up, to show how one is run. There is nothing to be won.
"""


class Piece(NamedTuple):
    """One entry: whose, which job it shows, what it says, category and age group by place."""

    school: str
    role: str
    caption: str
    category: int
    ages: int
    nation: str = "england"


WON = [
    Piece("Made-Up High School", "lighting-technician", "Lamps are hung before the play.", 0, 1),
    Piece("Madeup Primary School", "bakery-technologist", "Bread, before it is light.", 1, 0),
    Piece("Nowhere College", "wind-turbine-technician", "Up the tower, a spanner.", 0, 1, "wales"),
    Piece("Elsewhere Academy", "laboratory-technician", "Each has a label.", 0, 1, "scotland"),
    Piece("Otherwhere Club", "sound-technician", "One desk, forty wires, no hum.", 1, 1),
    Piece("Anywhere School", "cycle-technician", "True again in ten minutes.", 1, 0, "scotland"),
    Piece("Nosuch School", "welding-technician", "A seam that holds.", 0, 1, "northern-ireland"),
]  # fmt: skip
JUDGED = [
    Piece("Made-Up High School", "sound-technician", "Ready for the school play.", 0, 1),
    Piece("Nowhere College", "laboratory-technician", "Six hundred test tubes, all clean.", 1, 1),
    Piece("Elsewhere Academy", "welding-technician", "Sparks behind the screen.", 0, 1, "wales"),
    Piece("Anywhere School", "lighting-technician", "High on the ladder.", 1, 0),
    Piece("Otherwhere Club", "wind-turbine-technician", "Checking every bolt.", 0, 0, "scotland"),
]


def create() -> None:
    """Once: nothing where there is a competition, or nobody to run it."""
    if Competition.objects.exists() or not _user("campaigner"):
        return
    _with_winners()
    _with_judges()
    _open()


def _with_winners() -> None:
    now = _minute()
    one = _competition("hands-that-make", "Hands that make it happen", now + timedelta(days=9))
    entries = _enter(one, WON, LARGE)
    _pass_time(one, now - timedelta(days=60), now + timedelta(days=9))
    _shortlist(one, entries)
    judges = [_judge(one, "judge"), _judge(one, "second-moderator")]
    _move(one, "judge")
    for judge, start in zip(judges, (4, 5), strict=True):
        _judge_all(judge, start)
    _move(one, "meet")
    for prize, number in zip(one.prizes.order_by("order"), (1, 2), strict=True):
        actions.give_prize(
            actor=_team(),
            prize=prize,
            entry=one.entries.get(number=number),
            reason="The judges spoke about it for longest.",
        )
    _move(one, "decide")
    _pass_time(one, now - timedelta(days=60), now - timedelta(days=20))
    actions.tell_results(actor=SYSTEM, competition=one)


def _with_judges() -> None:
    now = _minute()
    one = _competition("tools-of-the-trade", "Tools of the trade", now + timedelta(days=40))
    entries = _enter(one, JUDGED, SMALL)
    _pass_time(one, now - timedelta(days=5), now + timedelta(days=40))
    _shortlist(one, entries)
    first = _judge(one, "judge", "Made-Up High School")
    second = _judge(one, "second-moderator")
    _move(one, "judge")
    _judge_all(second, 5)
    criteria = list(one.criteria.all())
    actions.give_scores(
        actor=_actor(first),
        judge=first,
        entry=one.entries.get(number=2),
        points={criterion.pk: 4 for criterion in criteria},
    )


def _open() -> None:
    told = _minute() + timedelta(days=75)
    _competition("before-the-bell", "Before the bell rings", told, closes=timedelta(days=30))


# --- how each is made -----------------------------------------------------------------------------
def _competition(
    slug: str, title: str, told: datetime, closes: timedelta = timedelta(days=2)
) -> Competition:
    now = _minute()
    made = actions.create_competition(
        actor=_team(),
        values={
            "slug": slug,
            "title": title,
            "lead": "Show the work that keeps your school, club or town going.",
            "about": "Technicians do it before anyone comes, or after all have gone. Find them, "
            "ask what they do, and take a picture of it.\n\nThis competition is made up.",
            "opens_at": now - timedelta(days=90),
            "closes_at": now + closes,
            "results_at": told,
            "most_each": 2,
        },
        terms=TERMS.strip(),
    )
    for kind, values in _parts(made):
        actions.keep_part(actor=_team(), competition=made, kind=kind, values=values)
    _move(made, "publish")
    return made


def _parts(made: Competition) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("category", {"title": "The job nobody sees", "words": "Work done out of sight."}),
        ("category", {"title": "Close up", "words": "Hands, tools, details.", "order": 1}),
        ("age_group", {"youngest": 5, "oldest": 10}),
        ("age_group", {"youngest": 11, "oldest": 19}),
        ("criterion", {"title": "It shows the job", "words": "Can you see what is done?"}),
        ("criterion", {"title": "It looks fresh", "words": "Light, place, idea.", "order": 1}),
        ("criterion", {"title": "Its words", "words": "Short and true.", "order": 2}),
        ("prize", {"title": "First prize: made up", "words": "A visit that is made up."}),
        ("prize", {"title": "Close up: made up", "words": "A made-up set of tools.", "order": 1}),
    ]


def _enter(one: Competition, pieces: Sequence[Piece], across: int) -> list[Entry]:
    categories, ages = list(one.categories.all()), list(one.age_groups.all())
    entries = []
    for number, piece in enumerate(pieces):
        role = Role.objects.filter(slug=piece.role).first() or Role.objects.order_by("pk")[number]
        sent = Sent(
            category=categories[piece.category],
            age_group=ages[piece.ages],
            terms=one.terms.all()[0],
            school=piece.school,
            nation=piece.nation,
            caption=f"{piece.caption} (A drawing stands in for the photograph.)",
            in_picture=InPicture.NOBODY,
            signed_as="Teo Made-Up (teacher)",
            reply_to="",
            once=f"demonstration-{one.slug}-{number}",
            role=role,
            in_print=True,
        )
        file = picture_of(role, across=across)
        entry, _ = actions.enter(actor=VISITOR, competition=one, sent=sent, file=file)
        _approve(entry)
        entries.append(entry)
    return entries


def _approve(entry: Entry) -> None:
    """As a moderator has done."""
    photo = entry.photo
    assert photo is not None
    assert photo.picture is not None
    photo.state, photo.approved_at = PhotoState.APPROVED, timezone.now()
    photo.approved_by = _user("moderator").person_id
    photo.save(update_fields=["state", "approved_at", "approved_by"])
    pictures.make_public(photo.picture)


def _pass_time(one: Competition, closes: datetime, told: datetime) -> None:
    Competition.objects.filter(pk=one.pk).update(closes_at=closes, results_at=told)
    one.refresh_from_db()


def _shortlist(one: Competition, entries: list[Entry]) -> None:
    _move(one, "shortlist")
    for entry in entries:
        actions.shortlist(actor=_team(), entry=entry)


def _judge(one: Competition, local: str, *places: str) -> Judge:
    judge = Judge.objects.create(competition=one, user=_user(local), state=JudgeState.ACCEPTED)
    actions.declare(actor=_actor(judge), judge=judge, places=places)
    return judge


def _judge_all(judge: Judge, start: int) -> None:
    """Points that go down from entry to entry, and up again."""
    criteria = list(judge.competition.criteria.all())
    for place, entry in enumerate(judge.competition.entries.shortlisted()):
        points = {c.pk: max(1, start - (place + n) % 4) for n, c in enumerate(criteria)}
        actions.give_scores(actor=_actor(judge), judge=judge, entry=entry, points=points)
    actions.submit(actor=_actor(judge), judge=judge)


def _move(one: Competition, verb: str) -> None:
    actions.move_on(actor=_team(), competition=one, verb=verb)


def _minute() -> datetime:
    """Six in the evening of yesterday, by the clock in London: a time people would choose."""
    six = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0)
    return six - timedelta(days=1)


def _user(local: str) -> Any:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _team() -> Actor:
    return Actor.of(_user("campaigner"))


def _actor(judge: Judge) -> Actor:
    assert judge.user is not None
    return Actor.of(judge.user)
