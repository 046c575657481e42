"""Made-up technicians who look after their own record, each in their own way."""

from collections.abc import Mapping
from typing import NamedTuple

from benchside.accounts.models import User
from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.people import actions
from benchside.people.cpd import demo as cpd
from benchside.people.enums import Audience
from benchside.people.fields import FIELDS
from benchside.people.models import Technician

NOBODY, HERE, EVERYONE = Audience.NOBODY, Audience.ORGANISATION, Audience.EVERYONE
AT_WORK = ("name", "post", "unit", "headline", "role", "skills", "kit", "languages")


def _choice(*open_to_all: str, otherwise: Audience) -> dict[str, Audience]:
    return {one.key: EVERYONE if one.key in open_to_all else otherwise for one in FIELDS}


class Habit(NamedTuple):
    """How open somebody is: whether they are shown at all, and what to whom."""

    is_shown: bool
    audiences: Mapping[str, Audience]


HABITS = (
    Habit(True, _choice(*(one.key for one in FIELDS), otherwise=EVERYONE)),
    Habit(True, _choice("name", "headline", "role", "skills", "kit", otherwise=HERE)),
    Habit(True, _choice(otherwise=HERE)),
    Habit(True, _choice(*AT_WORK, "qualifications", "letters", otherwise=NOBODY)),
    Habit(False, _choice(*AT_WORK, otherwise=NOBODY)),
)
HEADLINES = (
    "I keep old machines going and new ones honest",
    "I make what cannot be bought",
    "Ask me before you buy it",
    "I look after the benches, and the people at them",
    "I build it, test it, and show you how",
    "I get your experiment working",
    "I mend what others give up on",
)
ABOUTS = (
    "I keep the benches running. If it hums, drips or smells odd, ask me first.",
    "I began as an apprentice. Now I teach others to do it with care.",
    "I like a neat drawing and a part that fits the first time.",
    "Half my week is with students, half with the kit they will use.",
    "I came for a summer job and stayed. No two days have been the same.",
    "I look after samples, safety and a very old kettle.",
)
QUALIFICATIONS = (
    ("HNC in Applied Science", "Made-Up College"),
    ("Level 3 apprenticeship", "Made-Up Training"),
    ("BSc Applied Science", "Made-Up University"),
    ("NVQ Level 3", "Made-Up College"),
)
LETTERS = ("RSciTech", "", "EngTech", "", "", "RSci")
LANGUAGES = ("Welsh", "Polish", "Urdu", "British Sign Language", "French")


def claim(user: User, technician: Technician) -> None:
    """Take a record up by a proven address, as its owner would."""
    actions.claim_by_address(actor=Actor.of(user), user=user, technician=technician)


def fill_in(user: User, *, place: int, role: str) -> None:
    """Write a profile of one's own; `place` varies it, `role` is a role's slug or empty."""
    technician = Technician.objects.select_related("profile").get(account=user)
    actor, profile = Actor.of(user), technician.profile
    nearest = Role.objects.filter(slug=role, live=True).first()
    values = {
        "headline": HEADLINES[place % len(HEADLINES)],
        "about": ABOUTS[place % len(ABOUTS)],
        "letters": LETTERS[place % len(LETTERS)],
        "role": nearest,
        "contact_email": technician.work_email if place % 3 == 0 else "",
    }
    actions.change_profile(actor=actor, profile=profile, values=values)
    if nearest is not None:
        skills = list(nearest.skills.order_by("slug").values_list("slug", flat=True)[:5])
        kit = list(nearest.kit.order_by("slug").values_list("slug", flat=True)[: 2 + place % 3])
        actions.choose_terms(actor=actor, profile=profile, kind="skills", slugs=skills)
        actions.choose_terms(actor=actor, profile=profile, kind="kit", slugs=kit)
    award, by = QUALIFICATIONS[place % len(QUALIFICATIONS)]
    lines = {"title": award, "awarded_by": by, "year": 1995 + place % 28}
    actions.add_line(actor=actor, profile=profile, kind="qualifications", values=lines)
    if place % 4 == 0:
        spoken = {"name": LANGUAGES[place % len(LANGUAGES)]}
        actions.add_line(actor=actor, profile=profile, kind="languages", values=spoken)
    if place == 0:
        cpd.keep_a_log(user)
    habit = HABITS[place % len(HABITS)]
    actions.choose_audiences(actor=actor, profile=profile, audiences=habit.audiences)
    if habit.is_shown:
        actions.show_or_hide(actor=actor, profile=profile, is_shown=True)
