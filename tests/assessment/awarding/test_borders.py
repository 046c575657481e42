"""Moves for some days alone that need a word, and states whose reason is private."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from benchside.assessment.actions import grant_award, move_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import offers, queries
from benchside.assessment.awarding.offers import AwardHome, award_homes
from benchside.assessment.awarding.registrations import diagrams
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Refused
from benchside.people.models import Technician
from tests.factories.assessment import a_standard, with_duties
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent.parent / "two_kinds.toml"
SINCE = date(2026, 3, 1)
NEEDS = ["The papers were read", "The fee is paid"]


@pytest.fixture
def award() -> Award:
    """Suspended for health on 1 March 2026."""
    holder = Technician.objects.create(name="Tess Made-Up")
    given = Given(technician=holder, starts_on=date(2026, 1, 1))
    made = grant_award(actor=SYSTEM, version=a_standard(FILE), given=given)
    move_award(actor=SYSTEM, award=made, verb="suspend-ill", effective_on=SINCE)
    return made


def come_back(award: Award, days: int, confirmed: list[str] = NEEDS) -> None:
    day = SINCE + timedelta(days=days)
    move_award(
        actor=SYSTEM, award=award, verb="come-back", effective_on=day, confirmed=confirmed
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (29, "cannot be done before 31 March 2026"),
        (30, ""),
        (60, ""),
        (61, "last day for this was 30 April 2026"),
        (-1, "cannot be done before"),
    ],
)
def test_the_day_before_the_day_and_the_day_after(award: Award, days: int, why: str) -> None:
    if why:
        with pytest.raises(Refused, match=why):
            come_back(award, days)
        award.refresh_from_db()
        assert award.state == "ill"
        assert award.events.count() == 2
    else:
        come_back(award, days)
        assert award.state == "active"


def test_every_word_is_confirmed_as_it_stands_in_the_file_and_kept(award: Award) -> None:
    for said in ([], NEEDS[:1], [*NEEDS[:1], NEEDS[1].upper()]):
        with pytest.raises(Refused, match="Not confirmed yet"):
            come_back(award, 40, said)
    come_back(award, 40, [*NEEDS, "And something else"])
    last = award.events.last()
    assert last is not None
    assert last.detail == {"confirmed": NEEDS}


def test_the_keeper_ticks_them_on_the_page(client: Client, award: Award) -> None:
    sign_in(client, with_duties("keeper", "keep", standard="bench-keeper"))
    page = f"/assess/awards/of/{award.number}/"
    said = {"verb": "come-back", "effective_on": "2026-04-10", "need-0": "on"}
    answer = client.post(page, said)
    assert answer.status_code == 422
    assert "Tick this once it is so." in answer.content.decode()
    assert client.post(page, said | {"need-1": "on"}).status_code == 302
    award.refresh_from_db()
    assert award.state == "active"


def test_the_world_is_told_the_state_shown_instead(award: Award) -> None:
    assert queries.state_of(award).title == "Suspended for health"
    assert queries.shown_state_of(award).title == "Suspended"
    assert queries.shown_state_of(award).stands is False


def test_what_the_room_hides_cannot_be_found_by_challenging_it(
    client: Client, award: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = f"/awards/{award.number}/challenge/"
    assert client.get(page).status_code == 200
    home = AwardHome(
        key="test", covers="bench-keeper".__eq__, url=lambda _: "/", renew_url=lambda _: "/",
        write_to=lambda _: (),
        public_name=lambda one: None if one.state == "ill" else "T. Made-Up",
    )  # fmt: skip
    monkeypatch.setattr(offers, "home_of", lambda key: home if home.covers(key) else None)
    hidden = client.get(page)
    assert hidden.status_code == 404
    assert "Tess" not in hidden.content.decode()
    come_back(award, 40)
    shown = client.get(page).content.decode()
    assert "T. Made-Up" in shown
    assert "Tess" not in shown, "the name as it is registered"
    assert "test" not in award_homes


def test_the_page_of_states_says_from_when_until_when_and_what_is_confirmed() -> None:
    rows = [row for one in diagrams() if "Registered Technician" in one.title for row in one.rows]
    needs = {(source, verb): words for source, verb, _, _, words, _ in rows}
    assert (
        "548 days after the state began, at the earliest"
        in needs["removed-cpd", "return-after-cpd"]
    )
    assert "at the latest; confirmed: Their CPD" in needs["lapsed", "reinstate"]
