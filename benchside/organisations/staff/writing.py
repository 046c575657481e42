"""Rows made of people, rows written over, and what stood there before."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from benchside.organisations.models import Employment, Post, StaffRun, StagedPerson
from benchside.organisations.staff import kept
from benchside.organisations.staff.managers import Managers
from benchside.organisations.staff.rows import update_rows
from benchside.organisations.staff.units import Units
from benchside.organisations.staff_list import Kind, Person
from benchside.organisations.staff_list import Post as PlainPost
from benchside.organisations.staff_list.difference import paired
from benchside.organisations.staff_list.stored import person_from_json
from benchside.people.models import Technician

NO_LONGER_COUNTED = "no longer counted"
EMPLOYMENT = [
    "key",
    "staff_number",
    "age_band",
    "age_as_of",
    "sex",
    "ethnicity",
    "disability",
    "started_on",
    "left_on",
    "leaving_reason",
    "destination",
]
POST = [
    "unit_id",
    "title",
    "family",
    "grade",
    "soc2020",
    "fte",
    "mode",
    "terms",
    "started_on",
    "contract_end",
    "ended_on",
    "contract_key",
    "manager_id",
    "is_main",
]
TECHNICIAN = ["name", "work_email"]


# --- made --------------------------------------------------------------------------------------
def technician(person: Person) -> Technician:
    return Technician(name=person.name or "", work_email=person.email or "")


def employment(run: StaffRun, person: Person, of: Technician) -> Employment:
    made = Employment(
        organisation_id=run.organisation_id, technician=of, is_listed=False, brought_by=run
    )
    describe(made, run, person)
    return made


def describe(one: Employment, run: StaffRun, person: Person) -> None:
    """Write what a list says of somebody who is there."""
    one.key, one.staff_number = person.key, person.number or ""
    if one.age_band != (person.age_band or ""):
        one.age_band = person.age_band or ""
        one.age_as_of = run.as_of if person.age_band else None
    one.sex, one.ethnicity = person.sex or "", person.ethnicity or ""
    one.disability = person.disability or ""
    one.started_on = min((post.start for post in person.posts if post.start), default=None)
    one.left_on, one.leaving_reason, one.destination = None, "", ""


def posts(employment: Employment, person: Person, units: Units) -> list[Post]:
    made = []
    for place, plain in enumerate(person.posts):
        post = Post(employment=employment, is_main=place == 0)
        describe_post(post, plain, units)
        made.append(post)
    return made


def describe_post(post: Post, plain: PlainPost, units: Units) -> None:
    post.unit_id = units.of(plain)
    post.title, post.family, post.grade = plain.title, plain.family or "", plain.grade or ""
    post.soc2020, post.mode, post.terms = plain.soc or "", plain.mode or "", plain.terms or ""
    post.fte = None if plain.fte is None else Decimal(str(plain.fte))
    post.started_on, post.contract_end = plain.start, plain.end
    post.contract_key = plain.contract or ""


def employments_by_key(organisation_id: int, keys: Iterable[str]) -> dict[str, int]:
    """Those the organisation knew before, by key."""
    rows = Employment.objects.filter(organisation_id=organisation_id, key__in=list(keys))
    return dict(rows.values_list("key", "pk"))


# --- written over --------------------------------------------------------------------------------
def rewrite(run: StaffRun, some: Sequence[StagedPerson], units: Units, managers: Managers) -> None:
    """Carry out what a difference says of people who have a row already; note what stood there."""
    ids = [one.employment_id for one in some if one.employment_id]
    rows = Employment.everything.filter(pk__in=ids).select_related("technician")
    people = {one.pk: one for one in rows}
    held: dict[int, list[Post]] = {pk: [] for pk in ids}
    for post in (
        Post.everything.filter(employment__in=ids, ended_on__isnull=True)
        .select_related("unit__above", "manager")
        .order_by("-is_main", "pk")
    ):
        held[post.employment_id].append(post)
    writer = _Writer(run, units, managers)
    for staged in some:
        if staged.employment_id in people:
            writer.take(staged, people[staged.employment_id], held[staged.employment_id])
    writer.save(some)


class _Writer:
    def __init__(self, run: StaffRun, units: Units, managers: Managers) -> None:
        self.run, self.units, self.managers = run, units, managers
        self.employments: list[Employment] = []
        self.technicians: list[Technician] = []
        self.posts: list[Post] = []
        self.made: list[tuple[StagedPerson, Post]] = []

    def take(self, staged: StagedPerson, one: Employment, held: list[Post]) -> None:
        staged.old = {"employment": taken(one, EMPLOYMENT), "posts": {}, "made": []}
        self.employments.append(one)
        if staged.kind == Kind.LEFT:
            gone = person_from_json(staged.after or {})
            one.left_on, one.leaving_reason = gone.left, gone.reason or ""
            one.destination = gone.destination or ""
        elif staged.kind == Kind.UNCOUNTED:
            one.left_on, one.leaving_reason = self.run.as_of, NO_LONGER_COUNTED
        else:
            self._describe(staged, one, held, person_from_json(staged.after or {}))

    def _describe(
        self, staged: StagedPerson, one: Employment, held: list[Post], person: Person
    ) -> None:
        describe(one, self.run, person)
        known = one.technician
        if not known.is_claimed:
            staged.old["technician"] = taken(known, TECHNICIAN)
            known.name, known.work_email = person.name or "", person.email or ""
            self.technicians.append(known)
        plain = [kept.as_post(post) for post in held]
        left = list(zip(plain, held, strict=True))
        for before, after in paired(tuple(plain), person.posts):
            post = None
            if before is not None:
                at = next(at for at, (other, _) in enumerate(left) if other is before)
                post = left.pop(at)[1]
                staged.old["posts"][str(post.pk)] = taken(post, POST)
                self.posts.append(post)
            if after is None and post is not None:
                ended = max(self.run.as_of, post.started_on or self.run.as_of)
                post.ended_on, post.is_main = ended, False
                continue
            if post is None:
                post = Post(employment=one)
                self.made.append((staged, post))
            assert after is not None
            describe_post(post, after, self.units)
            post.manager_id = self.managers.find(after.manager)
            post.is_main = after is person.posts[0]

    def save(self, some: Sequence[StagedPerson]) -> None:
        update_rows(self.employments, EMPLOYMENT)
        update_rows(self.technicians, TECHNICIAN)
        update_rows(self.posts, [name.removesuffix("_id") for name in POST])
        Post.everything.bulk_create([post for _, post in self.made])
        for staged, post in self.made:
            staged.old["made"].append(post.pk)
        update_rows(some, ["old"])


# --- put back ------------------------------------------------------------------------------------
def put_back(some: Sequence[StagedPerson]) -> None:
    """Write what stood there before a list was applied."""
    olds = {one.employment_id: one.old for one in some if one.old and one.employment_id}
    rows = list(Employment.everything.filter(pk__in=olds).select_related("technician"))
    technicians = []
    for one in rows:
        given(one, olds[one.pk]["employment"])
        if "technician" in olds[one.pk] and not one.technician.is_claimed:
            given(one.technician, olds[one.pk]["technician"])
            technicians.append(one.technician)
    posts = {int(pk): old for each in olds.values() for pk, old in each["posts"].items()}
    Post.everything.filter(pk__in=[pk for each in olds.values() for pk in each["made"]]).delete()
    held = list(Post.everything.filter(pk__in=posts))
    for post in held:
        given(post, posts[post.pk])
    update_rows(rows, EMPLOYMENT)
    update_rows(technicians, TECHNICIAN)
    update_rows(held, [name.removesuffix("_id") for name in POST])


def taken(one: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of some columns, as JSON."""
    return {name: _plain(getattr(one, name)) for name in names}


def given(one: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if not name.endswith("_id"):
            value = one._meta.get_field(name).to_python(value)  # type: ignore[union-attr]
        setattr(one, name, value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
