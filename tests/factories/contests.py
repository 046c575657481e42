"""Competitions and exhibitions as the campaign team would have made them, and who works on them."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import pictures
from benchside.core.actions import VISITOR, Actor
from benchside.core.models import Picture
from benchside.people.actions.media_consents import Signed, give_consent
from benchside.people.enums import Covers
from benchside.visibility.contests import actions
from benchside.visibility.contests.actions import Sent
from benchside.visibility.contests.enums import CompetitionState, JudgeState
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.exhibitions import actions as exhibition_actions
from benchside.visibility.models import Competition, Entry, Exhibition, Judge, Panel, Photo, Stop
from tests.core.pictures import drawing, encoded
from tests.factories.people import give_app, person

LONDON = ZoneInfo("Europe/London")
# The closing time of the image competition of 2017: 26 April, 18:00, in summer time.
CLOSES = datetime(2017, 4, 26, 18, 0, tzinfo=LONDON)
OPENS = CLOSES - timedelta(days=40)


def campaigner(email: str = "cara@example.org") -> User:
    """Somebody of the campaign team, with a second factor."""
    user = person(email, is_staff=True)
    user.groups.add(Group.objects.get(name="Campaign team"))
    give_app(user)
    return user


def team(email: str = "cara@example.org") -> Actor:
    found = User.objects.filter(email=email).first()
    return Actor.of(found or campaigner(email))


def a_competition(slug: str = "hands", **values: Any) -> Competition:
    """Open now, for a week more, unless other times are given: two categories, two ages, two
    criteria and a prize."""
    now = timezone.now().replace(second=0, microsecond=0)
    details: dict[str, Any] = {
        "title": f"Hands that make it happen ({slug})",
        "slug": slug,
        "lead": "Take a picture of work that nobody sees.",
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=7),
        "results_at": now + timedelta(days=30),
    }
    actor = team()
    made = actions.create_competition(
        actor=actor, values=details | values, terms="Entries are sent in by adults."
    )
    for kind, part in (
        ("category", {"title": "The job nobody sees", "order": 1}),
        ("category", {"title": "Best close-up", "order": 2}),
        ("age_group", {"youngest": 5, "oldest": 10}),
        ("age_group", {"youngest": 11, "oldest": 19}),
        ("criterion", {"title": "The job", "most": 10, "order": 1}),
        ("criterion", {"title": "The picture", "most": 10, "order": 2}),
        ("prize", {"title": "First prize", "words": "A visit", "order": 1}),
    ):
        actions.keep_part(actor=actor, competition=made, kind=kind, values=part)
    return made


def open_competition(slug: str = "hands", **values: Any) -> Competition:
    made = a_competition(slug, **values)
    made.state = CompetitionState.PUBLISHED
    made.save()
    return made


def sent(competition: Competition, school: str = "Northmoor High School", **more: Any) -> Sent:
    said: dict[str, Any] = {
        "category": competition.categories.all()[0],
        "age_group": competition.age_groups.all()[1],
        "terms": competition.terms.all()[0],
        "school": school,
        "nation": "england",
        "caption": f"A lathe at {school}, set up for the day.",
        "in_picture": InPicture.NOBODY,
        "signed_as": "Tess Teacher",
        "reply_to": "tess@school.example",
        "once": f"{school}-{more.get('once', '')}",
    }
    return Sent(**{**said, **more, "once": said["once"]})


def a_file(size: tuple[int, int] = (80, 60)) -> ContentFile:
    return ContentFile(encoded("JPEG", drawing(size=size)), "IMG_0001.jpg")


def an_entry(
    competition: Competition, school: str = "Northmoor High School", **more: Any
) -> tuple[Entry, str]:
    """An entry, and the secret of its link."""
    return actions.enter(
        actor=VISITOR,
        competition=competition,
        sent=sent(competition, school, **more),
        file=a_file(),
    )


def approve(entry: Entry) -> None:
    """As two moderators would have it."""
    photo = entry.photo
    assert photo
    assert photo.picture
    first, second = person(f"m{photo.pk}@example.org"), person(f"n{photo.pk}@example.org")
    photo.state, photo.approved_at, photo.approved_by = (
        PhotoState.APPROVED, timezone.now(), second.person_id,
    )  # fmt: skip
    photo.first_approved_by = first.person_id
    photo.save()
    pictures.make_public(photo.picture)


def a_judge(competition: Competition, email: str, *places: str) -> Judge:
    """Somebody who said yes and whom they know."""
    user = User.objects.filter(email=email).first() or person(email)
    judge = Judge.objects.create(competition=competition, user=user, state=JudgeState.ACCEPTED)
    actions.declare(actor=Actor.of(user), judge=judge, places=places)
    return judge


def at_the_judges(
    schools: list[str], judges: dict[str, tuple[str, ...]], slug: str = "hands"
) -> Competition:
    """A competition whose approved entries are all on the shortlist, before these judges."""
    competition = open_competition(slug)
    entries = [an_entry(competition, school)[0] for school in schools]
    Competition.objects.filter(pk=competition.pk).update(
        closes_at=timezone.now() - timedelta(minutes=5)
    )
    competition.refresh_from_db()
    actions.move_on(actor=team(), competition=competition, verb="shortlist")
    for entry in entries:
        approve(entry)
        entry.refresh_from_db()
        actions.shortlist(actor=team(), entry=entry)
    for email, places in judges.items():
        a_judge(competition, email, *places)
    actions.move_on(actor=team(), competition=competition, verb="judge")
    return competition


def judge_all(judge: Judge, points: dict[int, tuple[int, int]]) -> None:
    """Give points by entry number for the two criteria, and hand them in."""
    assert judge.user
    actor = Actor.of(judge.user)
    criteria = list(judge.competition.criteria.all())
    for number, given in points.items():
        actions.give_scores(
            actor=actor,
            judge=judge,
            entry=judge.competition.entries.get(number=number),
            points={one.pk: value for one, value in zip(criteria, given, strict=True)},
        )
    actions.submit(actor=actor, judge=judge)


# --- exhibitions ----------------------------------------------------------------------------------
def an_exhibition(slug: str = "on-tour") -> Exhibition:
    values = {"title": "Hands on tour", "slug": slug, "lead": "Six people and their tools."}
    return exhibition_actions.create_exhibition(actor=team(), values=values)


def a_photo(*, in_print: bool = True, size: tuple[int, int] = (80, 60)) -> Photo:
    """An approved photograph; it may be printed unless said otherwise."""
    picture = Picture(title="x", description="A hand on a lathe", file=a_file(size))
    picture.save()
    photo = Photo.objects.create(
        picture=picture,
        state=PhotoState.APPROVED,
        in_picture=InPicture.AGREED,
        caption="A hand on a lathe",
        approved_at=timezone.now(),
        approved_by=team().person_id,
    )
    pictures.make_public(picture)
    give_consent(
        actor=VISITOR,
        subject=photo.subject,
        covers=Covers.PICTURE,
        signed=Signed(who="Edie", signed_as="Edie", words="Yes.", in_print=in_print),
    )
    return photo


def a_panel(exhibition: Exhibition, photo: Photo | None = None) -> Panel:
    return exhibition_actions.hang(
        actor=team(),
        exhibition=exhibition,
        source=photo or a_photo(),
        heading="She sets the lathe",
        words="Each morning before the class comes.",
    )


def a_stop(exhibition: Exhibition, first: date, last: date, **more: Any) -> Stop:
    values = {
        "venue": "Made-Up Library",
        "address": "1 Nowhere Street",
        "town": "Nowhere",
        "nation": "england",
        "access": "No steps.",
        "starts_on": first,
        "ends_on": last,
        "contact": "Libby Private",
        "contact_email": "libby@library.example",
        "contact_phone": "01632 960001",
    }
    return exhibition_actions.plan_stop(actor=team(), exhibition=exhibition, values=values | more)
