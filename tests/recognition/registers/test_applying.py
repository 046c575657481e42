"""Beginning: what is filled in, who may, and who has another way back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from benchside.assessment.actions import (
    appeal_decision,
    ask_supporter,
    decide_appeal,
    move_award,
    return_submission,
    submit,
)
from benchside.assessment.actions.supporters import letter_to
from benchside.assessment.enums import DecisionOutcome
from benchside.assessment.models import Decision, Submission, Supporter
from benchside.assessment.showing.tasks import forget_old_submissions
from benchside.core import mail
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.models import Employment, Post
from benchside.people.models import Profile, Qualification
from benchside.recognition.models import Interview, Licence, Register, RegisterApplication
from benchside.recognition.registers import actions, exports, tasks
from benchside.recognition.registers import queries as registers
from benchside.recognition.registers.actions.applying import Chosen
from benchside.recognition.registers.doors import leads_back
from tests.factories import applications as made
from tests.factories.organisations import an_organisation
from tests.factories.people import person
from tests.factories.registers import a_body, a_ratifier, a_register, an_entry

pytestmark = pytest.mark.django_db


def begin(technician: object, **chosen: object) -> RegisterApplication:
    values = {"route": "standard", "body": a_body(), "name": "Tess Made-Up"} | chosen
    return actions.begin_application(
        actor=Actor.of(technician.account),  # type: ignore[attr-defined]
        register=a_register(),
        chosen=Chosen(**values),  # type: ignore[arg-type]
    )


def test_what_is_known_already_stands_in_it() -> None:
    tess = made.a_claimed()
    profile = Profile.objects.create(technician=tess)
    Qualification.objects.create(
        profile=profile, title="BTEC National", awarded_by="Made-Up College", year=2019
    )
    where = an_organisation("northmoor", name="Northmoor University")
    work = Employment.objects.create(
        organisation=where, technician=tess, key="1", started_on=date(2020, 9, 1)
    )
    Post.objects.create(employment=work, title="Laboratory technician", is_main=True)
    one = begin(tess, membership="M 77")
    said = {each.criterion: each.text for each in one.submission.statements.all()}
    assert said["qualifications"] == "BTEC National, Made-Up College, 2019"
    assert said["work"] == (
        "I work at Northmoor University, as Laboratory technician, since 1 September 2020."
    )
    assert said["a1"] == ""
    assert one.submission.organisation == where
    assert one.number == f"RTA-{one.submission_id:06d}"
    assert (one.name, one.membership) == ("Tess Made-Up", "M 77")
    event = AuditEvent.objects.get(verb="register.apply")
    assert "Tess" not in repr(event.detail)


def test_only_somebody_signed_in_with_a_record_begins() -> None:
    a_register()
    chosen = Chosen(route="standard", body=a_body(), name="T")
    with pytest.raises(Denied):
        actions.begin_application(actor=VISITOR, register=a_register(), chosen=chosen)
    someone = made.person("no@record.example")
    with pytest.raises(Refused, match="no record"):
        actions.begin_application(actor=Actor.of(someone), register=a_register(), chosen=chosen)


def test_nothing_is_begun_that_cannot_go_on() -> None:
    tess = made.a_claimed()
    with pytest.raises(Refused, match="legal name"):
        begin(tess, name="  ")
    with pytest.raises(Refused, match="no such route"):
        begin(tess, route="by-luck")
    over = timezone.localdate() - timedelta(days=1)
    a_body()
    Licence.objects.update(starts_on=over, ends_on=over)
    with pytest.raises(Refused, match="no licence"):
        begin(tess)
    Licence.objects.update(ends_on=None)
    Register.objects.update(is_open=False)
    with pytest.raises(Refused, match="takes no applications"):
        begin(tess)
    Register.objects.update(is_open=True)
    assert not RegisterApplication.objects.exists()
    begin(tess)
    with pytest.raises(Refused, match="under way already"):
        begin(tess)


def test_whoever_was_declined_waits_as_long_as_the_standard_says() -> None:
    one = made.approved(outcome=DecisionOutcome.DECLINE)
    tess = one.submission.technician
    first = timezone.localdate() + timedelta(days=180)
    with pytest.raises(Refused, match=f"{first:%-d %B %Y}"):
        begin(tess)
    # At noon: an hour before midnight in winter it was the next day in summer.
    noon = timezone.localtime().replace(hour=12)
    Decision.objects.update(ratified_at=noon - timedelta(days=180))
    begin(tess)


def test_whoever_appeals_and_loses_waits_no_longer() -> None:
    one = made.approved(outcome=DecisionOutcome.DECLINE)
    tess, body = one.submission.technician, one.body
    Decision.objects.update(ratified_at=timezone.now() - timedelta(days=20))
    first = registers.may_try_from(one.register, tess)
    appeal = appeal_decision(
        actor=Actor.of(tess.account), decision=Decision.objects.get(), grounds="Read it again."
    )
    other = person("hears@council.example")
    a_ratifier(body, user=other)
    decide_appeal(actor=Actor.of(other), appeal=appeal, uphold=False, answer="It was read.")
    assert registers.may_try_from(one.register, tess) == first
    assert first == timezone.localdate() + timedelta(days=160)


def test_whoever_is_on_it_or_has_a_door_back_does_not_apply_anew() -> None:
    tess = made.a_claimed()
    entry = an_entry(technician=tess)
    with pytest.raises(Refused, match="on this register"):
        begin(tess)
    move_award(actor=SYSTEM, award=entry.award, verb="resign")
    with pytest.raises(Refused, match="another way back"):
        begin(tess)


# Worked out by hand from the register's file: 1,096 days to come back after a lapse; removed for
# conduct never by applying; transferred, annulled and deceased lead nowhere.
@pytest.mark.parametrize(
    ("state", "days", "door"),
    [
        ("lapsed", 1096, True),
        ("lapsed", 1097, False),
        ("resigned", 30, True),
        ("resigned", 2000, False),
        ("removed-cpd", 1, True),
        ("removed-cpd", 5000, True),
        ("removed-conduct", 1, True),
        ("removed-conduct", 9000, True),
        ("restoration-refused", 10, True),
        ("suspended-interim", 10, True),
        ("transferred", 1, False),
        ("annulled", 1, False),
    ],
)
def test_which_states_have_a_door_back(state: str, days: int, door: bool) -> None:
    rules = made.a_register() and made.begun().submission.version.standard.award
    assert rules is not None
    assert leads_back(rules, state, days) is door


def test_an_application_is_given_out_and_forgotten_with_its_person() -> None:
    one = made.sent(name="Teresa Made-Up")
    person_id = one.submission.technician.account.person_id
    told = exports.export(person_id)["applications_to_registers"][0]
    assert (told["name"], told["fees"][0]["amount"]) == ("Teresa Made-Up", "20.00")
    assert exports.export(made.person("else@work.example").person_id) == {
        "applications_to_registers": []
    }
    for _ in range(2):
        exports.erase(person_id)
    one.refresh_from_db()
    assert (one.name, one.membership) == ("", "")
    assert one.fees.get().amount == 20


def test_six_years_after_an_application_names_nobody() -> None:
    one = made.sent(name="Teresa Made-Up")
    Interview.objects.create(submission=one.submission, adjustments="A ramp.", notes="Calm.")
    Submission.objects.filter(pk=one.submission_id).update(
        state="declined", closed_at=timezone.now() - timedelta(days=6 * 365 + 3)
    )
    forget_old_submissions.func()
    one.refresh_from_db()
    assert (one.name, one.membership) == ("", "")
    held = Interview.objects.get()
    assert (held.adjustments, held.notes) == ("", "")


def arrivals() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(name="recognition/register_arrived").order_by("pk"))


def test_a_letter_says_that_it_arrived_what_comes_next_and_what_it_costs() -> None:
    one = made.sent(name="Teresa O’Brien")
    tasks.look_after_applications.func()  # the clock finds nothing more to say
    (letter,) = arrivals()
    assert letter.to == [one.submission.technician.account.email]
    target = timezone.localdate() + timedelta(days=10)  # by the register's file
    for said in (
        one.number, f"by {target:%-d %B %Y} if we can", "a fee of £20.00", one.body.name,
        "on the register will be Teresa O’Brien", f"/my/registrations/{one.number}/",
    ):  # fmt: skip
        assert said in letter.text, said
    assert "interview" not in letter.text
    registrar = Actor.of(made.the_registrar())
    made.ready(one, made.the_registrar())
    return_submission(actor=registrar, submission=one.submission, words="A date is missing.")
    assert len(arrivals()) == 1
    submit(actor=Actor.of(one.submission.technician.account), submission=one.submission)
    actions.take_in(application=one)
    again = arrivals()[1:]
    assert len(again) == 1
    assert "Nothing is to be paid now" in again[0].text


def test_a_letter_that_was_missed_is_made_good_by_the_clock() -> None:
    one = made.sent(register=made.of_engineers(), route="individual")
    OutgoingMail.objects.all().delete()
    RegisterApplication.objects.update(acknowledged_at=None)
    for _ in range(2):
        tasks.look_after_applications.func()
    (letter,) = arrivals()
    assert "there is an interview" in letter.text
    assert one.number in letter.subject


def test_a_supporter_reads_the_name_of_whoever_asks_once() -> None:
    """Not “Tess asks you to say what you know of the work of Tess”."""
    one = made.begun(route="standard")
    own = Actor.of(one.submission.technician.account)
    supporter = ask_supporter(
        actor=own, submission=one.submission, name="Sam", email="sam@speaks.example"
    )
    tess = one.submission.technician.name
    asked = OutgoingMail.objects.get(name="assessment/supporter_asked")
    reminded = mail.render("assessment/supporter_reminded", letter_to(supporter))
    for text in (asked.text, asked.html):
        assert f"Sam, {tess} asks you to say what you know of their work, for" in text
    for html in (asked.html, reminded.html):
        assert f"{tess} named you as a person who knows their work." in html
    Supporter.objects.update(asked_by=made.person("helps@work.example").person_id)
    supporter.refresh_from_db()
    by_another = mail.render("assessment/supporter_asked", letter_to(supporter))
    assert f"asks you to say what you know of the work of {tess}, for" in by_another.text
