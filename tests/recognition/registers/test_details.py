"""The name that will stand on the register, the body and the number: seen by whoever applies and by
whoever decides, and put right before anything stands there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import return_submission
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.models import Entry, Licence, RegisterApplication
from benchside.recognition.registers import actions
from benchside.recognition.registers.actions.details import Details
from tests.factories import applications as made
from tests.factories.people import person, sign_in
from tests.factories.registers import a_body

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Tess Maiden-Name", "Teresa O’Brien"
WHY = "It was written wrong"


def holder(one: RegisterApplication) -> User:
    technician = one.submission.technician
    assert technician is not None
    assert technician.account is not None
    return technician.account


def as_(user: User) -> Client:
    return sign_in(Client(), user)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def details(one: RegisterApplication, **other: Any) -> Details:
    return Details(**({"name": RIGHT, "body": one.body, "membership": "M 9"} | other))


def kept(one: RegisterApplication) -> tuple[str, str, int]:
    found = RegisterApplication.objects.get(pk=one.pk)
    return found.name, found.membership, found.body_id


def test_whoever_applies_reads_the_name_wherever_they_write_and_sign() -> None:
    one = made.begun(name=WRONG)
    made.write(one)
    mine, key = as_(holder(one)), one.submission.key
    change = f'href="/my/registrations/{one.number}/#details"'
    for url, has_link in (
        (f"/my/registrations/{one.number}/", False),
        (f"/forms/{key}/", False),
        (f"/forms/{key}/signatures/", True),
        (f"/forms/{key}/sign/applicant/", True),
    ):
        page = words(mine.get(url))
        assert WRONG in page, url
        assert (change in page) is has_link, url
    made.send(one)
    page = words(mine.get(f"/forms/{key}/signatures/"))
    assert WRONG in page
    assert change not in page  # it is sent in: nothing is offered that is then refused


def test_they_change_all_three_in_one_form_and_what_they_typed_stays() -> None:
    one = made.begun(name=WRONG)
    other = a_body("other-institute")
    url, mine = f"/my/registrations/{one.number}/", as_(holder(one))
    said = {"do": "details", "name": "x" * 121, "body": other.pk, "membership": "M 9"}
    answer = mine.post(url, said)
    assert answer.status_code == 422
    assert f'value="{"x" * 121}"' in words(answer)
    assert 'value="M 9"' in words(answer)
    assert "maxlength" not in words(answer)  # the browser would cut it, and say nothing
    assert kept(one) == (WRONG, "", one.body_id)
    assert mine.post(url, said | {"name": f"  {RIGHT} "}).status_code == 302
    assert kept(one) == (RIGHT, "M 9", other.pk)
    event = AuditEvent.objects.get(verb="register.change")
    assert event.detail["changed"] == ["name", "body", "membership"]
    assert "O’Brien" not in repr(event.detail)


def test_theirs_until_it_is_sent_in_and_while_it_is_sent_back() -> None:
    one = made.sent(name=WRONG)
    url, mine = f"/my/registrations/{one.number}/", as_(holder(one))
    assert 'value="details"' not in words(mine.get(url))
    assert "Tell The Made-Up Council" in words(mine.get(url))
    said = {"do": "details", "name": RIGHT, "body": one.body_id, "membership": ""}
    assert mine.post(url, said).status_code == 302
    with pytest.raises(Refused, match="sent in"):
        actions.change_details(actor=Actor.of(holder(one)), application=one, details=details(one))
    assert kept(one)[0] == WRONG
    who = Actor.of(made.the_registrar())
    return_submission(actor=who, submission=one.submission, words="A date is missing.")
    assert mine.post(url, said).status_code == 302
    assert kept(one)[0] == RIGHT


def test_nobody_else_changes_them() -> None:
    one, other = made.begun(name=WRONG), person("else@work.example")
    for who in (other, made.the_registrar(), made.the_ratifier(one.body)):
        with pytest.raises(Denied):
            actions.change_details(actor=Actor.of(who), application=one, details=details(one))
    for who in (other, holder(one), made.the_ratifier(one.body)):
        with pytest.raises(Denied):
            actions.correct_details(
                actor=Actor.of(who), application=one, details=details(one), why=WHY
            )
    assert kept(one)[0] == WRONG


def test_no_name_and_no_licence_are_refused() -> None:
    one, bare = made.begun(name=WRONG), a_body("unlicensed")
    bare.licences.all().delete()
    own = Actor.of(holder(one))
    for other, match in (
        ({"name": " … "}, "legal name"),
        ({"name": "x" * 121}, "too long"),
        ({"membership": "9" * 41}, "too long"),
        ({"body": bare}, "no licence"),
    ):
        with pytest.raises(Refused, match=match):
            actions.change_details(actor=own, application=one, details=details(one, **other))
    # That their own body lost its licence meanwhile does not keep a wrong name there.
    today = timezone.localdate()
    Licence.objects.filter(body=one.body).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    actions.change_details(actor=own, application=one, details=details(one))
    assert kept(one)[0] == RIGHT


def test_the_desk_puts_all_three_right_with_a_reason_and_the_ratifier_reads_them() -> None:
    one = made.sent(name=WRONG)
    registrar, other = made.the_registrar(), a_body("other-institute")
    url, desk = f"/registry/{one.register.slug}/applications/{one.number}/", as_(registrar)
    said = {"do": "correct", "name": RIGHT, "body": other.pk, "membership": "M 9", "why": ""}
    answer = desk.post(url, said)
    assert answer.status_code == 422
    assert "Choose why you change it." in words(answer)
    assert RIGHT in words(answer)
    assert desk.post(url, said | {"why": WHY}).status_code == 302
    assert kept(one) == (RIGHT, "M 9", other.pk)
    event = AuditEvent.objects.get(verb="register.correct")
    assert (event.detail["why"], event.detail["after"]) == (WHY, other.pk)
    assert "O’Brien" not in repr(event.detail)
    assert RIGHT in words(as_(holder(one)).get(f"/my/registrations/{one.number}/"))
    letter = OutgoingMail.objects.get(name="recognition/register_corrected")
    assert letter.to == [holder(one).email]
    for line in ("it was written wrong", f"register: {RIGHT}", f"decides: {other.name}", "M 9"):
        assert line in letter.text
    made.ready(one, registrar)
    made.judge(one)
    made.recommend(one)
    body = made.the_ratifier(other)
    Duty.objects.get_or_create(user=body, standard=one.register.standard, kind=DutyKind.RATIFY)
    page = words(as_(body).get(f"/assess/submissions/{one.submission.key}/"))
    assert f"The name on the register will be <b>{RIGHT}</b>." in page
    assert "membership M 9" in page


def test_after_the_yes_the_name_alone_and_on_the_register_nothing() -> None:
    one = made.approved(name=WRONG)
    registrar = Actor.of(made.the_registrar())
    with pytest.raises(Refused, match="is decided"):
        made.move(one, a_body("other-institute"), made.the_registrar())
    actions.correct_details(actor=registrar, application=one, details=details(one), why=WHY)
    actions.pay_fee(actor=registrar, fee=one.fees.get(kind="year"))
    assert Entry.objects.get().name == RIGHT
    assert Entry.objects.get().membership == "M 9"
    with pytest.raises(Refused, match="over"):
        actions.correct_details(
            actor=registrar, application=one, details=details(one, name=WRONG), why=WHY
        )
    url = f"/registry/{one.register.slug}/applications/{one.number}/"
    assert 'value="correct"' not in words(as_(made.the_registrar()).get(url))


def test_no_letter_where_the_desk_changes_nothing() -> None:
    one = made.sent(name=RIGHT)
    same = Details(name=one.name, body=one.body, membership=one.membership)
    registrar = Actor.of(made.the_registrar())
    actions.correct_details(actor=registrar, application=one, details=same, why=WHY)
    assert not OutgoingMail.objects.filter(name="recognition/register_corrected").exists()
