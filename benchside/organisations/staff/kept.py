"""Who is on an organisation's list now, as the core knows people."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from benchside.organisations.models import (
    Employment,
    Organisation,
    OwnWord,
    Post,
    StaffListSettings,
    TechnicianDefinition,
    TitleDecision,
)
from benchside.organisations.staff_list import STARTING_RULES, Definition, Person, Verdict
from benchside.organisations.staff_list import Post as PlainPost


class Kept(NamedTuple):
    """`theirs` are keys of those who look after name and address themselves."""

    people: list[Person]
    theirs: set[str]
    employments: dict[str, int]  # by key


def kept(organisation: Organisation) -> Kept:
    """The current list. Three queries, whatever its size."""
    posts: dict[int, list[Post]] = defaultdict(list)
    current = Post.objects.current().filter(employment__organisation=organisation)
    for post in current.select_related("unit__above").order_by("-is_main", "pk"):
        posts[post.employment_id].append(post)
    people, theirs, employments = [], set(), {}
    rows = Employment.objects.current().filter(organisation=organisation)
    for one in rows.select_related("technician"):
        person = as_person(one, posts[one.pk])
        people.append(person)
        employments[person.key] = one.pk
        if one.technician.is_claimed:
            theirs.add(person.key)
    return Kept(people, theirs, employments)


def as_person(one: Employment, posts: Iterable[Post]) -> Person:
    return Person(
        key=one.key or f"employment:{one.pk}",
        number=one.staff_number or None,
        email=one.technician.work_email or None,
        name=one.technician.name or None,
        age_band=one.age_band or None,
        sex=one.sex or None,
        ethnicity=one.ethnicity or None,
        disability=one.disability or None,
        posts=tuple(map(as_post, posts)),
    )


def as_post(one: Post) -> PlainPost:
    unit = one.unit
    return PlainPost(
        contract=one.contract_key or None,
        title=one.title,
        unit=unit.name if unit else None,
        unit_above=unit.above.name if unit and unit.above else None,
        family=one.family or None,
        grade=one.grade or None,
        soc=one.soc2020 or None,
        fte=float(one.fte) if one.fte is not None else None,
        mode=one.mode or None,
        terms=one.terms or None,
        start=one.started_on,
        end=one.contract_end,
        manager=None,
    )


def settings_of(organisation: Organisation) -> StaffListSettings:
    return StaffListSettings.objects.get_or_create(organisation=organisation)[0]


def definition_of(organisation: Organisation) -> tuple[Definition, TechnicianDefinition | None]:
    """The newest version, or the rules everybody begins with, as version 0."""
    newest = organisation.technician_definitions.order_by("-version").first()
    if newest is None:
        return Definition(0, STARTING_RULES), None
    return Definition.from_json(newest.rules), newest


def decisions_of(organisation: Organisation) -> dict[str, Verdict]:
    rows = TitleDecision.objects.filter(organisation=organisation)
    return {plain: Verdict(verdict) for plain, verdict in rows.values_list("plain", "verdict")}


def mark_of(secret: str, key: str) -> str:
    """What somebody's own word is kept under; it cannot be read back."""
    return hmac.new(bytes.fromhex(secret), key.encode(), hashlib.sha256).hexdigest()[:32]


def own_words(
    organisation: Organisation, secret: str, people: Iterable[Person]
) -> dict[str, Verdict]:
    """By key, of those among `people` who said something."""
    said = dict(
        OwnWord.objects.filter(organisation=organisation).values_list("mark", "is_technician")
    )
    if not said:
        return {}
    found = {}
    for one in people:
        word = said.get(mark_of(secret, one.key))
        if word is not None:
            found[one.key] = Verdict.TECHNICIAN if word else Verdict.UNLIKELY
    return found
