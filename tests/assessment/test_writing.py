"""Writing, signing and sending in: nothing typed is lost, nothing signed is changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.actions import (
    add_contributor,
    add_link,
    begin_submission,
    change_evidence,
    comment,
    load_standard,
    publish_standard,
    remove_evidence,
    save_statement,
    sign,
    submit,
)
from benchside.assessment.chain import digest_of
from benchside.assessment.content import completeness, content_of
from benchside.assessment.models import FrozenVersion, Submission
from benchside.assessment.signatures import next_step, standing
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

FILE = Path(__file__).parent / "made_up.toml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return a_member(an_organisation("northmoor"))


@pytest.fixture
def lead(head: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """The one who leads and signs; which room says so is not the engine's business."""
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == head])
    monkeypatch.setattr(writing_rules, "signers", [lambda actor, *_: actor.account == head])
    return Actor.of(head)


@pytest.fixture
def submission(lead: Actor, head: User) -> Submission:
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    publish_standard(actor=SYSTEM, version=version)
    here = head.memberships.get().organisation
    return begin_submission(actor=lead, version=version, organisation=here, level="plain")


def write(actor: Actor, submission: Submission, text: str, on: int, key: str = "clear") -> int:
    return save_statement(
        actor=actor, submission=submission, criterion=key, text=text, based_on=on
    ).number


def complete(actor: Actor, submission: Submission) -> None:
    write(actor, submission, "Nothing stands on it.", 0)
    write(actor, submission, "We do, the same day.", 0, "mended")
    add_link(
        actor=actor,
        submission=submission,
        title="Log",
        url="https://example.org/log",
        serves={"mended": "Who mended what"},
    )


def test_what_is_missing_is_said_in_words(submission: Submission, lead: Actor) -> None:
    found = completeness(submission)
    assert (found.done, found.total) == (0, 2)
    write(lead, submission, "word " * 103, 0)
    lacks = {gap.criterion: gap.lacks for gap in completeness(submission).gaps}
    assert lacks["clear"] == "3 words too many: 103 of 100"
    assert [gap.lacks for gap in completeness(submission).gaps if gap.criterion == "mended"] == [
        "no words yet",
        "1 more piece of evidence",
    ]


def test_two_who_edit_one_statement_lose_nothing(submission: Submission, lead: Actor) -> None:
    first = write(lead, submission, "One. Two. Three.", 0)
    write(lead, submission, "One. Two. Three and a half.", first)
    saved = save_statement(
        actor=lead,
        submission=submission,
        criterion="clear",
        text="One and a bit. Two. Three.",
        based_on=first,
    )
    assert saved.merged
    assert saved.text == "One and a bit. Two. Three and a half."
    statement = submission.statements.get(criterion="clear")
    kept = set(statement.versions.values_list("text", flat=True))
    assert {"One. Two. Three and a half.", "One and a bit. Two. Three."} <= kept


def test_a_contributor_writes_their_part_alone(submission: Submission, lead: Actor) -> None:
    helper = person("helper@benchside.example")
    add_contributor(actor=lead, submission=submission, user=helper, criterion="clear")
    write(Actor.of(helper), submission, "Clear.", 0)
    with pytest.raises(Denied):
        write(Actor.of(helper), submission, "Mended.", 0, "mended")
    with pytest.raises(Denied):
        write(Actor.of(person("other@benchside.example")), submission, "Mine.", 0)


def test_an_edit_after_signing_lapses_the_signature(submission: Submission, lead: Actor) -> None:
    complete(lead, submission)
    sign(actor=lead, submission=submission, step="head", signed_as="Hedda Made-Up")
    assert next_step(submission) is None
    write(lead, submission, "Nothing stands on it, now.", 1)
    assert standing(submission) == []
    with pytest.raises(Refused, match="has not signed"):
        submit(actor=lead, submission=submission)
    sign(actor=lead, submission=submission, step="head", signed_as="Hedda Made-Up")
    submit(actor=lead, submission=submission)
    assert submission.state == "submitted"
    with pytest.raises(Refused, match="no longer change"):
        write(lead, submission, "Too late.", 2)


def test_evidence_that_is_swapped_lapses_it_too(submission: Submission, lead: Actor) -> None:
    complete(lead, submission)
    sign(actor=lead, submission=submission, step="head", signed_as="Hedda Made-Up")
    submission.evidence.update(url="https://example.org/another")
    assert standing(submission) == []
    with pytest.raises(Refused):
        submit(actor=lead, submission=submission)


def test_what_is_sent_in_takes_no_more_evidence(submission: Submission, lead: Actor) -> None:
    complete(lead, submission)
    sign(actor=lead, submission=submission, step="head", signed_as="Hedda Made-Up")
    submit(actor=lead, submission=submission)
    with pytest.raises(Refused, match="nothing can be added"):
        remove_evidence(actor=lead, evidence=submission.evidence.get())
    with pytest.raises(Refused, match="not the address"):
        add_link(actor=lead, submission=submission, title="X", url="javascript:1", serves={})


def test_a_text_that_is_too_long_is_refused_and_not_cut(
    submission: Submission, lead: Actor
) -> None:
    with pytest.raises(Refused, match="5 letters too long"):
        comment(actor=lead, submission=submission, text="x" * 2005)
    assert not submission.comments.exists()
    made = comment(actor=lead, submission=submission, text=" Is this all? ", criterion="clear")
    assert (made.text, made.author) == ("Is this all?", lead.account)


def test_nobody_signs_what_is_incomplete_or_without_a_name(
    submission: Submission, lead: Actor
) -> None:
    with pytest.raises(Refused, match="Something is missing"):
        sign(actor=lead, submission=submission, step="head", signed_as="Hedda")
    complete(lead, submission)
    with pytest.raises(Refused, match="Type your name"):
        sign(actor=lead, submission=submission, step="head", signed_as="  ")
    with pytest.raises(Denied):
        sign(
            actor=Actor.of(person("other@benchside.example")),
            submission=submission,
            step="head",
            signed_as="Somebody",
        )


steps = st.lists(
    st.sampled_from(["edit", "edit again", "sign", "undo", "evidence", "submit"]), max_size=10
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
def test_no_order_of_edits_and_signatures_signs_anything_else(
    submission: Submission, lead: Actor, order: list[str]
) -> None:
    one = begin_submission(
        actor=lead, version=submission.version, organisation=submission.organisation, level="plain"
    )
    complete(lead, one)
    for what in order:
        try:
            _do(what, lead, one)
        except Refused:
            continue
    for signature in standing(one):
        assert signature.frozen.digest == digest_of(content_of(one))
    for frozen in FrozenVersion.objects.filter(submission=one):
        assert frozen.digest == _digest_of_text(frozen.content)
    one.refresh_from_db()
    if one.state == "submitted":
        assert next_step(one) is None


def _do(what: str, lead: Actor, one: Submission) -> None:
    number = one.statements.get(criterion="clear").number
    if what == "sign":
        sign(actor=lead, submission=one, step="head", signed_as="Hedda Made-Up")
    elif what == "submit":
        submit(actor=lead, submission=one)
    elif what == "evidence":
        shown = one.evidence.get()
        change_evidence(actor=lead, evidence=shown, title=f"Log {number}", serves={"mended": ""})
    else:
        write(lead, one, {"undo": "Nothing stands on it."}.get(what, f"{what} {number}"), number)


def _digest_of_text(content: str) -> str:
    import hashlib

    return hashlib.sha256(content.encode()).hexdigest()
