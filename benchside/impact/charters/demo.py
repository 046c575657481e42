"""The made-up charter of the demonstration: a dozen signatories at every stage, counted from today.

What lies in the past is put on record as it would have been; what is in hand was really signed.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made as Person
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Reviewer, Submission
from benchside.core.actions import SYSTEM, Actor
from benchside.impact.charters import actions, demo_sent, files, queries
from benchside.impact.charters import demo_words as words
from benchside.impact.charters.deadlines import Rulebook, Rules, months_on
from benchside.impact.charters.demo_words import Made
from benchside.impact.enums import Part
from benchside.impact.models import Charter, Cohort, Cycle, Signatory
from benchside.organisations.actions.members import start
from benchside.organisations.enums import MemberRole, OrganisationState
from benchside.organisations.models import Organisation

LEAD_ELSEWHERE = Person("other-lead", "Otto Made-Up (leads at other organisations)")
BEFORE_WINDOW = timedelta(days=61)  # announced so long before the earliest day of their window


def create() -> None:
    """Once; nothing where the charter is there already, or its people are not."""
    officer, lead = _user("officer"), _user("lead")
    university = Organisation.objects.filter(name=words.SIGNATORIES[0].name).first()
    is_there = Charter.objects.filter(slug=words.CHARTER["slug"]).exists()
    if officer is None or lead is None or university is None or is_there:
        return
    elsewhere = accounts.create_people(password=_PASSWORD, people=[LEAD_ELSEWHERE])[0]
    files.load_files(actor=SYSTEM)
    _give_duties(officer)
    charter = actions.create_charter(actor=Actor.of(officer), values=dict(words.CHARTER))
    book, today = queries.rulebook(charter), timezone.localdate()
    for made in words.SIGNATORIES:
        leader: User = lead if made is words.SIGNATORIES[0] else elsewhere
        signatory = _record(charter, made, officer, leader, book, today)
        _bring(signatory, made, officer, leader, today)
    _wait(charter, officer, elsewhere, today)
    actions.mark_late(today=today)


_PASSWORD = "benchside-demonstration"  # noqa: S105 - works on loopback alone


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _give_duties(officer: User) -> None:
    """Who assigns, who ratifies, who keeps; and two reviewers who have had their training."""
    keys = [*files.FORMS, files.SIGNATORY, files.SUPPORTER]
    given = [(officer, DutyKind.ASSIGN), (officer, DutyKind.KEEP)]
    if ratifier := _user("ratifier"):
        given.append((ratifier, DutyKind.RATIFY))
    for user, kind in given:
        for key in keys:
            Duty.objects.get_or_create(user=user, standard=key, kind=kind)
    today = timezone.localdate()
    for local in ("reviewer", "second-reviewer"):
        if reviewer := _user(local):
            Reviewer.objects.get_or_create(
                user=reviewer,
                defaults={
                    "standards": list(files.FORMS),
                    "trained_on": today - timedelta(days=120),
                    "refresh_by": months_on(today, 20),
                },
            )


# --- who signed ----------------------------------------------------------------------------------
def window_at(rules: Rules, today: date, steps: int) -> date:
    """The next window, or one so many before or after it."""
    day = rules.window_from(today)
    for _ in range(abs(steps)):
        if steps > 0:
            day = rules.window_after(day)
        else:
            day = max(rules.windows_between(months_on(day, -13), day - timedelta(days=1)))
    return day


def announced_for(book: Rulebook, due: date, stage: int) -> date:
    """A day of announcement from which the rules come to this stage on this day."""
    rules = book.on(due)
    for number in range(stage - 1, 0, -1):
        due = months_on(due, -rules.stage(number).months)
    return months_on(due, -rules.first_after_months) - BEFORE_WINDOW


def _record(
    charter: Charter, made: Made, officer: User, leader: User, book: Rulebook, today: date
) -> Signatory:
    due = window_at(book.on(today), today, made.window)
    day = announced_for(book, due, made.stage)
    if made.goal == words.SUPPORTER:
        day = months_on(today, -14)
    organisation = _organisation(made, officer, leader)
    signatory = actions.record_signatory(
        actor=Actor.of(officer),
        charter=charter,
        organisation=organisation,
        cohort=_cohort(charter, day),
        part=Part.SUPPORTER if made.goal == words.SUPPORTER else Part.SIGNATORY,
        stage=made.stage,
        lead=leader,
        contact=(made.contact, f"technicians@{organisation.slug}.benchside.example"),
    )
    Signatory.objects.filter(pk=signatory.pk).update(
        head_name="Vic Made-Up", head_post="Vice-chancellor", began_at=_noon(day)
    )
    signatory.refresh_from_db()
    return signatory


def _cohort(charter: Charter, day: date) -> Cohort:
    found, _ = Cohort.objects.get_or_create(
        charter=charter, title=f"{day:%B %Y}", defaults={"announced_on": day}
    )
    return found


def _organisation(made: Made, officer: User, leader: User) -> Organisation:
    """The demonstration's own university, or one made for the charter, led from elsewhere."""
    found = Organisation.objects.filter(name=made.name).first()
    if found is not None:
        return found
    slug = slugify(made.name)
    opened = Organisation.objects.create(
        slug=slug, name=made.name, kind=made.kind, nation=made.nation, town=made.town,
        website=f"https://{slug}.benchside.example/", state=OrganisationState.APPROVED,
        contact=leader, applied_by=leader.person_id, decided_by=officer.person_id,
        decided_at=timezone.now(),
    )  # fmt: skip
    for role in (MemberRole.LEAD, MemberRole.STEERING, MemberRole.SIGNER):
        start(opened.pk, leader, role)
    return opened


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


# --- how far each has come -----------------------------------------------------------------------
def _bring(signatory: Signatory, made: Made, officer: User, leader: User, today: date) -> None:
    stages = list(signatory.cycles.order_by("stage"))
    for one in stages:  # those before the one in hand were done in their own time
        if one.closed_at is not None:
            Cycle.objects.filter(pk=one.pk).update(closed_at=_noon(one.due_on) + timedelta(90))
    if not stages:
        return
    cycle = stages[-1]
    cycle.signatory = signatory
    if made.goal == words.WRITING:
        demo_sent.first_stage(stages[0], leader)
        demo_sent.writing(cycle, leader)
    elif made.goal in {words.SENT, words.IN_REVIEW, words.FEEDBACK, words.ANSWERED}:
        on = min(_noon(cycle.due_on), timezone.now()) - timedelta(days=9)
        submission = demo_sent.sent(cycle, leader, on, words.BEFORE)
        _review(submission, cycle, made.goal, officer, leader)
    elif made.goal == words.EXTENDED:
        later = queries.rulebook(signatory.charter).extended(cycle.due_on)
        Cycle.objects.filter(pk=cycle.pk).update(
            due_on=later,
            extended_at=_noon(cycle.due_on) - timedelta(days=40),
            extended_why="Our lead left in spring; the new one began in May.",
        )
    elif made.goal == words.SET:
        actions.override_due(
            actor=Actor.of(officer),
            cycle=cycle,
            due_on=cycle.due_on + timedelta(days=30),
            why="The building with all workshops was closed for a month after a flood.",
        )
    elif made.goal == words.LEFT:
        actions.say_left(
            actor=Actor.of(officer),
            signatory=signatory,
            reason="It joined with another signatory",
            on=months_on(today, -4),
        )


def _review(submission: Submission, cycle: Cycle, goal: str, officer: User, leader: User) -> None:
    if goal == words.IN_REVIEW:
        reviewers = [one for one in map(_user, ("reviewer", "second-reviewer")) if one]
        begin = _reviewing()
        if begin is not None:
            begin(submission, officer, reviewers)
    elif goal == words.FEEDBACK:
        demo_sent.released(submission, months_on(timezone.localdate(), -1), words.PRAISE, ())
    elif goal == words.ANSWERED:
        demo_sent.released(
            submission, months_on(timezone.localdate(), -5), words.PRAISE, words.ANSWERS
        )
        demo_sent.publish_plan(cycle)


def _reviewing() -> Any:
    """The review in progress of the engine's own demonstration."""
    name = "benchside.assessment.reviewing.demo"
    if find_spec(name) is None:
        return None
    return getattr(import_module(name), "review_in_progress", None)


def _wait(charter: Charter, officer: User, leader: User, today: date) -> None:
    """One that both have signed and nobody has answered; one accepted for the next cohort."""
    cohort = _cohort(charter, today + timedelta(days=30))
    for made in words.WAITING:
        organisation = _organisation(made, officer, leader)
        signatory = actions.begin_signing(
            actor=Actor.of(leader), charter=charter, organisation=organisation
        )
        details: Mapping[str, str] = {
            "head_name": "Dora Made-Up",
            "head_post": "Director",
            "contact_name": made.contact,
            "contact_email": f"technicians@{organisation.slug}.benchside.example",
        }
        actor = Actor.of(leader)
        actions.keep_details(actor=actor, signatory=signatory, values=details)
        actions.sign_as_lead(actor=actor, signatory=signatory)
        actions.sign_as_head(actor=actor, signatory=signatory, typed=details["head_name"])
        if made.goal == "accepted":
            actions.accept_signatory(actor=Actor.of(officer), signatory=signatory, cohort=cohort)
