"""Signing: in order, by who may, having faced what is wrong; what lapsed says why."""

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from django.utils.html import escape

from benchside.accounts.models import User
from benchside.assessment import annexes
from benchside.assessment.actions import ask_signer, save_statement, sign, submit
from benchside.assessment.annexes import Annex, Table
from benchside.assessment.models import SignOff, Submission
from benchside.assessment.signatures import digest_now, next_step, standing
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from tests.assessment.showing.making import complete
from tests.factories.people import person

pytestmark = pytest.mark.django_db
CONCERNS = ("“Buy a kiln” has no owner.", "“Review things” only reviews.")


def url(name: str, submission: Submission, *args: object) -> str:
    return reverse(f"assessment:{name}", args=[submission.key, *args])


@pytest.fixture
def plan(submission: Submission):  # type: ignore[no-untyped-def]
    """An annex of the made-up standard: what it says can be changed by the test."""
    said = {"rows": [("Buy a kiln", "")], "concerns": list(CONCERNS)}
    annex = Annex(
        key="test.plan",
        title="Plan",
        tables=lambda _: [
            Table(title="Actions", columns=("What", "Who"), rows=tuple(said["rows"]))  # type: ignore[arg-type]
        ],
        url=lambda _: "/plan/",
        concerns=lambda _: list(said["concerns"]),
    )
    content = {**submission.version.content, "annexes": ["test.plan"]}
    version = submission.version
    type(version).objects.filter(pk=version.pk).update(content=content, digest="with-a-plan")
    submission.version.refresh_from_db()
    with annexes.annexes.opened():
        annexes.annexes.register(annex)
        yield said


def test_nobody_signs_past_what_they_have_not_ticked(
    plan: dict[str, list[str]], lead: Actor, head: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    for faced in ((), CONCERNS[:1], ("Something else",)):
        with pytest.raises(Refused, match=r"of 2 points are not ticked"):
            sign(actor=lead, submission=submission, step="lead", signed_as="Lena", faced=faced)
    assert not SignOff.objects.exists()
    made = sign(actor=lead, submission=submission, step="lead", signed_as="Lena", faced=CONCERNS)
    assert made.faced == list(CONCERNS)
    plan["concerns"].append("“Thank them” has no date.")
    with pytest.raises(Refused, match="1 of 3 points are not ticked"):
        sign(actor=head, submission=submission, step="head", signed_as="H", faced=CONCERNS)


def test_the_page_shows_all_of_it_and_its_ticks_are_kept(
    plan: dict[str, list[str]], as_lead: Client, lead: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    page = url("sign", submission, "lead")
    html = as_lead.get(page).content.decode()
    for words in ("Yes, clear.", "Buy a kiln", "https://example.org/log", "these 2 points",
                  escape(CONCERNS[0]), "This is true, and I stand by it."):  # fmt: skip
        assert words in html, words
    seen = digest_now(submission)
    sent = {"signed_as": "Lena Made-Up", "seen": seen, "faced": [CONCERNS[1]]}
    response = as_lead.post(page, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "1 of 2 points are not ticked" in html
    assert 'value="Lena Made-Up"' in html
    assert f'value="{escape(CONCERNS[1])}" checked' in html
    assert f'value="{escape(CONCERNS[0])}" checked' not in html
    as_lead.post(page, {**sent, "faced": list(CONCERNS)})
    assert [one.signed_as for one in standing(submission)] == ["Lena Made-Up"]


def test_what_changed_since_the_page_was_opened_is_not_signed(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    seen = digest_now(submission)
    save_statement(actor=lead, submission=submission, criterion="clear", text="No.", based_on=1)
    page = url("sign", submission, "lead")
    for stale in (seen, ""):
        response = as_lead.post(page, {"signed_as": "Lena", "seen": stale})
        assert response.status_code == 422
        assert "changed something since you opened" in response.content.decode()
    assert not SignOff.objects.exists()


def test_signatures_come_in_order_and_from_who_may(
    lead: Actor, head: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    with pytest.raises(Refused, match="Next to sign: Lead"):
        sign(actor=head, submission=submission, step="head", signed_as="Hedda")
    with pytest.raises(Denied):
        sign(actor=head, submission=submission, step="lead", signed_as="Hedda")
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena")
    with pytest.raises(Denied):
        sign(actor=lead, submission=submission, step="head", signed_as="Lena")
    sign(actor=head, submission=submission, step="head", signed_as="Hedda")
    assert next_step(submission) is None


def test_who_signs_first_after_a_change_leaves_no_older_signature_behind_them(
    plan: dict[str, list], lead: Actor, head: Actor, submission: Submission
) -> None:
    """The plan changes, the lead signs the new one, the plan is changed back: the head has signed
    that very plan before, but not after the lead."""
    complete(lead, submission)
    before = list(plan["rows"])
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena", faced=CONCERNS)
    sign(actor=head, submission=submission, step="head", signed_as="Hedda", faced=CONCERNS)
    plan["rows"] = [("Buy two kilns", "")]
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena", faced=CONCERNS)
    plan["rows"] = before
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena", faced=CONCERNS)
    assert [one.step for one in standing(submission)] == ["lead"]
    with pytest.raises(Refused, match="Head has not signed"):
        submit(actor=lead, submission=submission)


def test_a_lapsed_signature_says_what_was_changed(
    as_lead: Client, plan: dict[str, list], lead: Actor, submission: Submission
) -> None:
    complete(lead, submission)
    sign(actor=lead, submission=submission, step="lead", signed_as="Lena M", faced=CONCERNS)
    here = url("signatures", submission)
    assert "by Lena M on" in as_lead.get(here).content.decode()
    plan["rows"] = [("Buy two kilns", "")]
    save_statement(actor=lead, submission=submission, criterion="clear", text="No.", based_on=1)
    submission.evidence.all().delete()
    html = as_lead.get(here).content.decode()
    assert "That has lapsed" in html
    for why in ("“It is clear” was changed.", "“Log” was taken out.", "Plan was changed."):
        assert why in html
    save_statement(actor=lead, submission=submission, criterion="clear", text="x", based_on=2)


def test_from_the_first_signature_to_sending_it_in(
    as_lead: Client, as_head: Client, lead: Actor, hedda: User, submission: Submission
) -> None:
    here = url("signatures", submission)
    html = as_lead.get(here).content.decode()
    assert "Not ready to be signed" in html
    assert "Send it in" not in html
    complete(lead, submission)
    seen = digest_now(submission)
    as_lead.post(url("sign", submission, "lead"), {"signed_as": "Lena", "seen": seen})
    html = as_lead.get(here).content.decode()
    assert f'<option value="{hedda.pk}">' in html
    with TestCase.captureOnCommitCallbacks(execute=True):
        as_lead.post(url("ask_signer", submission), {"step": "head", "user": hedda.pk})
    letter = OutgoingMail.objects.get()
    assert letter.to == [hedda.email]
    assert url("sign", submission, "head") in letter.text
    as_head.post(url("sign", submission, "head"), {"signed_as": "Hedda", "seen": seen})
    assert "Send it in" not in as_head.get(here).content.decode()
    assert "Send it in" in as_lead.get(here).content.decode()
    as_lead.post(url("send_in", submission))
    submission.refresh_from_db()
    assert submission.state == "submitted"
    assert "It was sent in on" in as_lead.get(here).content.decode()


def test_only_who_may_sign_is_asked_and_only_when_it_is_due(
    as_lead: Client, lead: Actor, hedda: User, submission: Submission
) -> None:
    complete(lead, submission)
    ask = url("ask_signer", submission)
    with pytest.raises(Refused, match="not due now"):
        ask_signer(actor=lead, submission=submission, step="head", user=hedda)
    with pytest.raises(Refused, match="may not give"):
        ask_signer(actor=lead, submission=submission, step="lead", user=person("other@example.org"))
    with pytest.raises(Denied):
        ask_signer(
            actor=Actor.of(person("third@example.org")), submission=submission, step="lead",
            user=hedda,
        )  # fmt: skip
    assert as_lead.post(ask, {"step": "head", "user": "x"}).status_code == 422
    assert as_lead.post(ask, {"step": "head", "user": 10**9}).status_code == 404
    assert not OutgoingMail.objects.exists()


def test_sending_in_too_early_says_what_is_missing(
    as_lead: Client, lead: Actor, submission: Submission
) -> None:
    response = as_lead.post(url("send_in", submission))
    assert response.status_code == 422
    complete(lead, submission)
    response = as_lead.post(url("send_in", submission))
    assert "Lead has not signed what it says now" in response.content.decode()


def test_pages_of_strangers_and_of_no_step_are_not_there(
    as_lead: Client, submission: Submission
) -> None:
    assert as_lead.get(url("sign", submission, "nobody")).status_code == 404
    stranger = Client()
    stranger.force_login(person("other@example.org"))
    for name, args in (("signatures", ()), ("sign", ("lead",)), ("evidence", ())):
        assert stranger.get(url(name, submission, *args)).status_code == 404
