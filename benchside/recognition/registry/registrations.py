"""What this part offers the others, registered at start-up."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.awarding.offers import (
    AwardDesk,
    ClockHold,
    RenewalWords,
    award_desks,
    clock_holds,
    renewal_words,
)
from benchside.assessment.awarding.queries import state_of
from benchside.assessment.barriers import SeatBarrier, seat_barriers
from benchside.assessment.events import AWARD_CHANGED
from benchside.assessment.models import Award, Reviewer, Submission
from benchside.assessment.reviewing.queries import is_trained
from benchside.core.registries import (
    Panel,
    Plain,
    Subscription,
    erasure_terms,
    own_desks,
    panels,
    personal_data_exports,
    subscriptions,
)
from benchside.recognition.entries.notices import NoticeSource, notices
from benchside.recognition.events import FEE_SETTLED
from benchside.recognition.models import Entry, Register
from benchside.recognition.registers.upkeep import upkeep
from benchside.recognition.registry import clock, forgetting, mails, outliving, queries, tasks
from benchside.recognition.registry.actions import (
    come_back_if_ready,
    drop_years_that_never_came,
    end_overtaken,
    renew_if_ready,
)
from benchside.recognition.registry.actions.moves import has_open_case
from benchside.recognition.registry.checks import CHECKS, missing_of, renewal_checks, waits_for_us
from benchside.recognition.registry.own import DESKS, UPKEEP
from benchside.recognition.registry.own_queues import OWN
from benchside.recognition.registry.queues import queues

__all__ = ["register", "tasks"]  # named, so that the clock knows them from the start


def when_changed(payload: Mapping[str, Plain]) -> None:
    """What belonged to the state before ends, also what was proposed; the person gets a letter."""
    found = Entry.objects.filter(award__number=str(payload["number"]))
    entry = found.select_related("award__version", "award__technician__account", "register").first()
    if entry is None:
        return
    event = entry.award.events.changes().order_by("-number").first()
    if event is None:
        return
    clock.end_what_is_over(entry, event.effective_on)
    end_overtaken(entry=entry)
    drop_years_that_never_came(entry=entry)
    state = state_of(entry.award)
    by_the_clock = event.actor is None and state.stands and not _begins_period(entry, event.verb)
    is_newest = payload["link"] == event.number  # of several changes at once, one letter
    if is_newest and event.verb != "grant" and state.public and not by_the_clock:
        mails.entry_changed(entry, event)


def _begins_period(entry: Entry, verb: str) -> bool:
    found = entry.award.version.standard.award
    return any(one.verb == verb and one.new_period for one in found.moves) if found else False


CHANGED = Subscription(
    key="recognition.registry_changed", event=AWARD_CHANGED.key, handle=when_changed
)


def desk_url(award: Award) -> str:
    entry = Entry.objects.select_related("register").filter(award=award).first()
    return (
        reverse("recognition:desk_entry", args=[entry.register.slug, award.number]) if entry else ""
    )


def missing_words(award: Award) -> str:
    entry = Entry.objects.select_related("award__version", "register").filter(award=award).first()
    found = missing_of(entry) if entry else []
    return found[0].what if found else ""


def holds(award: Award) -> bool:
    """Nobody lapses for what waits for us, nor out of what is being looked into: a lapse says
    nothing bad about anybody, and while a concern is open nobody can say that."""
    entry = Entry.objects.select_related("award__version", "register").filter(award=award).first()
    return entry is not None and (waits_for_us(entry) or has_open_case(entry))


def untrained(submission: Submission, users: Sequence[User]) -> Mapping[int, Sequence[str]]:
    """Only somebody trained for the register, whose training holds, sits on an application."""
    standard = submission.version.key
    if not Register.objects.filter(standard=standard).exists():
        return {}
    found = Reviewer.objects.filter(user__in=[one.pk for one in users], is_active=True)
    trained = {one.user_id: one for one in found if standard in one.standards}
    return {one.pk: why for one in users if (why := _why_not(trained.get(one.pk)))}


def _why_not(reviewer: Reviewer | None) -> list[str]:
    if reviewer is None:
        return ["They are not trained for this register"]
    if reviewer.refresh_by and not is_trained(reviewer):
        return [f"Their training was to be refreshed by {reviewer.refresh_by:%-d %B %Y}"]
    return []


def when_settled(payload: Mapping[str, Plain]) -> None:
    """The fee of a year, or of coming back, is settled: what waited for it alone is done."""
    if payload["entry"] is None:
        return
    found = Entry.objects.filter(pk=int(str(payload["entry"])))
    for entry in found.select_related("award", "register"):
        renew_if_ready(entry=entry)
        come_back_if_ready(entry=entry)


SETTLED = Subscription(
    key="recognition.registry_settled", event=FEE_SETTLED.key, handle=when_settled
)


def own_links(number: str, _: UUID | None) -> Mapping[str, Any]:
    renew, life = (
        reverse(f"recognition:{name}", args=[number]) for name in ("renew_entry", "my_life")
    )
    return {
        "heading": "Your place on it",
        "things": [
            ("Renew for the next year", "What is there, and the one thing that is missing.", renew),
            ("A break, leaving, coming back", "What you can ask for, and what you asked.", life),
        ],
    }


OWN_PAGE = Panel(
    key="recognition.registry",
    place="recognition.my_entry",
    title="Your place on it",
    template="recognition/registers/panels/links.html",
    context=own_links,
    order=10,
)


def register() -> None:
    subscriptions.register(SETTLED)
    own_desks.register(DESKS)
    for one in UPKEEP:
        upkeep.register(one)
    panels.register(OWN_PAGE)
    personal_data_exports.register(forgetting.OURS)
    erasure_terms.register(outliving.TERMS)
    subscriptions.register(CHANGED)
    award_desks.register(AwardDesk(key="recognition.registry", url=desk_url))
    renewal_words.register(RenewalWords(key="recognition.registry", missing=missing_words))
    clock_holds.register(ClockHold(key="recognition.registry", holds=holds))
    seat_barriers.register(SeatBarrier(key="recognition.trained", reasons=untrained))
    notices.register(NoticeSource(key="recognition.sanctions", of=queries.notices, order=10))
    for check in CHECKS:
        renewal_checks.register(check)
    for queue in OWN:
        queues.register(queue)
