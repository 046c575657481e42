"""A directory of 100,000 public people: first page, filtered, searched, beside a floor.

The floor is the count and the first page of the bare table of the same people.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from benchmarks import ground
from benchmarks.search import timed

PEOPLE = 100_000
UNITS = 400
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import connection, transaction

    with transaction.atomic():
        fill()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield from measure()
        transaction.set_rollback(True)


def measure() -> Iterator[Row]:
    from django.test import Client

    from benchside.people.models import Technician

    def floor() -> object:
        rows = Technician.objects.filter(name__gt="").order_by("name", "pk")
        return rows.count(), list(rows[:24])

    bare = timed(floor)
    yield f"directory of {PEOPLE:,}: bare count and first rows", f"{bare:.0f} ms", "floor"
    client = Client(HTTP_HOST="127.0.0.1")
    for name, address in ADDRESSES.items():
        assert client.get(address).status_code == 200, address
        took = timed(partial(client.get, address))
        yield (
            f"directory of {PEOPLE:,}, {name}, the whole page uncached",
            f"{took:.0f} ms, {took / bare:.0f}x the floor",
            "-",
        )


ADDRESSES = {
    "first page": "/technicians/",
    "a page in the middle": "/technicians/?page=2000",
    "who can run a lathe": "/technicians/kit/lathe/",
    "a skill and an organisation": "/technicians/?skill=testing&organisation=bench-org",
    "a name searched": "/technicians/?q=person4711",
    "a skill and a place searched": "/technicians/?q=soldering+bench-unit-77",
    "nothing found": "/technicians/?q=zzzzzz",
    "JSON, 20": "/api/v1/technicians",
}


def fill() -> None:
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from benchside.careers.models import KitTerm, Role, SkillTerm
    from benchside.organisations.models import Employment, Organisation, Post, Unit
    from benchside.people.fields import FIELDS
    from benchside.people.models import Profile, ProfileKit, ProfileSkill, Technician

    chance, some = random.Random(2026), 1_000
    then = datetime(2026, 1, 1, tzinfo=UTC)
    model = Organisation.objects.open().first()
    place = Organisation.objects.create(
        slug="bench-org", name="Bench-Org", kind=model.kind, state=model.state,
        applied_by=model.applied_by, decided_by=model.decided_by, decided_at=then,
    )  # fmt: skip
    units = Unit.objects.bulk_create(
        [Unit(organisation=place, name=f"Bench-Unit-{number}") for number in range(UNITS)]
    )
    user = get_user_model()
    users = user.objects.bulk_create(
        [user(email=f"p{number}@bench.example", name="P") for number in range(PEOPLE)], some
    )
    people = Technician.objects.bulk_create(
        [
            Technician(name=f"Person{number} Made-Up", account=one, claimed_at=timezone.now())
            for number, one in enumerate(users)
        ],
        some,
    )
    shown = {f"{field.key}_to": 2 for field in FIELDS}
    roles = list(Role.objects.all())
    profiles = Profile.objects.bulk_create(
        [
            Profile(technician=one, is_shown=True, role=chance.choice(roles), **shown)
            for one in people
        ],
        some,
    )
    for line, terms in ((ProfileSkill, SkillTerm), (ProfileKit, KitTerm)):
        every = list(terms.objects.all())
        line.objects.bulk_create(
            [line(profile=one, term=term) for one in profiles for term in chance.sample(every, 3)],
            some,
        )
    jobs = Employment.everything.bulk_create(
        [Employment(organisation=place, technician=one) for one in people], some
    )
    Post.everything.bulk_create(
        [Post(employment=one, unit=chance.choice(units), title="Technician") for one in jobs],
        some,
    )
