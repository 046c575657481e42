"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from benchside.assessment import writing_rules
from benchside.assessment.awarding.offers import AwardHome, award_homes
from benchside.assessment.barriers import Barrier, barriers
from benchside.assessment.embargo import Embargo, embargoes
from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Award, Submission
from benchside.core.actions import Actor
from benchside.core.registries import (
    PagePurge,
    PersonalDataExport,
    Plain,
    own_desks,
    own_todos,
    page_purges,
    personal_data_exports,
)
from benchside.recognition.credentials.designs import BadgeDesign, badge_designs
from benchside.recognition.enums import NominationState
from benchside.recognition.events import ROUND_CHANGED
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import forgetting, rules, states, tasks
from benchside.recognition.nominations.own import DESKS, TO_DO

__all__ = ["register", "states", "tasks"]  # named, so that what goes by the clock is known early


def pages_of_rounds(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/nominations/*",)


PURGE = PagePurge(key="recognition.nominations", event=ROUND_CHANGED.key, addresses=pages_of_rounds)


def closed(submission: Submission, verb: str, actor: Actor) -> Sequence[str]:
    """After the last day nothing is sent in, but what an officer sent back to be completed: until
    the shortlist is shown."""
    if verb != "submit":
        return ()
    found = Nomination.objects.filter(submission=submission).select_related("round").first()
    if found is None or found.round.is_open:
        return ()
    if submission.state == SubmissionState.RETURNED and not found.round.shows_shortlist:
        return ()
    return (f"The last day was {found.round.closes_on:%-d %B %Y}.",)


def is_nominated(submission: Submission) -> bool:
    return Nomination.objects.filter(submission=submission).exists()


def is_announced(submission: Submission) -> bool:
    return not Nomination.objects.filter(submission=submission, round__announced_at=None).exists()


EMBARGO = Embargo(key="recognition.nominations", covers=is_nominated, is_over=is_announced)
BARRIER = Barrier(key="recognition.nominations", reasons=closed)


def is_prize(standard: str) -> bool:
    return NominationRound.objects.filter(standard=standard).exists()


def _won(award: Award) -> Nomination | None:
    found = Nomination.objects.filter(submission=award.submission_id, state=NominationState.WON)
    return found.select_related("round").first() if award.submission_id else None


def url_of(award: Award) -> str:
    """The page of its round, which names the winners."""
    won = _won(award)
    if won is None:
        return reverse("recognition:nomination_rounds")
    return reverse("recognition:nomination_round", args=[won.round.slug])


def public_name_of(award: Award) -> str | None:
    """As they agreed to be named; of whoever was erased nobody outside knows any more."""
    won = _won(award)
    return (won.name or None) if won else None


def readers_of(award: Award) -> Sequence[str]:
    """A winner has an account, and is written to there."""
    return ()


HOME = AwardHome(
    key="recognition.nominations",
    covers=is_prize,
    url=url_of,
    renew_url=url_of,  # a prize has no end
    write_to=readers_of,
    public_name=public_name_of,
    can_renew=lambda _: False,
    order=50,
)


DESIGN = BadgeDesign(
    key="recognition.nominations",
    covers=is_prize,
    achievement_type="Award",
    said="Winner",
    order=40,
)


FORGETTING = PersonalDataExport(
    key="recognition.nominations",
    title="Nominations",
    export=forgetting.export,
    erase=forgetting.erase,
    order=230,  # before the engine's pages of writing, and long before the account
)


def register() -> None:
    award_homes.register(HOME)
    badge_designs.register(DESIGN)
    barriers.register(BARRIER)
    embargoes.register(EMBARGO)
    own_desks.register(DESKS)
    own_todos.register(TO_DO)
    page_purges.register(PURGE)
    personal_data_exports.register(FORGETTING)
    writing_rules.leads.append(rules.may_lead)
    writing_rules.signers.append(rules.may_sign)
