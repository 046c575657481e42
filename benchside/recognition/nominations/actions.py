"""What can be done with nominations, one function a verb."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions import (
    add_contributor,
    begin_submission,
    grant_award,
    withdraw_submission,
)
from benchside.assessment.actions.awards import Given
from benchside.assessment.limits import whole
from benchside.assessment.models.submissions import CLOSED
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.people.models import Technician
from benchside.recognition.enums import NominationState
from benchside.recognition.events import ROUND_CHANGED
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import links, mails, queries, rules
from benchside.recognition.nominations.states import NOMINATIONS, has_won

EDITABLE = ("name", "about", "who", "opens_on", "closes_on", "shortlist_on", "announce_at")


def begin_round(
    *,
    actor: Actor,
    slug: str,
    name: str,
    standard: str,
    opens_on: date,
    closes_on: date,
    shortlist_on: date,
    announce_at: datetime,
    about: str = "",
    who: str = "",
) -> NominationRound:
    """Begin a round of an award. Raises Denied; Refused for days out of order, or an address that
    is taken."""
    made = NominationRound(
        slug=slug,
        name=whole(name, 120, "The name"),
        standard=standard,
        about=whole(about, 4000, "What it is about"),
        who=whole(who, 300, "Who may be nominated"),
        opens_on=opens_on,
        closes_on=closes_on,
        shortlist_on=shortlist_on,
        announce_at=announce_at,
    )
    _refuse_order(made)
    with acting("nominations.begin", actor=actor, subject=made, may=rules.can_run) as act:
        if NominationRound.objects.filter(slug=slug).exists():
            raise Refused("A round has this address already.", "Choose another.")
        made.save()
        act.note(slug=slug)
        publish(ROUND_CHANGED.key, round=slug)
    return made


def change_round(*, actor: Actor, round_: NominationRound) -> None:
    """Keep what the form changed, while the winners are not named. Raises Denied, Refused."""
    _refuse_order(round_)
    with acting("nominations.change", actor=actor, subject=round_, may=rules.can_run):
        held = NominationRound.objects.select_for_update().get(pk=round_.pk)
        if held.announced_at is not None:
            raise Refused("The winners are named.", "A round that is over stays as it was.")
        round_.save(update_fields=EDITABLE)
        publish(ROUND_CHANGED.key, round=round_.slug)


def _refuse_order(one: NominationRound) -> None:
    if one.closes_on < one.opens_on:
        raise Refused("The last day is before the first.", "Look at both days again.")
    if one.shortlist_on <= one.closes_on:
        raise Refused("The shortlist comes after the last day.", "Give the judges some weeks.")
    if timezone.localdate(one.announce_at) < one.shortlist_on:
        raise Refused("The winners are named after the shortlist.", "Give a later day.")


def nominate(
    *, actor: Actor, round_: NominationRound, category: str, name: str, email: str, why: str
) -> Nomination:
    """Propose somebody; nothing more is asked before they have said yes. Afterwards: a letter to
    them. Raises Denied; Refused outside the days, for oneself, and for whoever is proposed."""
    if not isinstance(actor.account, User):
        raise Denied("nomination.make")
    if not round_.is_open:
        raise Refused(f"{round_.name} takes no nominations today.", "Look at its days.")
    if category not in queries.categories_of(round_):
        raise Refused("There is no such category.", "Choose one of those shown.")
    if email.casefold() == actor.account.email.casefold():
        raise Refused("You cannot nominate yourself.", "Ask somebody who knows your work.")
    token = links.new_token()
    with acting("nomination.make", actor=actor, subject=round_, may=rules.can_nominate) as act:
        try:
            with transaction.atomic():
                made = Nomination.objects.create(
                    round=round_,
                    category=category,
                    nominator=actor.account,
                    name=whole(name, 120, "The name"),
                    email=email.lower(),
                    why=whole(why, 1200, "Why"),
                    token_digest=links.digest(token),
                )
        except IntegrityError as error:
            raise Refused(
                "They are nominated in this category already.", "One nomination is enough."
            ) from error
        act.about(made)
        mails.ask_nominee(made, token)
    return made


def agree(*, actor: Actor, nomination: Nomination, technician: Technician, name: str) -> None:
    """Say yes to being nominated, and under which name. Afterwards: the nominator may write.

    `actor` holds the link; the record is whoever's is signed in. Raises Denied, Overtaken;
    Refused once the round is closed, or for the nominator's own record.
    """
    round_ = nomination.round
    if not round_.is_open:
        raise Refused("The round is closed.", "Thank you all the same.")
    if nomination.nominator_id and technician.account_id == nomination.nominator_id:
        raise Refused("This is your own nomination of somebody else.", "They say yes themselves.")
    version = queries.version_of(round_)
    if version is None:
        raise Refused(f"{round_.name} is not ready.", "Come back later.")
    with transaction.atomic():
        submission = begin_submission(
            actor=SYSTEM,
            version=version,
            technician=technician,
            route=nomination.category,
            purpose=round_.slug,
        )
        columns = {
            "technician": technician,
            "submission": submission,
            "name": whole(name, 120, "The name") or nomination.name,
        }
        move(table=NOMINATIONS, subject=nomination, verb="agree", actor=actor, columns=columns)
        if nomination.nominator is not None:
            add_contributor(actor=SYSTEM, submission=submission, user=nomination.nominator)
        mails.answered(nomination)


def say_no(*, actor: Actor, nomination: Nomination) -> None:
    """Say no; the nominator is told. Raises Denied, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="say-no", actor=actor)
        mails.answered(nomination)


def take_back(*, actor: Actor, nomination: Nomination) -> None:
    """Take it back, as nominator or nominee. Raises Denied, NoSuchMove, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="take-back", actor=actor)
        submission = nomination.submission
        if submission is not None and submission.state not in CLOSED:
            withdraw_submission(actor=SYSTEM, submission=submission)
        publish(ROUND_CHANGED.key, round=nomination.round.slug)


def put_on_shortlist(*, actor: Actor, nomination: Nomination) -> None:
    """Raises Denied, NeedsMore while its judges are not done, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="shortlist", actor=actor)
        publish(ROUND_CHANGED.key, round=nomination.round.slug)


def take_off_shortlist(*, actor: Actor, nomination: Nomination) -> None:
    """Raises Denied, NoSuchMove, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="unlist", actor=actor)
        publish(ROUND_CHANGED.key, round=nomination.round.slug)


def announce(*, round_: NominationRound) -> bool:
    """Name the winners of a round whose hour has come, once; False while it has not, or while
    somebody on the shortlist is not decided. Afterwards: awards are granted, letters go out."""
    with transaction.atomic():
        held = NominationRound.objects.select_for_update().get(pk=round_.pk)
        if held.announced_at is not None or timezone.now() < held.announce_at:
            return False
        if queries.undecided(held):
            return False
        held.announced_at = round_.announced_at = timezone.now()
        held.save(update_fields=["announced_at"])
        open_ones = (NominationState.AGREED, NominationState.SHORTLISTED)
        for one in held.nominations.filter(state__in=open_ones).select_related(
            "submission__version", "technician", "nominator", "round"
        ):
            _close(one)
        publish(ROUND_CHANGED.key, round=held.slug)
    return True


def _close(nomination: Nomination) -> None:
    wins = nomination.state == NominationState.SHORTLISTED and has_won(nomination)
    verb = "win" if wins else "not-choose"
    move(table=NOMINATIONS, subject=nomination, verb=verb, actor=SYSTEM)
    if wins and nomination.submission is not None:
        given = Given(
            technician=nomination.technician,
            starts_on=timezone.localdate(),
            submission=nomination.submission,
        )
        grant_award(actor=SYSTEM, version=nomination.submission.version, given=given)
    mails.announced(nomination)
