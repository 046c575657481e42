"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from benchside.assessment.afresh import Afresh, afresh
from benchside.assessment.barriers import barriers
from benchside.assessment.enums import SubmissionState
from benchside.assessment.events import STANDARD_PUBLISHED, SUBMISSION_MOVED
from benchside.assessment.narrowing import narrowings
from benchside.assessment.showing.forgetting import beside
from benchside.core.registries import (
    PagePurge,
    Panel,
    Plain,
    Subscription,
    own_todos,
    page_purges,
    panels,
    personal_data_exports,
    subscriptions,
)
from benchside.recognition.events import REGISTERS_CHANGED
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers import actions, loading, queries, states, tasks
from benchside.recognition.registers.barriers import BARRIER
from benchside.recognition.registers.bodies import OF_ANOTHER_BODY
from benchside.recognition.registers.exports import BESIDE, EXPORT
from benchside.recognition.registers.upkeep import TO_DO
from benchside.recognition.registry.outliving import namesakes_of

__all__ = ["register", "states", "tasks"]  # named, so that tables and the clock are known early


# --- what the engine tells ----------------------------------------------------------------------
def when_moved(payload: Mapping[str, Plain]) -> None:
    found = RegisterApplication.objects.filter(submission__key=str(payload["submission"]))
    for application in found.select_related("register", "submission__version"):
        if payload["state"] == SubmissionState.SUBMITTED:
            actions.take_in(application=application)
        if payload["state"] == SubmissionState.APPROVED:
            actions.take_up_approval(application=application)


def when_published(payload: Mapping[str, Plain]) -> None:
    loading.make_register(str(payload["standard"]))


LISTENERS = (
    Subscription(key="recognition.applications", event=SUBMISSION_MOVED.key, handle=when_moved),
    Subscription(
        key="recognition.first_registers", event=STANDARD_PUBLISHED.key, handle=when_published
    ),
)


def pages_of_registers(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/registers/*",)


PURGES = tuple(
    PagePurge(key=f"recognition.registers.{event}", event=event, addresses=pages_of_registers)
    for event in (REGISTERS_CHANGED.key, STANDARD_PUBLISHED.key)
)


# --- beside the form ----------------------------------------------------------------------------
def beside_form(key: str, _: UUID | None) -> Mapping[str, Any] | None:
    """Which application a form is, and the way back to its page."""
    found = RegisterApplication.objects.filter(submission__key=key)
    one = found.select_related("body", "submission__version").first()
    if one is None:
        return None
    route = queries.route_of(one)
    return {
        "number": one.number,
        "name": one.name,
        "body": one.body.name,
        "route": route.title if route else "",
        "interview": route is not None and route.interview,
    }


def beside_signing(key: str, _: UUID | None) -> Mapping[str, Any] | None:
    """What will stand on the register, where it is read through, signed and sent in."""
    found = RegisterApplication.objects.filter(submission__key=key)
    one = found.select_related("register", "body", "submission").first()
    if one is None:
        return None
    return {"application": one, "may_change": queries.may_change_details(one)}


def beside_case(key: str, _: UUID | None) -> Mapping[str, Any] | None:
    """For those who decide: which application it is, and what came of its interview. They need
    not have the registrar's duty, so they read it here."""
    found = RegisterApplication.objects.filter(submission__key=key)
    one = found.select_related("register", "body", "submission__version").first()
    if one is None:
        return None
    route = queries.route_of(one)
    talks = route is not None and route.interview
    return {
        "application": one,
        "route": route,
        "held": queries.interview_of(one.submission) if talks else None,
        "talks": talks,
        "before": one.submission.interviews.filter(set_aside_at__isnull=False) if talks else [],
        "namesakes": [known for known in namesakes_of(one) if known.is_told],
    }


PANELS = (
    Panel(
        key="recognition.application",
        place="assessment.form",
        title="Your application",
        template="recognition/registers/panels/form.html",
        context=beside_form,
    ),
    Panel(
        key="recognition.signing",
        place="assessment.signing",
        title="What will stand on the register",
        template="recognition/registers/panels/signing.html",
        context=beside_signing,
    ),
    Panel(
        key="recognition.case",
        place="assessment.case",
        title="The application",
        template="recognition/registers/panels/case.html",
        context=beside_case,
    ),
)


def register() -> None:
    own_todos.register(TO_DO)
    for panel in PANELS:
        panels.register(panel)
    personal_data_exports.register(EXPORT)
    beside.register(BESIDE)
    barriers.register(BARRIER)
    afresh.register(Afresh(key="recognition.interview", set_aside=actions.set_aside_interview))
    narrowings.register(OF_ANOTHER_BODY)
    for listener in LISTENERS:
        subscriptions.register(listener)
    for purge in PURGES:
        page_purges.register(purge)
