"""An officer's pages: check, return, give, deal out, release, recommend; and who may not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.models import Appeal, Decision, Interest, Partnership, Reviewer, Seat
from benchside.core.actions import Actor, Denied, Refused
from tests.factories.assessment import (
    a_reviewer,
    a_seat,
    a_submission,
    hand_in,
    somebody,
    with_duties,
)
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import administrator, sign_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def at(one: object, page: str = "") -> str:
    return f"/assess/submissions/{getattr(one, 'key', one)}/{page}"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# --- who may -------------------------------------------------------------------------------------
def test_what_is_sent_in_is_there_for_those_who_run_the_standard_alone(desk: Client) -> None:
    one = a_submission("submitted")
    assert desk.get(at(one)).status_code == 200
    for user in (somebody("nobody"), with_duties("keeper", "keep"),
                 with_duties("other", "assign", standard="other-bench")):  # fmt: skip
        client = sign_in(Client(), user)
        assert client.get("/assess/submissions/").status_code in {200, 404}
        assert str(one.key) not in client.get("/assess/submissions/").content.decode()
        for page in ("", "read/", "evidence/1/"):
            assert client.get(at(one, page)).status_code == 404
        for page in ("return/", "give/", "seats/1/", "feedback/", "recommend/", "ratify/1/"):
            assert client.post(at(one, page)).status_code == 404


def test_a_draft_is_not_the_desks_to_read(desk: Client) -> None:
    assert desk.get(at(a_submission("draft"))).status_code == 404


def test_whoever_ratifies_does_not_assign_and_the_other_way_round(
    desk: Client, high_desk: Client
) -> None:
    one = a_submission("submitted")
    assert high_desk.post(at(one, "return/"), {"words": "No."}).status_code == 403
    last = a_submission("recommended")
    address = at(last, f"ratify/{last.decisions.get().pk}/")
    assert desk.post(address, {"verb": "ratify"}).status_code == 403
    last.refresh_from_db()
    assert last.state == "recommended"


# --- checking and giving -------------------------------------------------------------------------
def test_it_goes_back_with_words(desk: Client) -> None:
    one = a_submission("submitted")
    empty = desk.post(at(one, "return/"), {"words": " "})
    assert empty.status_code == 422
    assert "Say what is missing" in empty.content.decode()
    desk.post(at(one, "return/"), {"words": "No example in the second answer."})
    one.refresh_from_db()
    assert one.state == "returned"
    assert "No example in the second answer." in text(desk, at(one))


def test_who_has_an_interest_is_listed_with_the_reason_and_cannot_be_chosen(desk: Client) -> None:
    one = a_submission("submitted")
    ann, bo = a_reviewer("ann"), a_reviewer("bo")
    Interest.objects.create(user=bo.user, organisation=one.organisation, what="My brother.")
    Interest.objects.create(user=ann.user, organisation=an_organisation("far"), what="My cat.")
    page = text(desk, at(one))
    assert "They declared an interest" in page
    assert "My brother." in page
    assert "My cat." not in page
    said = {"number": 1, "due_on": TODAY().isoformat()}
    answer = desk.post(at(one, "give/"), {**said, "user": bo.user_id})
    assert answer.status_code == 422
    assert "They cannot be asked" in answer.content.decode()
    assert desk.post(at(one, "give/"), {**said, "user": ann.user_id}).status_code == 302
    assert Seat.objects.get().user == ann.user


def test_who_is_not_trained_cannot_be_chosen_by_typing_their_number_in(desk: Client) -> None:
    one, stranger = a_submission("submitted"), somebody("stranger")
    a_reviewer("ann")
    said = {"number": 1, "due_on": TODAY().isoformat(), "user": stranger.pk}
    assert desk.post(at(one, "give/"), said).status_code == 422
    assert not Seat.objects.exists()


def test_a_last_day_is_changed_and_a_seat_is_ended(desk: Client) -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    later = TODAY() + timedelta(days=100)
    desk.post(at(one, f"seats/{seat.pk}/"), {"due_on": later.isoformat()})
    seat.refresh_from_db()
    assert seat.due_on == later
    past = TODAY() - timedelta(days=1)
    desk.post(at(one, f"seats/{seat.pk}/"), {"due_on": past.isoformat()})
    seat.refresh_from_db()
    assert seat.due_on == later
    desk.post(at(one, f"seats/{seat.pk}/"), {"verb": "stand-down"})
    seat.refresh_from_db()
    assert seat.state == "stood-down"
    other = a_seat(a_submission("submitted"))
    assert desk.post(at(one, f"seats/{other.pk}/"), {"verb": "stand-down"}).status_code == 404


def test_disagreement_asks_for_a_third_and_the_timeline_counts_days(desk: Client) -> None:
    one = a_submission("submitted")
    hand_in(a_seat(one, "ann"))
    hand_in(a_seat(one, "bo", number=2), clear="not-met")
    a_reviewer("cy")
    page = text(desk, at(one))
    assert "They do not agree" in page
    assert '<option value="3"' in page
    assert "One more reviewer is needed" in text(desk, "/assess/")
    assert str(one.key) in text(desk, "/assess/submissions/?waits=seat")
    for state in ("Being written", "Sent in", "Being reviewed"):
        assert state in page


def test_a_review_is_opened_again_until_something_is_recommended(desk: Client) -> None:
    one = a_submission("reviewed")
    seat = one.seats.get(number=1)
    desk.post(at(one, f"seats/{seat.pk}/"), {"verb": "reopen"})
    one.refresh_from_db()
    seat.refresh_from_db()
    assert (one.state, seat.state) == ("in-review", "accepted")
    last = a_submission("recommended")
    done = last.seats.get(number=1)
    desk.post(at(last, f"seats/{done.pk}/"), {"verb": "reopen"})
    done.refresh_from_db()
    assert done.state == "submitted"


# --- many at once --------------------------------------------------------------------------------
def test_many_are_dealt_out_looked_at_and_given(desk: Client) -> None:
    cases = [a_submission("submitted", round_key="2027-1") for _ in range(3)]
    for name in ("ann", "bo", "cy"):
        a_reviewer(name)
    friend = Reviewer.objects.get(user__name="Ann").user
    Interest.objects.create(user=friend, organisation=cases[0].organisation)
    keys = [str(one.key) for one in cases]
    table = desk.post("/assess/submissions/deal/", {"case": keys})
    assert not Seat.objects.exists()  # looked at first
    places = [
        line.split('"')[0] for line in table.content.decode().split('name="seat" value="')[1:]
    ]
    assert len(places) == 6
    assert f"{cases[0].key}:1:{friend.pk}" not in places
    assert f"{cases[0].key}:2:{friend.pk}" not in places
    given = {"case": keys, "seat": places, "due_on": TODAY().isoformat()}
    assert desk.post("/assess/submissions/deal/give/", given).status_code == 302
    assert sorted(Seat.objects.values_list("user__name", flat=True)) == sorted(
        ["Ann", "Ann", "Bo", "Bo", "Cy", "Cy"]
    )
    assert cases[0].__class__.objects.get(pk=cases[0].pk).state == "in-review"


def test_all_are_given_or_none(desk: Client) -> None:
    """A seat somebody took in between, or a name put in by hand, undoes the rest."""
    one, other = a_submission("submitted"), a_submission("submitted")
    ann, bo = a_reviewer("ann"), a_reviewer("bo")
    Interest.objects.create(user=bo.user, organisation=other.organisation)
    places = [f"{one.key}:1:{ann.user_id}", f"{other.key}:1:{bo.user_id}"]
    said = {"case": [str(one.key), str(other.key)], "seat": places, "due_on": TODAY().isoformat()}
    answer = desk.post("/assess/submissions/deal/give/", said)
    assert answer.status_code == 422
    assert "Nothing is given" in answer.content.decode()
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    "seat", ["nonsense", "::", "{key}:1:999999", "{key}:x:1", "{key}:" + "9" * 30 + ":1"]
)
def test_nonsense_for_a_seat_gives_nothing(desk: Client, seat: str) -> None:
    one = a_submission("submitted")
    a_reviewer("ann")
    said = {"case": [str(one.key)], "seat": [seat.replace("{key}", str(one.key))],
            "due_on": TODAY().isoformat()}  # fmt: skip
    assert desk.post("/assess/submissions/deal/give/", said).status_code in {302, 422}
    assert desk.post("/assess/submissions/deal/", {"case": ["nonsense"]}).status_code == 302
    assert not Seat.objects.exists()


# --- deciding ------------------------------------------------------------------------------------
def test_recommended_by_one_ratified_by_another(
    desk: Client, high_desk: Client, officer: User
) -> None:
    one = a_submission("reviewed")
    said = {"outcome": "conditions", "reasons": "Nearly all is met.", "level": "plain"}
    assert 'href="#recommend-h"' in desk.get(at(one)).content.decode()  # it lies far below
    answer = desk.post(at(one, "recommend/"), said)
    assert answer.status_code == 422
    assert "Nearly all is met." in answer.content.decode()
    whole = {**said, "conditions": "Mend the vice.", "conditions_by": "2031-01-31"}
    assert desk.post(at(one, "recommend/"), whole).status_code == 302
    assert 'href="#decided-h"' in high_desk.get(at(one)).content.decode()
    assert 'href="#decided-h"' not in desk.get(at(one)).content.decode()
    with_duties("officer", "ratify")
    this = Decision.objects.get().pk
    assert "Ratify it" not in text(desk, at(one))
    assert "You recommended this" in text(desk, at(one))
    own = desk.post(at(one, f"ratify/{this}/"), {"verb": "ratify"}, follow=True).content.decode()
    assert "You recommended this" in own
    high_desk.post(at(one, f"ratify/{this}/"), {"verb": "ratify"})
    one.refresh_from_db()
    assert one.state == "approved"
    assert Decision.objects.get().conditions == "Mend the vice."
    assert "Conditions whose day" not in text(desk, "/assess/")
    Decision.objects.update(conditions_by=TODAY() - timedelta(days=1))
    assert str(one.key) in text(desk, "/assess/submissions/?waits=conditions")
    desk.post(at(one, f"conditions/{this}/"))
    assert Decision.objects.get().conditions_met_at
    assert "already" in desk.post(at(one, f"conditions/{this}/"), follow=True).content.decode()
    assert str(one.key) not in text(desk, "/assess/submissions/?waits=conditions")


def test_it_is_sent_back_with_a_why(high_desk: Client) -> None:
    one = a_submission("recommended")
    address = at(one, f"ratify/{one.decisions.get().pk}/")
    assert high_desk.post(address, {"verb": "back"}).status_code == 422
    high_desk.post(address, {"verb": "back", "why": "Say more of the vice."})
    one.refresh_from_db()
    assert one.state == "reviewed"
    assert "Say more of the vice." in text(high_desk, at(one))


def test_an_appeal_is_heard_on_the_page_by_somebody_else(high_desk: Client) -> None:
    one = a_submission("appealed")
    address = at(one, f"appeal/{Appeal.objects.get().pk}/")
    own = high_desk.post(address, {"uphold": "yes", "answer": "Yes."})
    assert own.status_code == 422
    assert "You ratified this" in own.content.decode()
    other = sign_in(Client(), with_duties("other-board", "ratify"))
    assert other.post(address, {"uphold": "yes"}).status_code == 422
    other.post(address, {"uphold": "yes", "answer": "You are right."})
    one.refresh_from_db()
    assert one.state == "in-review"
    with pytest.raises(Refused, match="may not look"):
        a_seat(one, "ann", number=10)
    with pytest.raises(Refused, match="no such seat"):  # the first panel's seats are gone
        a_seat(one, "dee", number=1)
    hand_in(a_seat(one, "dee", number=10))
    hand_in(a_seat(one, "ed", number=11), clear="not-met")
    hand_in(a_seat(one, "fay", number=12))  # the third of the new panel
    one.refresh_from_db()
    assert one.state == "reviewed"


def test_not_even_a_superuser_gives_a_seat_to_who_has_an_interest() -> None:
    one = a_submission("submitted")
    assert one.organisation
    partner = an_organisation("partner-place")
    first, second = sorted((one.organisation, partner), key=lambda each: each.pk)
    Partnership.objects.create(one=first, other=second)
    user = a_member(partner)
    Reviewer.objects.create(user=user, standards=["tidy-bench"])
    client = sign_in(Client(), administrator())
    said = {"number": 1, "due_on": TODAY().isoformat(), "user": user.pk}
    assert client.post(at(one, "give/"), said).status_code == 422
    assert not Seat.objects.exists()


# --- lists ---------------------------------------------------------------------------------------
def test_the_list_is_found_by_what_waits(desk: Client, high_desk: Client) -> None:
    states = {
        "check": "submitted", "recommend": "reviewed", "ratify": "recommended", "hear": "appealed",
    }  # fmt: skip
    cases = {waits: a_submission(state) for waits, state in states.items()}
    for waits, one in cases.items():
        client = high_desk if waits in {"ratify", "hear"} else desk
        page = text(client, f"/assess/submissions/?waits={waits}")
        assert [key for key, each in cases.items() if str(each.key) in page] == [waits]
        assert str(one.key) not in text(desk if client is high_desk else high_desk,
                                        f"/assess/submissions/?waits={waits}")  # fmt: skip
    late = a_seat(cases["check"])
    Seat.objects.filter(pk=late.pk).update(due_on=TODAY() - timedelta(days=3))
    assert str(cases["check"].key) in text(desk, "/assess/submissions/?waits=late")


def test_the_list_is_handed_out_as_a_table(desk: Client) -> None:
    one = a_submission("submitted", round_key="2027-1")
    a_submission("submitted", round_key="2027-2")
    rows = desk.get("/assess/submissions.csv?round=2027-1").content.decode().splitlines()
    assert len(rows) == 2
    assert str(one.organisation) in rows[1]


def test_as_many_questions_of_the_database_for_many_as_for_few(desk: Client) -> None:
    one = a_submission("in-review")
    a_reviewer("cy")
    addresses = ("/assess/", "/assess/submissions/", "/assess/reviewers/", at(one))
    few = [queries_of(desk, address) for address in addresses]
    for number in range(4):
        a_submission("submitted")
        a_reviewer(f"more-{number}")
    many = [queries_of(desk, address) for address in addresses]
    assert [
        (address, before, after)
        for address, before, after in zip(addresses, few, many, strict=True)
        if after > before
    ] == []
    assert max(many) <= 45


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


# --- reviewers -----------------------------------------------------------------------------------
def test_a_reviewer_is_put_in_by_the_address_they_sign_in_with(desk: Client) -> None:
    a_submission()
    somebody("new")
    said = {"user": "new@benchside.example", "standards": ["tidy-bench"], "most": 3,
            "is_active": "on", "trained_on": "2026-01-31", "refresh_by": "2026-02-28"}  # fmt: skip
    nobody = desk.post("/assess/reviewers/add/", {**said, "user": "who@benchside.example"})
    assert nobody.status_code == 422
    assert desk.post("/assess/reviewers/add/", said).status_code == 302
    page = text(desk, "/assess/reviewers/?show=stale")
    assert "New" in page
    assert "(over)" in page
    backwards = {**said, "refresh_by": "2025-01-01"}
    assert desk.post("/assess/reviewers/add/", backwards).status_code == 422


def test_an_officer_says_nothing_of_anothers_standard(officer: User) -> None:
    a_submission()
    user = somebody("new")
    Reviewer.objects.create(user=user, standards=["other-bench"])
    made = actions.keep_reviewer(
        actor=Actor.of(officer), user=user, standards=["tidy-bench", "third-bench"],
        trained_on=None, refresh_by=None, most=5,
    )  # fmt: skip
    assert made.standards == ["other-bench", "tidy-bench"]
    with pytest.raises(Denied):
        actions.keep_reviewer(
            actor=Actor.of(user), user=user, standards=[], trained_on=None, refresh_by=None, most=5
        )


def test_interests_are_ones_own() -> None:
    place = an_organisation("southmoor")
    ann, bo = (sign_in(Client(), somebody(name)) for name in ("ann", "bo"))
    wrong = ann.post("/assess/interests/", {"organisation": "Nowhere"})
    assert wrong.status_code == 422
    ann.post("/assess/interests/", {"organisation": place.name, "what": "My brother."})
    assert "My brother." in text(ann, "/assess/interests/")
    assert "My brother." not in text(bo, "/assess/interests/")
    pk = Interest.objects.get().pk
    assert bo.post(f"/assess/interests/{pk}/end/").status_code == 404
    ann.post(f"/assess/interests/{pk}/end/")
    assert not Interest.objects.exists()


def test_partners_are_put_in_once_whichever_is_named_first(desk: Client) -> None:
    one, other = an_organisation("north"), an_organisation("south")
    for pair in ((one, other), (other, one)):
        desk.post("/assess/partnerships/", {"one": pair[0].name, "other": pair[1].name})
    assert Partnership.objects.count() == 1
    assert desk.post("/assess/partnerships/", {"one": "North", "other": "North"}).status_code == 422
    assert len(desk.get("/assess/partnerships.csv").content.splitlines()) == 2
    desk.post(f"/assess/partnerships/{Partnership.objects.get().pk}/end/")
    assert not Partnership.objects.exists()
    assert not mail.outbox
