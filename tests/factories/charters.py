"""Charters with their standards, cohorts, and signatories at a stage."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.models import Feedback, Submission
from benchside.core.actions import SYSTEM, Actor
from benchside.impact.charters import actions, files
from benchside.impact.enums import Part
from benchside.impact.models import Charter, Cohort, Cycle, Signatory
from benchside.organisations.models import Organisation
from tests.factories.people import give_app, person


def an_officer(local: str = "officer") -> User:
    """Somebody who runs charters, and may open the desk."""
    user = person(f"{local}@charter.example", is_staff=True)
    user.groups.add(Group.objects.get(name="Charter officers"))
    give_app(user)
    return User.objects.get(pk=user.pk)


def officer() -> Actor:
    found = User.objects.filter(email="officer@charter.example").first()
    return Actor.of(found or an_officer())


def a_charter(slug: str = "bench-charter", **values: Any) -> Charter:
    files.load_files(actor=SYSTEM)
    given = {
        "name": "The bench charter",
        "slug": slug,
        "owner": "The Society of Benches",
        "about": "A promise to technicians.",
        "pledge": "We promise.",
        "contact": "charter@example.org",
    }
    return actions.create_charter(actor=officer(), values={**given, **values})


def a_cohort(charter: Charter, day: date, title: str = "") -> Cohort:
    return actions.keep_cohort(
        actor=officer(), charter=charter, cohort=None, title=title or f"{day}", announced_on=day
    )


def a_signatory(
    charter: Charter,
    organisation: Organisation,
    *,
    announced: date | None = None,
    stage: int = 1,
    part: Part = Part.SIGNATORY,
) -> Signatory:
    """Announced on a day, a year and a half ago where none is given."""
    day = announced or timezone.localdate() - timedelta(days=300)
    cohort = Cohort.objects.filter(charter=charter, announced_on=day).first()
    return actions.record_signatory(
        actor=officer(),
        charter=charter,
        organisation=organisation,
        cohort=cohort or a_cohort(charter, day),
        stage=stage,
        part=part,
        contact=("Connie Contact", "connie@example.org"),
    )


def cycle_of(signatory: Signatory) -> Cycle:
    """The stage in hand."""
    return signatory.cycles.get(closed_at__isnull=True)


def sent_in(cycle: Cycle, lead: User, *, state: str = "submitted", days: int = 1) -> Submission:
    """Begun as the page does it, then brought to a state as the engine would."""
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    Submission.objects.filter(pk=made.pk).update(
        state=state, submitted_at=timezone.now() - timedelta(days=days)
    )
    made.refresh_from_db()
    actions.follow(cycle=cycle)
    return made


def recommended(submission: Submission, text: str = "Name an owner.", **values: Any) -> Feedback:
    """Released feedback."""
    now = timezone.now()
    Submission.objects.filter(pk=submission.pk).update(
        state="reviewed", submitted_at=submission.submitted_at or now, released_at=now
    )
    return Feedback.objects.create(
        submission=submission, text=text, released_at=now, **{"kind": "recommend", **values}
    )
