"""Who of a list may be one person, with each other or with somebody on the register."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from benchside.core.actions import Refused
from benchside.recognition.bringing import naming, reading, writing
from benchside.recognition.models import FormerName, Register

MOST_GROUPS = 500

Key = tuple[str, ...]


def groups_of(
    register: Register, found: reading.Found, stands: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """Those of the list that may be one person, with each other or with somebody here: one of their
    names is the same at the same body, a former one too, or they have one e-mail address. Rows that
    are wrong are among them, so that a file is mended once.

    The first of each group is the entry they would have: one that is here already, else one that
    stands, else the oldest.
    """
    every = found.unfit | found.entries
    new = {number: _known_by(found, number) for number in every}
    here = _here(register, {key for keys in new.values() for key in keys})
    by_day = sorted(
        new, key=lambda one: (not stands(every[one]["state"]), str(every[one]["admitted"]), one)
    )
    first_standing = sorted(here, key=lambda one: not stands(here[one][1]["state"]))
    known = {number: here[number][0] for number in first_standing}
    groups = _together(known | {number: new[number] for number in by_day})
    place = found.rows
    made: list[tuple[int, dict[str, Any]]] = []
    for numbers in groups:
        fresh = [number for number in numbers if number in new]
        if len(numbers) > 1 and fresh:
            members = [
                here[one][1] if one in here else _member(one, every[one], row=found.rows[one])
                for one in numbers
            ]
            first = min(fresh, key=place.__getitem__)
            same = len({reading.folded(member["name"]) for member in members}) == 1
            name = every[first]["name"]
            group = {"name": name, "one_name": same, "members": members, "said": ""}
            group["stays_out"] = not stands(members[0]["state"]) and any(
                stands(member["state"]) for member in members
            )
            made.append((place[first], group))
    if len(made) > MOST_GROUPS:
        raise Refused(
            f"More than {MOST_GROUPS} people stand there twice.", "Bring the list in in parts."
        )
    return [group for _, group in sorted(made, key=lambda one: one[0])]


Known = dict[str, tuple[set[Key], dict[str, Any]]]


def _here(register: Register, wanted: set[Key]) -> Known:
    """Who is on the register and known by one of these, by number."""
    standing = writing.standing_entries(register)
    former: dict[int, set[Key]] = defaultdict(set)
    names = FormerName.objects.filter(entry__in=standing.values("pk"))
    for pk, name, body in names.values_list("entry", "name", "entry__body__slug").iterator():
        if (key := _name_key(name, body)) in wanted:
            former[pk].add(key)
    known: Known = {}
    rows = standing.values_list(
        "pk", "name", "body__slug", "admitted_on", "award__number", "award__state",
        "award__technician__work_email", "award__technician__account__email",
    )  # fmt: skip
    for pk, name, body, admitted, number, state, *emails in rows.iterator():
        keys = {_name_key(name, body), *map(_email_key, filter(None, emails))}
        if keys := keys & wanted | former.get(pk, set()):
            said = {"name": name, "state": state, "admitted": admitted.isoformat()}
            known[number] = keys, _member(number, said)
    return known


def _member(number: str, said: Mapping[str, Any], row: int = 0) -> dict[str, Any]:
    """`row` of the file, where they are not on the register already."""
    kept = {key: said[key] for key in ("name", "state", "admitted")}
    return kept | {"number": number, "here": not row, "row": row}


# --- by what somebody is known ----------------------------------------------------------------
def _name_key(name: str, body: str) -> Key:
    return ("name", reading.folded(naming.turned(name)), body)


def _email_key(email: str) -> Key:
    return ("email", email.strip().lower())


def _known_by(found: reading.Found, number: str) -> set[Key]:
    """By what an entry of a list may be somebody who stands elsewhere: any of their names at the
    same body, or their address anywhere."""
    one = found.entries.get(number) or found.unfit[number]
    keys = {_name_key(name, str(one["body"])) for name in (one["name"], *one["former"])}
    email = found.emails.get(number)
    return keys | {_email_key(email)} if email else keys


def _together(keys: Mapping[str, set[Key]]) -> list[list[str]]:
    """Those that share a key, or share one with somebody who does, in their order."""
    group: dict[str, list[str]] = {}
    first: dict[Key, str] = {}
    for who, known in keys.items():
        group[who] = [who]
        for other in {first.setdefault(key, who) for key in sorted(known)}:
            if group[other] is not group[who]:
                group[other] += group[who]
                group.update(dict.fromkeys(group[who], group[other]))
    place = {who: at for at, who in enumerate(keys)}
    found = {id(one): sorted(one, key=place.__getitem__) for one in group.values()}
    return sorted(found.values(), key=lambda one: place[one[0]])
