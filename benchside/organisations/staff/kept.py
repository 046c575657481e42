"""Who is on an organisation's list now, as the core knows people."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from benchside.organisations.models import (
    Employment,
    Merger,
    Organisation,
    OwnWord,
    Post,
    StaffListSettings,
    TechnicianDefinition,
    TitleDecision,
)
from benchside.organisations.staff_list import STARTING_RULES, Definition, Person, Verdict
from benchside.organisations.staff_list import Post as PlainPost

DECLINED = "their own word"  # why somebody left the list who says they are no technician


class Kept(NamedTuple):
    """`theirs` are keys of those who look after name and address themselves."""

    people: list[Person]
    theirs: set[str]
    employments: dict[str, int]  # by key


POST_COLUMNS = (
    "contract_key",
    "title",
    "unit__name",
    "unit__above__name",
    "family",
    "grade",
    "soc2020",
    "fte",
    "mode",
    "terms",
    "started_on",
    "contract_end",
)
PERSON_COLUMNS = (
    "staff_number",
    "technician__work_email",
    "technician__name",
    "age_band",
    "sex",
    "ethnicity",
    "disability",
)


def kept(organisation: Organisation) -> Kept:
    """The current list. Two queries, whatever its size; rows, not models, for there are many."""
    posts: dict[int, list[PlainPost]] = defaultdict(list)
    current = Post.objects.current().filter(employment__organisation=organisation)
    for of, *said in current.order_by("-is_main", "pk").values_list("employment", *POST_COLUMNS):
        posts[of].append(_post(said))
    people, theirs, employments = [], set(), {}
    rows = Employment.objects.current().filter(organisation=organisation).order_by("pk")
    for pk, key, account, *said in rows.values_list(
        "pk", "key", "technician__account", *PERSON_COLUMNS
    ):
        key = key or f"employment:{pk}"
        values: list[Any] = [value or None for value in said]
        person = Person._make([key, *values, tuple(posts[pk]), None, None, None, "", 0])
        people.append(person)
        employments[key] = pk
        if account is not None:
            theirs.add(key)
    return Kept(people, theirs, employments)


def as_post(one: Post) -> PlainPost:
    """A post of the database as the core knows posts; its unit and what is above are read."""
    unit = one.unit
    above = unit.above if unit else None
    named = {"unit__name": unit and unit.name, "unit__above__name": above and above.name}
    return _post([named[name] if name in named else getattr(one, name) for name in POST_COLUMNS])


def _post(said: Sequence[Any]) -> PlainPost:
    """From the values of POST_COLUMNS. A part of a post of 0 is no empty one."""
    fte = said[POST_COLUMNS.index("fte")]
    plain = PlainPost._make([*(value or None for value in said), None])
    return plain._replace(fte=None if fte is None else float(fte))


def settings_of(organisation: Organisation) -> StaffListSettings:
    return StaffListSettings.objects.get_or_create(organisation=organisation)[0]


def count_change(organisation: Organisation) -> StaffListSettings:
    """Take the lock of the list and count one more change of it, so that differences made before
    are stale. Inside a transaction, before anything of the list is read that is to be changed."""
    settings_of(organisation)
    settings = StaffListSettings.objects.select_for_update().get(organisation=organisation)
    settings.version += 1
    settings.save(update_fields=["version"])
    return settings


def aliases_of(organisation: Organisation) -> dict[str, str]:
    """Keys of people who were merged into others, and whose they are now, at the end of chains."""
    live = Merger.objects.filter(organisation=organisation, undone_at=None)
    rows = list(live.values_list("alias", "absorbed", "kept", "kept__key"))
    into = {absorbed: kept for _, absorbed, kept, _ in rows}
    keys = {kept: key for _, _, kept, key in rows}

    def end_of(one: int) -> int:
        while one in into:
            one = into[one]
        return one

    return {alias: keys[end_of(kept)] for alias, _, kept, _ in rows if alias}


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
