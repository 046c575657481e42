"""A standard whose questions are answered and whose competences are judged, by two routes."""

import json
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions
from benchside.assessment.advising import concerns_of
from benchside.assessment.models import Evidence, StandardVersion, Submission
from benchside.assessment.reviewing import dealing
from benchside.assessment.reviewing.queries import reviewers
from benchside.assessment.showing.document import document_of, of_canonical
from benchside.assessment.signatures import cover_of, freeze
from benchside.assessment.standards import BrokenStandard, parse, read, write
from benchside.assessment.timing import spent, spent_by
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.people.models import Technician
from tests.factories.assessment import a_reviewer, a_standard, with_duties
from tests.factories.people import administrator, person, sign_in

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "two_kinds.toml"
STANDARD = "bench-keeper"
LONG = "I looked after the bench, wrote down what I did, and showed it to those who came after me."


@pytest.fixture
def version() -> StandardVersion:
    return a_standard(FILE)


@pytest.fixture
def tess() -> User:
    return person("tess@work.example")


@pytest.fixture
def holder(tess: User) -> Technician:
    return Technician.objects.create(account=tess, name="Tess", claimed_at=timezone.now())


def begun(version: StandardVersion, holder: Technician, route: str = "long") -> Submission:
    return actions.begin_submission(actor=SYSTEM, version=version, technician=holder, route=route)


def written(one: Submission, **texts: str) -> Submission:
    for key, text in texts.items():
        actions.save_statement(
            actor=SYSTEM, submission=one, criterion=key.replace("_", "-"), text=text, based_on=0
        )
    return one


def sent_in(version: StandardVersion, holder: Technician, route: str = "long") -> Submission:
    """Written, shown, signed and sent."""
    texts = {"first_job": f"{LONG} The first."}
    if route == "long":
        texts["second_job"] = "I broke it, and then I mended it by myself in an hour."
    one = written(begun(version, holder, route), **texts)
    actions.add_link(
        actor=SYSTEM,
        submission=one,
        title="Papers",
        url="https://example.org/p",
        serves={"papers": ""},
    )
    if route == "long":
        asked = actions.ask_supporter(
            actor=SYSTEM, submission=one, name="Sue", email="sue@other.example"
        )
        type(asked).objects.filter(pk=asked.pk).update(answered_at=one.created_at)
    actor = Actor.of(holder.account)
    actions.sign(actor=actor, submission=one, step="applicant", signed_as="Tess")
    actions.submit(actor=actor, submission=one)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize(
    "address", ["tess@work.example", "T.Made-Up@hall.example", "tess@home.example"]
)
def test_nobody_speaks_for_themselves_from_another_of_their_addresses(
    version: StandardVersion, holder: Technician, address: str
) -> None:
    """The account's, the employer's and a second one that is proven to be theirs."""
    Technician.objects.filter(pk=holder.pk).update(work_email="t.made-up@Hall.example")
    holder.refresh_from_db()
    EmailAddress.objects.create(user=holder.account, email="tess@home.example", verified=True)
    one = begun(version, holder)
    with pytest.raises(Refused, match="write this themselves"):
        actions.ask_supporter(actor=SYSTEM, submission=one, name="Tess", email=address.upper())


def a_seat(one: Submission, name: str, number: int = 1) -> actions.Place:
    officer = Actor.of(with_duties("officer", "assign", standard=STANDARD))
    user = a_reviewer(name, standard=STANDARD).user
    seat = actions.give_seat(actor=officer, submission=one, user=user, number=number)
    actions.accept_seat(actor=Actor.of(user), seat=seat, no_conflict=True)
    return seat


def test_the_file_is_read_written_and_checked() -> None:
    standard = read(FILE)
    assert parse("again", write(standard).encode()) == standard
    assert [one.key for one in standard.shown_by("careful", None, "long")] == [
        "first-job", "second-job",
    ]  # fmt: skip
    assert [one.key for one in standard.shown_by("careful", None, "short")] == ["first-job"]
    assert [one.key for one in standard.spoken_of("long")] == ["competences"]
    bad = FILE.read_text().replace("[award]", '[decision]\nrule = "most"\nmost = 3\n\n[award]')
    with pytest.raises(BrokenStandard, match="number of criteria that are judged"):
        parse("bad", bad.encode())


def test_a_writer_meets_questions_and_what_each_should_show(
    client: Client, tess: User, version: StandardVersion, holder: Technician
) -> None:
    one = begun(version, holder)
    sign_in(client, tess)
    assert client.get(f"/forms/{one.key}/careful/").status_code == 404, "never asked"
    page = client.get(f"/forms/{one.key}/first-job/").content.decode()
    assert "What this should show" in page
    assert page.count("Shown nowhere yet") == 3, "both beside this question, and the fold"
    written(one, first_job="I did a job.")
    page = client.get(f"/forms/{one.key}/second-job/").content.decode()
    assert "Works with care" in page
    assert "Shown nowhere yet" not in page
    whole = client.get(f"/forms/{one.key}/").content.decode()
    assert "0 of 3 done" in whole or "1 of 3 done" in whole
    assert "The long way" in whole
    assert f"/forms/{one.key}/supporters/" in whole, "where the missing one is asked"


def test_a_short_route_asks_less_and_wants_nobody_to_speak(
    client: Client, tess: User, version: StandardVersion, holder: Technician
) -> None:
    one = begun(version, holder, "short")
    sign_in(client, tess)
    assert client.get(f"/forms/{one.key}/second-job/").status_code == 404
    assert client.get(f"/forms/{one.key}/supporters/").status_code == 404
    with pytest.raises(Refused, match="Nobody is asked"):
        actions.ask_supporter(actor=SYSTEM, submission=one, name="Sue", email="s@o.example")
    assert "Supporters" not in client.get(f"/forms/{one.key}/signatures/").content.decode()
    with pytest.raises(Refused, match="no question"):
        actions.add_link(
            actor=SYSTEM, submission=one, title="P", url="https://example.org",
            serves={"second-job": ""},
        )  # fmt: skip
    assert not Evidence.objects.filter(submission=one).exists()


def test_a_reviewer_judges_competences_by_the_answers_that_show_them(
    client: Client, version: StandardVersion, holder: Technician
) -> None:
    one = sent_in(version, holder)
    seat = a_seat(one, "ann")
    sign_in(client, seat.user)
    page = client.get(f"/assess/seats/{seat.pk}/read/").content.decode()
    assert page.index("Works with care") < page.index("A job you did") < page.index("The first.")
    assert page.count("A job you did (you met it above)") == 1, "folded where it shows the next"
    assert "0 of 2 judged" in page
    assert 'name="grade-careful"' in page
    assert 'name="grade-first-job"' not in page
    assert 'name="grade-papers"' not in page
    assert "https://example.org/p" in page
    said = {"grade-careful": "met", "reason-careful": "Yes.", "private-careful": ""}
    answer = client.post(f"/assess/seats/{seat.pk}/judge/", said, headers={"HX-Request": "true"})
    assert "1 of 2 judged" in answer.content.decode()
    with pytest.raises(Refused, match="no such question"):
        actions.save_judgement(
            actor=Actor.of(seat.user), seat=seat, criterion="first-job", grade="met"
        )
    with pytest.raises(Refused, match="Tells what they do"):
        actions.submit_review(actor=Actor.of(seat.user), seat=seat)


def test_one_seat_is_enough_on_the_short_way(version: StandardVersion, holder: Technician) -> None:
    one = sent_in(version, holder, "short")
    officer = with_duties("officer", "assign", standard=STANDARD)
    a_reviewer("ann", standard=STANDARD)
    a_reviewer("bo", standard=STANDARD)
    dealt = dealing.propose([one], reviewers(officer, standard=STANDARD))
    assert [number for _, number, _ in dealt.seats] == [1]
    seat = a_seat(one, "ann")
    one.refresh_from_db()
    assert one.state == "in-review"
    for key in ("careful", "tells"):
        actions.save_judgement(actor=Actor.of(seat.user), seat=seat, criterion=key, grade="met")
    actions.submit_review(actor=Actor.of(seat.user), seat=seat)
    one.refresh_from_db()
    assert one.state == "reviewed"


def test_the_third_is_blind_to_the_first_two(
    client: Client, version: StandardVersion, holder: Technician
) -> None:
    one = sent_in(version, holder)
    first, second = a_seat(one, "ann"), a_seat(one, "bo", 2)
    for seat, grade in ((first, "met"), (second, "not-met")):
        for key in ("careful", "tells"):
            actions.save_judgement(
                actor=Actor.of(seat.user), seat=seat, criterion=key, grade=grade,
                reason=f"{seat.user.name} SAYS SO", private="KEPT APART",
            )  # fmt: skip
        actions.submit_review(actor=Actor.of(seat.user), seat=seat, summary="IN ALL")
    one.refresh_from_db()
    assert one.state == "in-review", "they disagree"
    third = a_seat(one, "cy", 3)
    sign_in(client, third.user)
    pages = ("", "read/")
    seen = "".join(
        client.get(f"/assess/seats/{third.pk}/{page}").content.decode() for page in pages
    )
    for words in ("SAYS SO", "KEPT APART", "IN ALL", "disagree"):
        assert words not in seen
    for key in ("careful", "tells"):
        actions.save_judgement(actor=Actor.of(third.user), seat=third, criterion=key, grade="met")
    actions.submit_review(actor=Actor.of(third.user), seat=third)
    assert "SAYS SO" in client.get(f"/assess/seats/{third.pk}/").content.decode(), "once it is in"
    one.refresh_from_db()
    assert one.state == "reviewed"


def test_a_conflict_binds_an_administrator_too(
    client: Client, version: StandardVersion, holder: Technician
) -> None:
    """An administrator who supports it can be given no seat, recommend nothing, read no seat of
    another."""
    one = sent_in(version, holder)
    boss = administrator("sue@other.example")
    a_reviewer("ann", standard=STANDARD)
    trained = a_reviewer("boss", standard=STANDARD)
    type(trained).objects.filter(pk=trained.pk).update(user=boss)
    with pytest.raises(Refused, match="support"):
        actions.give_seat(actor=Actor.of(boss), submission=one, user=boss, number=1)
    seat = a_seat(one, "ann")
    sign_in(client, boss)
    assert client.get(f"/assess/seats/{seat.pk}/read/").status_code == 404
    other = a_seat(one, "bo", 2)
    for each in (seat, other):
        for key in ("careful", "tells"):
            actions.save_judgement(actor=Actor.of(each.user), seat=each, criterion=key, grade="met")
        actions.submit_review(actor=Actor.of(each.user), seat=each)
    one.refresh_from_db()
    with pytest.raises(Refused, match="may not decide"):
        actions.recommend_decision(
            actor=Actor.of(boss), submission=one, outcome="approve", reasons="Because."
        )


def test_exports_name_the_route_and_only_what_was_asked(
    version: StandardVersion, holder: Technician
) -> None:
    one = sent_in(version, holder, "short")
    frozen = freeze(one)
    content = of_canonical(frozen.content)
    assert content["route"] == "short"
    assert [each["criterion"] for each in content["statements"]] == ["first-job", "papers"]
    document = document_of(
        content, version.standard, cover_of(one), number=1, digest=frozen.digest,
        made_on=frozen.made_at.date(),
    )  # fmt: skip
    assert ("Route", "The short way") in document.facts
    assert "Works with care" not in json.dumps([repr(block) for block in document.blocks])


def test_hints_stand_beside_the_words_and_are_faced_before_signing(
    client: Client, tess: User, version: StandardVersion, holder: Technician
) -> None:
    one = begun(version, holder)
    written(one, first_job=LONG, second_job=f"{LONG} Again.")
    sign_in(client, tess)
    page = client.get(f"/forms/{one.key}/first-job/").content.decode()
    assert "A job that went wrong" in page
    assert "how it shows what is asked there" in page
    where = f"/forms/{one.key}/second-job/"
    typed = {"text": "We mended it in 2019.", "based_on": "1", "do": "stay"}
    saved = client.post(where, typed, headers={"HX-Request": "true"}).content.decode()
    assert "newest year you name is 2019" in saved
    assert "how it shows" not in saved
    assert concerns_of(one) == [
        "A job that went wrong: The newest year you name is 2019. Choose an example of the last 3 "
        "years, or say why this one still counts."
    ]


def test_a_document_ticked_for_several_says_how_it_serves_each(
    client: Client, tess: User, version: StandardVersion, holder: Technician
) -> None:
    one = begun(version, holder)
    actions.add_link(
        actor=Actor.of(tess), submission=one, title="Rota", url="https://work.example/rota",
        serves={"first-job": ""},
    )  # fmt: skip
    assert concerns_of(one) == [], "one question needs no telling apart"
    sign_in(client, tess)
    piece = one.evidence.get()
    ticks = [f"{piece.pk}|first-job", f"{piece.pk}|second-job"]
    client.post(f"/forms/{one.key}/evidence/grid/", {"row": piece.pk, "tick": ticks})
    said = "“Rota” serves 2 questions and does not say how it serves this one."
    for key in ("first-job", "second-job"):
        assert said in client.get(f"/forms/{one.key}/{key}/").content.decode()
    assert [words.split(":")[0] for words in concerns_of(one)] == [
        "A job you did", "A job that went wrong",
    ]  # fmt: skip
    actions.change_evidence(
        actor=Actor.of(tess), evidence=piece, title="Rota",
        serves={"first-job": "It is my plan.", "second-job": "It shows the gap."},
    )  # fmt: skip
    assert concerns_of(one) == []


def test_time_in_each_state_is_read_in_one_query(
    version: StandardVersion, holder: Technician, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    one = sent_in(version, holder)
    other = begun(version, Technician.objects.create(name="Other"))
    assert [spell.state for spell in spent(one)] == ["draft", "submitted"]
    first, last = spent(one)
    assert first.begins == one.created_at
    assert first.ends == last.begins
    assert last.ends is None
    assert {spell.state: spell.days for spell in spent(one)} == {"draft": 0, "submitted": 0}
    with django_assert_num_queries(1):  # type: ignore[operator]
        both = spent_by([one, other])
    assert [spell.state for spell in both[other.pk]] == ["draft"]
    assert both[one.pk] == spent(one)
