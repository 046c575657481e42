"""What can be done with nominations, one function a verb."""

from datetime import date, datetime, timedelta

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

MOST_A_DAY = 20  # letters to nominees, by one account
MOST_TO_ONE = 3  # letters to one address in a day, whoever asks
RUNNING = (
    NominationState.ASKED, NominationState.BESIDE, NominationState.AGREED,
    NominationState.SHORTLISTED,
)  # fmt: skip
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
    them. Whom somebody else has proposed gets none, and nobody is told: it stands beside.

    Raises Denied; Refused outside the days, for oneself, for whoever one proposed before, and for
    too many letters in a day.
    """
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
        _refuse_flood(actor.account, email)
        same = round_.nominations.filter(category=category, email=email.lower())
        if same.filter(nominator=actor.account, state__in=RUNNING).exists():
            raise Refused(
                "You have nominated them in this category already.", "One nomination is enough."
            )
        made = Nomination(
            round=round_,
            category=category,
            nominator=actor.account,
            name=whole(name, 120, "The name"),
            email=email.lower(),
            why=whole(why, 1200, "Why"),
            token_digest=links.digest(token),
        )
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            made.state = NominationState.BESIDE
            made.save()
        else:
            mails.ask_nominee(made, token)
        act.about(made)
    return made


def _refuse_flood(nominator: User, email: str) -> None:
    """Each nomination is a letter to an address that somebody typed: nobody sends many, and nobody
    gets many. What was taken back counts too, the letter went out."""
    User.objects.select_for_update().get(pk=nominator.pk)  # two at once are counted one by one
    today = Nomination.objects.filter(asked_at__gt=timezone.now() - timedelta(days=1))
    if today.filter(nominator=nominator).count() >= MOST_A_DAY:
        raise Refused(
            f"You have nominated {MOST_A_DAY} people since yesterday.", "Nominate more tomorrow."
        )
    sent = today.exclude(state=NominationState.BESIDE)
    if sent.filter(email__iexact=email).count() >= MOST_TO_ONE:
        raise Refused("They had several letters from us since yesterday.", "Try again tomorrow.")


def agree(
    *,
    actor: Actor,
    nomination: Nomination,
    technician: Technician,
    name: str,
    is_me: bool = False,
) -> None:
    """Say yes to being nominated, and under which name. Afterwards: the nominator is told that
    name, and may write.

    `actor` holds the link, or has the address it went to; the record is whoever's is signed in.
    `is_me`: they say that the address is theirs too. Raises Denied, Overtaken; Refused once the
    round is closed, for the nominator's own record, and for the record of somebody whose proven
    addresses do not include the one it went to, until they say that it is theirs.
    """
    round_ = nomination.round
    if not round_.is_open:
        raise Refused("The round is closed.", "Thank you all the same.")
    if nomination.nominator_id and technician.account_id == nomination.nominator_id:
        raise Refused("This is your own nomination of somebody else.", "They say yes themselves.")
    is_other = not _has_its_address(technician, nomination)
    if is_other and not is_me:
        raise Refused("The letter went to another address.", "Say first whether it is you.")
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
        asked_as = nomination.name
        move(
            table=NOMINATIONS, subject=nomination, verb="agree", actor=actor, columns=columns,
            detail={"other_address": is_other},
        )  # fmt: skip
        if nomination.nominator is not None:
            add_contributor(actor=SYSTEM, submission=submission, user=nomination.nominator)
        mails.answered(nomination, asked_as=asked_as, other=technician.name if is_other else "")


def _has_its_address(technician: Technician, nomination: Nomination) -> bool:
    account = technician.account
    return account is not None and rules.is_written_to(Actor.of(account), nomination)


def say_no(*, actor: Actor, nomination: Nomination) -> None:
    """Say no; the nominator is told. Raises Denied, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="say-no", actor=actor)
        mails.answered(nomination)


def take_back(*, actor: Actor, nomination: Nomination) -> None:
    """Take it back, as nominator or nominee. Afterwards: where the nominator did, and somebody else
    has proposed them too, they are asked on that one's behalf. Raises Denied, NoSuchMove,
    Overtaken."""
    was_beside = nomination.state == NominationState.BESIDE
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="take-back", actor=actor)
        by_nominator = nomination.nominator is not None and actor.account == nomination.nominator
        if by_nominator and not was_beside:
            _come_forward(nomination)
        _end_writing(nomination)
        publish(ROUND_CHANGED.key, round=nomination.round.slug)


def _come_forward(gone: Nomination) -> None:
    """The first of those who proposed the same person takes the place of one that is gone."""
    if not gone.round.is_open:
        return
    beside = gone.round.nominations.filter(
        category=gone.category, email=gone.email, state=NominationState.BESIDE
    )
    if (found := beside.order_by("asked_at", "pk").first()) is None:
        return
    token = links.new_token()
    columns = {"token_digest": links.digest(token), "asked_at": timezone.now()}
    move(table=NOMINATIONS, subject=found, verb="come-forward", actor=SYSTEM, columns=columns)
    mails.ask_nominee(found, token)


def put_on_shortlist(*, actor: Actor, nomination: Nomination) -> None:
    """Raises Denied, NeedsMore while its judges are not done, Overtaken."""
    with transaction.atomic():
        move(table=NOMINATIONS, subject=nomination, verb="shortlist", actor=actor)
        publish(ROUND_CHANGED.key, round=nomination.round.slug)


def take_off_shortlist(*, actor: Actor, nomination: Nomination) -> None:
    """As if they had never stood on it: it is not shown afterwards either. Raises Denied,
    NoSuchMove, Overtaken."""
    with transaction.atomic():
        columns = {"shortlisted_at": None}
        move(table=NOMINATIONS, subject=nomination, verb="unlist", actor=actor, columns=columns)
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
    _end_writing(nomination)
    mails.announced(nomination)


def _end_writing(nomination: Nomination) -> None:
    """What is still written or judged of it is wanted by nobody now: it leaves every desk."""
    submission = nomination.submission
    if submission is not None and submission.state not in CLOSED:
        withdraw_submission(actor=SYSTEM, submission=submission)
