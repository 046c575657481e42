"""Self-assessments of the demonstration: one being written, some sent in long ago."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import begin_submission
from benchside.assessment.figures import prefill
from benchside.assessment.models import (
    Contributor,
    Evidence,
    Feedback,
    Serves,
    SignOff,
    StandardVersion,
    Statement,
    StatementVersion,
    Submission,
)
from benchside.assessment.signatures import freeze
from benchside.core.actions import SYSTEM
from benchside.impact.charters import actions, queries
from benchside.impact.charters import demo_words as words
from benchside.impact.charters.deadlines import months_on, round_key
from benchside.impact.enums import ActionState, Delivery, PlanState
from benchside.impact.models import Action, Cycle, Plan, PlanNumbers, Success


def begin(cycle: Cycle, on: datetime) -> Submission:
    """As if it had been begun on a day."""
    charter = cycle.signatory.charter
    form = queries.rulebook(charter).on(cycle.due_on).stage(cycle.stage).standard
    version = StandardVersion.objects.in_force(form)
    if version is None:
        raise ValueError(f"{form} is not loaded.")
    made = begin_submission(
        actor=SYSTEM,
        version=version,
        organisation=cycle.signatory.organisation,
        purpose=f"stage-{cycle.stage}",
        round_key=round_key(cycle.due_on),
    )
    Submission.objects.filter(pk=made.pk).update(created_at=on)
    cycle.submission = made
    cycle.save(update_fields=["submission"])
    return made


def write(submission: Submission, said: Mapping[str, str], by: User, on: datetime) -> None:
    name = submission.organisation.name if submission.organisation else ""
    for statement in submission.statements.all():
        text = said.get(statement.criterion, "").format(name=name)
        if not text:
            continue
        Statement.objects.filter(pk=statement.pk).update(
            text=text, number=1, changed_at=on, changed_by=by.person_id
        )
        StatementVersion.objects.create(
            statement=statement, number=1, text=text, saved_at=on, saved_by=by.person_id
        )


def show(submission: Submission, by: User, on: datetime) -> None:
    """A link for each question that asks for something that shows it."""
    slug = submission.organisation.slug if submission.organisation else "nowhere"
    for criterion in submission.version.standard.criteria:
        if criterion.evidence.at_least:
            piece = Evidence.objects.create(
                submission=submission, kind="link", title=f"Report: {criterion.title.lower()}",
                url=f"https://{slug}.benchside.example/technicians/{criterion.key}/",
                added_at=on, added_by=by.person_id,
            )  # fmt: skip
            Serves.objects.create(evidence=piece, criterion=criterion.key, how="Page 2 and 3")


def writing(cycle: Cycle, leader: User) -> Submission:
    """Most is written, the figures are there, one of them overruled; the voice is still to come."""
    now = timezone.now()
    made = begin(cycle, now - timedelta(days=50))
    write(made, words.OURS, leader, now - timedelta(days=3))
    if not made.figures.exists():
        prefill(made)
    own = made.figures.filter(measure="organisations.public").first()
    if own is not None:
        own.own_value = (own.value or 0) + 3
        own.own_reason = "Three agreed this week; their pages are not up yet."
        own.own_by = leader.person_id
        own.save()
    deputy = User.objects.filter(email=leader.email.replace("lead@", "deputy@")).first()
    if deputy is not None and deputy != leader:
        Contributor.objects.get_or_create(submission=made, user=deputy, criterion="voice")
    return made


def sent(cycle: Cycle, leader: User, on: datetime, said: Mapping[str, str]) -> Submission:
    """Written, signed twice and sent in on a day, with a plan of five actions."""
    plan_of_five(cycle, leader, on.date())
    made = begin(cycle, on - timedelta(days=80))
    write(made, said, leader, on - timedelta(days=20))
    show(made, leader, on - timedelta(days=20))
    _sign_and_send(made, leader, on)
    actions.follow(cycle=cycle)
    return made


def _sign_and_send(made: Submission, leader: User, on: datetime) -> None:
    frozen = freeze(made)
    for days, step in zip((6, 3), ("steering", "executive"), strict=True):
        SignOff.objects.create(
            submission=made, frozen=frozen, step=step, signed_by=leader.person_id,
            signed_as=leader.get_full_name(), signed_at=on - timedelta(days=days),
        )  # fmt: skip
    Submission.objects.filter(pk=made.pk).update(
        state="submitted", submitted_at=on, submitted_by=leader.person_id
    )
    made.refresh_from_db()


def released(
    submission: Submission,
    on: date,
    praise: Sequence[tuple[str, str]],
    answers: Sequence[str],
) -> None:
    """Read by its reviewers, who wrote back on a day; answered as far as there are answers."""
    at = timezone.now() - (timezone.localdate() - on)
    Submission.objects.filter(pk=submission.pk).update(state="reviewed", released_at=at)
    for criterion, text in praise:
        Feedback.objects.create(
            submission=submission, kind="commend", criterion=criterion, text=text, released_at=at
        )
    for number, (area, text) in enumerate(words.ADVICE):
        answer = answers[number] if number < len(answers) else ""
        Feedback.objects.create(
            submission=submission, kind="recommend", area=area, text=text, released_at=at,
            response=answer, responded_at=at + timedelta(days=20) if answer else None,
        )  # fmt: skip


def first_stage(cycle: Cycle, leader: User) -> None:
    """What the university sent in for its first stage, what it was told, what it answered."""
    closed = cycle.closed_at
    on = timezone.now() - (timezone.localdate() - cycle.due_on) - timedelta(days=12)
    made = begin(cycle, on - timedelta(days=90))
    write(made, words.BEFORE, leader, on - timedelta(days=25))
    _sign_and_send(made, leader, on)
    at = on + timedelta(days=70)
    Submission.objects.filter(pk=made.pk).update(state="reviewed", released_at=at)
    answers = iter(words.FIRST_ANSWERS)
    for kind, where, text in words.FIRST_FEEDBACK:
        answer = next(answers, "") if kind == "recommend" else ""
        Feedback.objects.create(
            submission=made, kind=kind, text=text, released_at=at, response=answer,
            area="" if kind == "commend" else where,
            criterion=where if kind == "commend" else "",
            responded_at=at + timedelta(days=15) if answer else None,
        )  # fmt: skip
    Cycle.objects.filter(pk=cycle.pk).update(closed_at=closed)


def plan_of_five(cycle: Cycle, leader: User, day: date) -> Plan:
    """A small plan, agreed when it was sent in."""
    organisation = cycle.signatory.organisation
    plan, is_new = Plan.objects.get_or_create(
        cycle=cycle,
        defaults={
            "organisation": organisation,
            "title": f"Technicians’ plan, stage {cycle.stage}",
            "starts_on": day,
            "ends_on": months_on(day, cycle.plan_months),
            "state": PlanState.AGREED,
            "agreed_at": timezone.now(),
        },
    )
    if not is_new:
        return plan
    for number, (code, area, title) in enumerate(words.ACTIONS):
        state = ActionState.COMPLETE if number == 1 else ActionState.IN_PROGRESS
        action = Action.objects.create(
            plan=plan, code=code, areas=[area], title=title, owner=leader,
            owner_post="Head of technical services", state=state, starts_on=day,
            due_on=months_on(day, 6 + 4 * number), position=number, number=1,
            text=f"{title}, and say each term how far it is.",
            delivery=Delivery.BLUE if number == 1 else Delivery.GREEN,
        )  # fmt: skip
        Success.objects.create(
            action=action, title="How many", unit="people", baseline=2 + number, baseline_on=day,
            target=12 + number, target_on=action.due_on, source="Staff list",
            denominator="all technicians",
        )  # fmt: skip
        PlanNumbers.objects.get_or_create(
            organisation=organisation, letter=code[0], defaults={"last": 1}
        )
    return plan


def publish_plan(cycle: Cycle) -> None:
    Plan.objects.filter(cycle=cycle).update(published_at=timezone.now() - timedelta(days=90))
