"""What is asked for beside what was sent gets back; a reviewer reads words, and loses none."""

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions, writing_rules
from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Seat, Submission
from benchside.assessment.signatures import digest_now
from benchside.core.actions import SYSTEM, Actor, Refused
from tests.factories.assessment import a_seat, a_submission, hand_in, judge, signed, somebody
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def in_review(monkeypatch: pytest.MonkeyPatch) -> tuple[User, Submission, Seat]:
    """The lead who writes, what they sent in, and the first of the two seats that read it."""
    head = a_member(an_organisation("northmoor"))
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    one = a_submission("submitted", organisation=head.memberships.get().organisation)
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    return head, one, seat


def test_the_holder_is_told_what_is_asked_for_and_sends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head, one, seat = in_review(monkeypatch)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Show the rota.", due_on=timezone.localdate()
    )
    client = sign_in(Client(), head)
    for page in ("", "signatures/"):
        shown = client.get(f"/forms/{one.key}/{page}").content.decode()
        assert "Show the rota." in shown
        assert "You get a letter when" not in shown
    assert "Send what was asked for" in client.get(f"/forms/{one.key}/signatures/").content.decode()
    assert client.post(f"/forms/{one.key}/send-in/").status_code == 302
    one.refresh_from_db()
    assert one.state == SubmissionState.IN_REVIEW
    assert one.requests.get().answered_at is not None
    again = client.post(f"/forms/{one.key}/send-in/")
    assert again.status_code == 422
    assert "sent in already" in again.content.decode()
    assert "A submission:" not in again.content.decode()  # nor any word of the table of states


def test_an_answer_that_is_too_long_is_not_sent() -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="More.", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    limited = next(each for each in one.version.standard.criteria if each.words)
    said = one.statements.get(criterion=limited.key)
    actions.save_statement(
        actor=SYSTEM,
        submission=one,
        criterion=limited.key,
        text="word " * (limited.words + 1),
        choice=said.choice,
        based_on=said.number,
    )
    with pytest.raises(Refused, match="too many"):
        actions.answer_request(actor=SYSTEM, submission=one)
    one.refresh_from_db()
    assert one.state == SubmissionState.MORE_ASKED


def test_whoever_asked_sees_that_it_came_and_nobody_else_what_was_asked() -> None:
    one = a_submission("submitted")
    seat, other = a_seat(one), a_seat(one, "bo", number=2)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Show the rota.", due_on=timezone.localdate()
    )
    mine, theirs = (sign_in(Client(), each.user) for each in (seat, other))
    address = f"/assess/seats/{seat.pk}/"
    page = mine.get(address).content.decode()
    assert "Show the rota." in page
    assert "What you asked for has come" not in page
    one.refresh_from_db()
    actions.answer_request(actor=SYSTEM, submission=one)
    page = mine.get(address).content.decode()
    assert "What you asked for has come" in page
    assert f'href="{address}read/"' in page
    assert "Show the rota." not in theirs.get(f"/assess/seats/{other.pk}/").content.decode()


def test_every_press_sends_what_is_typed_anywhere_on_the_page() -> None:
    seat = a_seat(a_submission("submitted"))
    page = sign_in(Client(), seat.user).get(f"/assess/seats/{seat.pk}/read/").content.decode()
    forms = [part for part in page.split("<form")[1:] if "/judge/" in part.partition(">")[0]]
    assert len(forms) == 1
    for one in seat.submission.version.standard.asked_at(seat.submission.level):
        tag = next(t for t in page.split("<textarea") if f'name="reason-{one.key}"' in t)
        assert 'form="judge"' in tag.partition(">")[0]


def test_a_judgement_is_called_what_the_standard_calls_it() -> None:
    one = a_submission("submitted")
    first, second = a_seat(one), a_seat(one, "bo", number=2)
    for seat in (first, second):
        judge(seat)
        hand_in(seat)
    grade = next(g for g in one.version.standard.review.grades if g.key == "met").title
    criterion = one.version.standard.criteria[0]
    page = sign_in(Client(), somebody("ann")).get(f"/assess/seats/{first.pk}/").content.decode()
    assert page.count(f"{criterion.title}: {grade}") == 2  # one's own, and the other's
    assert f"<h3>{criterion.key}: " not in page
    read = sign_in(Client(), somebody("ann")).get(f"/assess/seats/{first.pk}/read/")
    assert f"<p>{grade}</p>" in read.content.decode()


def test_what_it_comes_to_is_said_when_all_reviews_are_in(desk: Client) -> None:
    one = a_submission("submitted")
    a_seat(one, state="submitted")
    seat = a_seat(one, "bo", number=2)
    case = f"/assess/submissions/{one.key}/"
    assert "What this comes to" not in desk.get(case).content.decode()
    judge(seat)
    hand_in(seat)
    assert "What this comes to" in desk.get(case).content.decode()


def test_what_changed_after_it_was_signed_is_signed_again_before_the_answer_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head = a_member(an_organisation("northmoor"))
    acts_for = lambda actor, *_: actor.account == head  # noqa: E731
    monkeypatch.setattr(writing_rules, "leads", [acts_for])
    monkeypatch.setattr(writing_rules, "signers", [acts_for])
    one = a_submission("submitted", organisation=head.memberships.get().organisation)
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Show the rota.", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    client, here = sign_in(Client(), head), f"/forms/{one.key}/signatures/"
    assert "sign it again" not in client.get(f"/forms/{one.key}/").content.decode()
    save(one, "clear", "Quite other words.")
    assert "sign it again and send it" in client.get(f"/forms/{one.key}/").content.decode()
    page = client.get(here).content.decode()
    assert "Send what was asked for" not in page
    assert "Read and sign" in page
    refused = client.post(f"/forms/{one.key}/send-in/")
    assert refused.status_code == 422
    assert "Head has not signed what it says now. Sign it" in refused.content.decode()
    one.refresh_from_db()
    assert one.state == SubmissionState.MORE_ASKED
    words = {"signed_as": "Hedda", "seen": digest_now(one)}
    client.post(f"/forms/{one.key}/sign/head/", words)
    assert "Send what was asked for" in client.get(here).content.decode()
    assert client.post(f"/forms/{one.key}/send-in/").status_code == 302
    assert "Sent in without" not in client.get(here).content.decode()


def save(one: Submission, criterion: str, text: str) -> None:
    """Other words for one question."""
    said = one.statements.get(criterion=criterion)
    actions.save_statement(
        actor=SYSTEM, submission=one, criterion=criterion, text=text, based_on=said.number
    )


def an_answer(one: Submission, seat: Seat, **words: str) -> None:
    """Something is asked for, and answered with other words."""
    actions.ask_for_more(
        actor=Actor.of(seat.user), seat=seat, text="Show the rota.", due_on=timezone.localdate()
    )
    one.refresh_from_db()
    for key, text in words.items():
        save(one, key, text)
    signed(one)
    actions.answer_request(actor=SYSTEM, submission=one)
    one.refresh_from_db()
    seat.refresh_from_db()


def test_what_changed_since_it_was_judged_is_named_and_confirmed_before_it_is_handed_in() -> None:
    one = a_submission("submitted")
    seat, other = a_seat(one), a_seat(one, "bo", number=2)
    judge(seat)
    an_answer(one, seat, clear="Nothing but a lamp stands there.")
    client, here = sign_in(Client(), seat.user), f"/assess/seats/{seat.pk}/"
    page = client.get(here).content.decode()
    assert "Changed since you asked" in page
    assert "Changed since you judged" in page
    assert "2 of 2 judged, 1 to confirm" in page
    assert page.count(f'href="{here}read/#c-clear"') == 2
    assert f'href="{here}read/#c-mended"' not in page
    assert client.get(f"{here}read/").content.decode().count("on earlier words") == 1
    refused = client.post(f"{here}hand-in/", {"summary": "Tidy."})
    assert refused.status_code == 422
    assert "It is clear: the words changed after you judged it." in refused.content.decode()
    other_page = sign_in(Client(), other.user).get(f"/assess/seats/{other.pk}/").content.decode()
    assert "Changed since" not in other_page  # they judged nothing, and asked nothing
    said = {"grade-clear": "met", "stands": "clear"}
    said |= {f"{name}-clear": seat_says(seat, name) for name in ("reason", "private")}
    assert client.post(f"{here}judge/", said)["Location"].endswith("#c-clear")
    assert "Changed since you judged" not in client.get(here).content.decode()
    assert client.post(f"{here}hand-in/", {"summary": "Tidy."}).status_code == 302


def seat_says(seat: Seat, name: str) -> str:
    return str(getattr(seat.judgements.get(criterion="clear"), name))


def test_a_judgement_changed_on_the_new_words_needs_no_second_word() -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    judge(seat)
    an_answer(one, seat, clear="Nothing but a lamp stands there.")
    judge(seat, clear="partly")
    actions.submit_review(actor=Actor.of(seat.user), seat=seat)
    assert seat.state == "submitted"


def test_a_page_that_was_open_before_the_answer_judges_nothing_unread() -> None:
    one = a_submission("submitted")
    seat = a_seat(one)
    a_seat(one, "bo", number=2)
    client, here = sign_in(Client(), seat.user), f"/assess/seats/{seat.pk}/judge/"
    seen = one.frozen.get().digest
    an_answer(one, seat, clear="Nothing but a lamp stands there.")
    said = {"grade-clear": "met", "reason-clear": "Of the old words.", "seen": seen}
    answer = client.post(here, said)
    assert answer.status_code == 422
    for words in ("New words came", "Of the old words.", "Nothing but a lamp"):
        assert words in answer.content.decode()
    quick = client.post(here, said, headers={"HX-Request": "true"})
    assert "Not kept: New words came" in quick.content.decode()
    assert not seat.judgements.exists()
    digest = one.frozen.get(number=2).digest
    assert f'name="seen" value="{digest}"' in answer.content.decode()
    assert client.post(here, {**said, "seen": digest}).status_code == 302


def test_nothing_is_handed_in_while_more_is_asked_for() -> None:
    one = a_submission("more-asked")
    seat = one.seats.get(number=1)
    judge(seat)
    with pytest.raises(Refused, match="More is asked for, and has not come yet"):
        actions.submit_review(actor=Actor.of(seat.user), seat=seat)
    page = sign_in(Client(), seat.user).get(f"/assess/seats/{seat.pk}/").content.decode()
    assert "Hand in my review" not in page


def test_whoever_decides_sees_which_judgements_are_of_earlier_words(desk: Client) -> None:
    one = a_submission("submitted")
    first, second = a_seat(one, state="submitted"), a_seat(one, "bo", number=2)
    case = f"/assess/submissions/{one.key}/"
    assert "earlier words" not in desk.get(case).content.decode()
    an_answer(one, second, clear="Nothing but a lamp stands there.")
    page = desk.get(case).content.decode()
    assert page.count("(on earlier words)") == 1
    assert "The words changed after they were judged" in page
    assert first.judgements.count() == 2


def test_the_holder_reads_which_competences_more_is_asked_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    head, one, seat = in_review(monkeypatch)
    client, here = sign_in(Client(), seat.user), f"/assess/seats/{seat.pk}/"
    assert 'name="criteria" value="mended"' in client.get(here).content.decode()
    with pytest.raises(Refused, match="no such question"):
        actions.ask_for_more(
            actor=Actor.of(seat.user), seat=seat, text="?", due_on=timezone.localdate(),
            criteria=["nonsense"],
        )  # fmt: skip
    asked = {"text": "Who is it?", "criteria": ["mended"], "due_on": str(timezone.localdate())}
    assert client.post(f"{here}more/", asked).status_code == 302
    reader = sign_in(Client(), head)
    for page in ("", "signatures/"):
        assert "About: It is mended." in reader.get(f"/forms/{one.key}/{page}").content.decode()
    assert "About: It is mended." in client.get(here).content.decode()


def test_whoever_decides_reads_whose_account_a_name_was_typed_in(desk: Client) -> None:
    one = a_submission("submitted")
    tess = somebody("tess")
    seat = a_seat(one)
    one.sign_offs.update(signed_by=tess.person_id, signed_as="Mickey Mouse")
    pages = (f"/assess/seats/{seat.pk}/read/", f"/assess/submissions/{one.key}/read/")
    for client, page in zip((sign_in(Client(), seat.user), desk), pages, strict=True):
        html = client.get(page).content.decode()
        assert f"Head: Mickey Mouse, from the account of {tess.get_full_name()}" in html
        one.sign_offs.update(signed_as=tess.get_full_name().upper())
        assert "from the account of" not in client.get(page).content.decode()
        one.sign_offs.update(signed_as="Mickey Mouse")
