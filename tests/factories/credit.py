"""Parts in outputs, stated the way the pages do, and the link of the letter to a lead author."""

import re
from typing import Any

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from benchside.people.models import Profile
from benchside.visibility.credit.actions import state_contribution
from benchside.visibility.credit.asking import ask_author, confirm_contribution, holder_of
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.models import Contribution

AUTHOR = {"author_name": "Ada Made-Up", "author_email": "ada@benchside.example"}
LINK = re.compile(r"/technicians/credit/answer/[\w-]+/")


def of(profile: Profile) -> Actor:
    return Actor.of(User.objects.get(technician=profile.technician))


def stated(
    profile: Profile, title: str = "A study of kettles", doi: str = "", **part: Any
) -> Contribution:
    part = {"roles": ["investigation"], **part}
    return state_contribution(
        actor=of(profile),
        technician=profile.technician,
        output=OutputWords(title=title, doi=doi, year=2025),
        part=Part(**part),
    )


def asked(profile: Profile, title: str = "A study of kettles", **part: Any) -> Contribution:
    one = stated(profile, title, **part)
    ask_author(actor=of(profile), contribution=one, **AUTHOR)
    return one


def confirmed(profile: Profile, title: str = "A study of kettles", **part: Any) -> Contribution:
    one = asked(profile, title, **part)
    confirm_contribution(actor=holder_of(one.letter), letter=one.letter, name="Ada Made-Up")
    one.refresh_from_db()
    return one


def link() -> str:
    """The address in the newest letter to a lead author."""
    letter = OutgoingMail.objects.filter(name="visibility/credit_ask").latest("pk")
    found = LINK.search(letter.text)
    assert found is not None
    return found[0]
