"""`/my/data/`: reasons for what is held of this person, who sees it, nothing of anybody else."""

import uuid

import pytest

from benchside.accounts import actions as accounts
from benchside.core.actions import SYSTEM
from benchside.core.personal_data import declarations
from benchside.website.held import Kind, kinds
from tests.factories.organisations import an_organisation
from tests.factories.people import person
from tests.factories.technicians import a_profile, as_themselves, at_work, tell

pytestmark = pytest.mark.django_db
LINES = {"qualification", "language", "profile skill", "profile kit"}


def told(found: list[Kind]) -> set[tuple[str, str]]:
    return {(kind.of, field) for kind in found for field in kind.fields.split(", ")}


def test_reasons_are_given_for_what_is_held_and_for_nothing_else() -> None:
    one = a_profile(headline="I blow glass.")
    other = a_profile("Olu Notreal")
    tell(other, skill="Soldering", kit="Lathe", award="HNC", tongue="Welsh")
    at_work(other.technician, an_organisation())
    mine = told(kinds(one.technician.account.person_id))
    theirs = told(kinds(other.technician.account.person_id))
    assert ("profile", "headline") in mine
    assert ("profile", "headline") not in theirs  # theirs is empty
    assert {of for of, _ in mine}.isdisjoint({*LINES, "employment", "post", "consent"})
    assert {of for of, _ in theirs} >= {*LINES, "employment", "post"}
    page = as_themselves(one).get("/my/data/").content.decode()
    assert "Whom you have chosen, part by part; hidden, nobody but you." in page
    assert "The safeguarding contact." not in page


def test_whoever_wrote_it_is_told_of_that_and_not_of_what_is_anothers() -> None:
    sender, guest = person("lead@benchside.example"), "edie@benchside.example"
    accounts.invite(actor=SYSTEM, sender=sender, email=guest, purpose="claim", about="x")
    of_it = {field for of, field in told(kinds(sender.person_id)) if of == "invitation"}
    assert of_it == {"invited by"}


def test_every_way_to_a_person_can_be_asked_of_the_database_and_nobody_has_nothing() -> None:
    assert kinds(uuid.uuid4()) == []


def test_each_kind_says_who_sees_it() -> None:
    silent = [one.key for one in declarations if one.personal and not one.seen_by]
    assert silent == []
