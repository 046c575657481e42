"""Asking people without an account to speak for a submission, and taking what they say.

What they say goes to whoever reviews. Those who asked learn that it came, and never what it says.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from benchside.assessment import writing_rules as rules
from benchside.assessment.content import spoken_of
from benchside.assessment.interests import accounts_behind
from benchside.assessment.limits import whole
from benchside.assessment.models import Submission, Supporter, SupporterStatement
from benchside.assessment.showing import links, people
from benchside.assessment.standards import SupporterRules
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting

TIMES = 3  # how many may be asked for each that is wanted
LONGEST = 4000


def ask_supporter(
    *,
    actor: Actor,
    submission: Submission,
    name: str,
    email: str,
    relation: str = "",
    employer: str = "",
) -> Supporter:
    """Ask somebody to speak for it. Afterwards: they get a link by e-mail.

    Raises Denied; Refused when the standard wants nobody, they were asked already, or they write
    it themselves.
    """
    with acting("supporter.ask", actor=actor, subject=submission, may=rules.can_lead) as act:
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        wanted = _refuse_unwanted(held)
        email = _address(email)
        if held.supporters.filter(email__iexact=email).exists():
            raise Refused("They were asked already.", "Send the link again from the list.")
        most = held.version.standard.supporters_on(held.route) * TIMES
        if held.supporters.count() >= most:
            raise Refused(
                f"{most} people were asked already.",
                "Take back one that did not answer, then ask another.",
            )
        _refuse_writers(held, email)
        now = timezone.now()
        made = Supporter.objects.create(
            submission=held,
            name=_named(name),
            email=email,
            relation=whole(relation, 120, "How they know the work"),
            employer=whole(employer, 160, "Where they work"),
            token_digest=links.digest(links.token_for(held, email, now)),
            asked_at=now,
            expires_at=now + timedelta(days=wanted.days),
            asked_by=actor.person_id,
        )
        _send(made, "supporter_asked")
        act.note(supporter=made.pk)
    return made


def _named(name: str) -> str:
    kept = whole(" ".join(name.split()), 120, "The name")
    if not kept:
        raise Refused("The name is missing.", "Say who they are.")
    return kept


def _address(email: str) -> str:
    kept = email.strip()
    try:
        validate_email(kept)
    except ValidationError as error:
        raise Refused("This is no e-mail address.", "One looks like name@example.org.") from error
    return kept


def _refuse_unwanted(submission: Submission) -> SupporterRules:
    wanted = submission.version.standard.supporters
    if wanted is None or not submission.version.standard.supporters_on(submission.route):
        raise Refused("Nobody is asked to speak for this one.", "Send it in without.")
    if not submission.is_open:
        raise Refused("This was sent in already.", "Nobody else can be asked now.")
    return wanted


def _refuse_writers(submission: Submission, email: str) -> None:
    """Whoever writes it or signs it does not speak for it, by whichever of their addresses."""
    leaders = people.leaders_of(submission)
    writers = {one.pk for one in leaders} | {one.user_id for one in submission.contributors.all()}
    at_work = submission.technician.work_email if submission.technician else ""
    if accounts_behind({email}) & writers or email.lower() == at_work.lower():
        raise Refused("They write this themselves.", "Ask somebody who sees the work from outside.")


def resend_supporter(*, actor: Actor, supporter: Supporter) -> None:
    """Send a new link; the old one stops. Raises Denied; Refused once they have answered."""
    submission = supporter.submission
    with acting("supporter.resend", actor=actor, subject=submission, may=rules.can_lead) as act:
        wanted = _refuse_unwanted(submission)
        held = _unanswered(supporter)
        now = timezone.now()
        held.asked_at, held.expires_at = now, now + timedelta(days=wanted.days)
        held.token_digest = links.digest(links.token_of(held))
        held.asked_by = actor.person_id
        held.save(update_fields=["asked_at", "expires_at", "token_digest", "asked_by"])
        _send(held, "supporter_asked")
        act.note(supporter=held.pk)
    supporter.refresh_from_db()


def withdraw_supporter(*, actor: Actor, supporter: Supporter) -> None:
    """Take the question back, and forget who was asked. What was answered stays.

    Raises Denied, Refused.
    """
    submission = supporter.submission
    with acting("supporter.withdraw", actor=actor, subject=submission, may=rules.can_lead) as act:
        held = Supporter.objects.select_for_update().get(pk=supporter.pk)
        if held.answered_at is not None:
            raise Refused(
                "They have answered, and what they said stays.", "Ask another person beside them."
            )
        act.note(supporter=held.pk)
        held.delete()


def answer_support(*, actor: Actor, supporter: Supporter, texts: Mapping[str, str]) -> None:
    """Say something of each area, once and for all. Afterwards: those who asked hear that it came.

    Raises Denied; Refused for a link that has lapsed, an area left out, or nothing said.
    """
    with acting(
        "supporter.answer", actor=actor, subject=supporter, may=links.holds_this_link
    ) as act:
        held = _answering(supporter)
        standard = held.submission.version.standard
        areas = {area.key: area.title for area in spoken_of(held.submission)}
        said = {key: text for key, text in texts.items() if key in areas and text.strip()}
        left = [title for key, title in areas.items() if key not in said]
        is_each = standard.supporters is not None and standard.supporters.per_area
        if not said or (is_each and left):
            raise Refused(f"Nothing is said of “{left[0]}”.", "Say something there, then send it.")
        SupporterStatement.objects.bulk_create(
            SupporterStatement(
                supporter=held,
                area=key,
                text=whole(text, LONGEST, f"What you say of “{areas[key]}”"),
            )
            for key, text in said.items()
        )
        held.answered_at = timezone.now()
        held.save(update_fields=["answered_at"])
        _tell_writers(held, "supporter_answered")
        act.note(areas=len(said))
    supporter.refresh_from_db()


def decline_support(*, actor: Actor, supporter: Supporter) -> None:
    """Say no. Afterwards: those who asked hear of it. Raises Denied, Refused."""
    with acting("supporter.decline", actor=actor, subject=supporter, may=links.holds_this_link):
        held = _answering(supporter)
        held.declined_at = timezone.now()
        held.save(update_fields=["declined_at"])
        _tell_writers(held, "supporter_declined")
    supporter.refresh_from_db()


def ask_for_new_link(*, actor: Actor, supporter: Supporter) -> None:
    """Ask whoever asked for a new link. Afterwards: they get a mail. Raises Denied, Refused."""
    with acting("supporter.ask_again", actor=actor, subject=supporter, may=links.holds_this_link):
        held = _unanswered(supporter)
        if links.works(held):
            raise Refused("This link still works.", "Open it again.")
        if not held.submission.is_open:
            raise Refused("No answer is needed any more.", "Thank you; nothing more is to do.")
        _tell_writers(held, "supporter_asks_again")


def _unanswered(supporter: Supporter) -> Supporter:
    """The record as it stands, locked. Raises Refused once they have said something."""
    held = Supporter.objects.select_for_update().get(pk=supporter.pk)
    if held.answered_at is not None:
        raise Refused("This was answered already.", "Nothing more is to do.")
    if held.declined_at is not None:
        raise Refused("They said no.", "Ask another person.")
    return held


def _answering(supporter: Supporter) -> Supporter:
    held = _unanswered(supporter)
    if not links.works(held):
        raise Refused("This link has lapsed.", "Copy what you typed, and ask for a new link below.")
    if not held.submission.is_open:
        raise Refused("It was sent in already.", "Thank you; nothing more is to do.")
    return held


# --- mail -----------------------------------------------------------------------------------------
def _send(supporter: Supporter, letter: str) -> None:
    mail.send(f"assessment/{letter}", supporter.email, letter_to(supporter))


def letter_to(supporter: Supporter) -> dict[str, Any]:
    """What a letter to a supporter says."""
    submission = supporter.submission
    asked_by = people.account_of(supporter.asked_by)
    return {
        "name": supporter.name,
        "asked_by": asked_by.name if asked_by else "",
        "is_own": asked_by is not None and rules.is_holder(Actor.of(asked_by), submission),
        "holder": people.name_of_holder(submission),
        "standard": submission.version.title,
        "until": timezone.localdate(supporter.expires_at),
        "link": links.address_of(supporter),
    }


def _tell_writers(supporter: Supporter, letter: str) -> None:
    submission = supporter.submission
    asked_by = people.account_of(supporter.asked_by)
    addresses = [asked_by.email] if asked_by else people.writers_to_tell(submission)
    address = reverse("assessment:supporters", args=[submission.key])
    for one in addresses:
        mail.send(
            f"assessment/{letter}",
            one,
            {
                "supporter": supporter.name,
                "holder": people.name_of_holder(submission),
                "standard": submission.version.title,
                "link": f"{settings.BASE_URL}{address}",
            },
        )
