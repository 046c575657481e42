"""The lead author is asked, and answers by a link that works once; no account, no cookie.

The address is kept for the answer alone: confirmed, disputed, taken back, withdrawn or run out, it
is deleted. Letters go to people who did not ask for them, so there are few: see the limits.
"""

from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from benchside.accounts import queries as accounts
from benchside.accounts import tokens
from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused
from benchside.core.states import move
from benchside.people.models import Technician
from benchside.visibility.credit.actions import end_letter, locked, tell
from benchside.visibility.credit.enums import ContributionState
from benchside.visibility.credit.states import CONTRIBUTIONS
from benchside.visibility.models import Contribution, CreditLetter
from benchside.visibility.models.contributions import letter_end

MOST_LETTERS = 5  # about one contribution, ever
MOST_A_DAY = 20  # of one technician
MOST_TO_ONE = 10  # to one address a day, of all technicians
A_DAY = timedelta(days=1)
BEFORE_AGAIN = timedelta(days=3)

GONE = (
    "This link works no longer. It was used, taken back, or is older than a month.",
    "If the technician still needs your answer, they will ask you again.",
)


def ask_author(
    *, actor: Actor, contribution: Contribution, author_name: str, author_email: str
) -> None:
    """Ask the lead author whether it is so. Afterwards: the letter with the link.

    Raises Denied; Refused for an address of one's own, and beyond the limits.
    """
    with transaction.atomic():
        found = _mine(contribution)
        user = _sender(found)
        if _is_own(user, found.technician, author_email):
            raise Refused("This is an address of your own.", "Give the lead author’s.")
        _check_limits(found, author_email)
        token = tokens.new()
        move(table=CONTRIBUTIONS, subject=found, verb="ask", actor=actor, columns=_counted(found))
        letter = CreditLetter.objects.create(
            contribution=found,
            author_name=author_name,
            author_email=author_email,
            token_hash=tokens.digest(token),
        )
        _send(found, letter, token)
        contribution.refresh_from_db()


def ask_again(*, actor: Actor, contribution: Contribution) -> None:
    """Send the letter anew for a month. The link sent before works no longer.

    Raises Denied; Refused before three days are over and beyond the limits.
    """
    with transaction.atomic():
        found = _mine(contribution)
        letter = _letter(found)
        if letter.sent_at > timezone.now() - BEFORE_AGAIN:
            raise Refused("You asked less than three days ago.", "Give them a little time.")
        _check_limits(found, letter.author_email)
        token = tokens.new()
        move(
            table=CONTRIBUTIONS, subject=found, verb="ask_again", actor=actor,
            columns=_counted(found),
        )  # fmt: skip
        letter.token_hash, letter.sent_at = tokens.digest(token), timezone.now()
        letter.expires_at = letter_end()
        letter.save()
        _send(found, letter, token)
        contribution.refresh_from_db()


def call_back(*, actor: Actor, contribution: Contribution) -> None:
    """Take the question back: the link works no longer, the address is deleted.

    Raises Denied, Refused.
    """
    with transaction.atomic():
        found = _mine(contribution)
        end_letter(found)
        move(table=CONTRIBUTIONS, subject=found, verb="call_back", actor=actor)
        contribution.refresh_from_db()


def confirm_contribution(*, actor: Actor, letter: CreditLetter, name: str) -> Contribution:
    """The lead author says that it is so; `name` stands beside it. Afterwards: the technician is
    told. Raises Denied; Refused for a link that works no longer."""
    return _answer(actor, letter, "confirm", {"confirmed_by": name})


def dispute_contribution(*, actor: Actor, letter: CreditLetter, reason: str) -> Contribution:
    """The lead author says that it is not so. It is shown to nobody until the technician has
    changed it. Afterwards: the technician is told why. Raises Denied; Refused as above."""
    return _answer(actor, letter, "dispute", {"reason": reason})


def lapse(*, actor: Actor, letter: CreditLetter) -> None:
    """Nobody answered within the month: the address goes. Raises Denied; Refused when answered."""
    with transaction.atomic():
        found = locked(letter.contribution)
        if CreditLetter.objects.filter(pk=letter.pk, expires_at__lte=timezone.now()).delete()[0]:
            move(table=CONTRIBUTIONS, subject=found, verb="lapse", actor=actor)


# --- what they share ------------------------------------------------------------------------------
def holder_of(letter: CreditLetter) -> Actor:
    """Whoever holds the link of this letter."""
    return Actor.holding_link(scope=f"contribution:{letter.contribution_id}")


def _answer(actor: Actor, letter: CreditLetter, verb: str, columns: dict[str, Any]) -> Contribution:
    with transaction.atomic():
        found = locked(letter.contribution)
        open_now = CreditLetter.objects.filter(
            pk=letter.pk, token_hash=letter.token_hash, expires_at__gt=timezone.now()
        )
        if not open_now.delete()[0]:
            raise Refused(*GONE)
        move(table=CONTRIBUTIONS, subject=found, verb=verb, actor=actor, columns=columns)
        tell(found)
        _tell_technician(found)
        return found


def _mine(contribution: Contribution) -> Contribution:
    """Locked with its technician, so that the limits hold for many questions at once."""
    Technician.objects.select_for_update().get(pk=contribution.technician_id)
    return locked(contribution)


def _letter(contribution: Contribution) -> CreditLetter:
    found = CreditLetter.objects.filter(contribution=contribution).first()
    if found is None:
        raise Refused("No question is open.", "Ask the lead author first.")
    return found


def _sender(contribution: Contribution) -> User | None:
    return User.objects.filter(technician=contribution.technician_id).first()


def _is_own(user: User | None, technician: Technician, address: str) -> bool:
    own = {technician.work_email.casefold()}
    if user is not None:
        held = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        own |= {user.email.casefold(), *(one.casefold() for one in held)}
    return address.casefold() in own


def _check_limits(contribution: Contribution, address: str) -> None:
    since = timezone.now() - A_DAY
    if contribution.letters >= MOST_LETTERS:
        raise Refused(
            f"{MOST_LETTERS} letters about one piece of work are enough.",
            "Speak to the lead author yourself.",
        )
    today = Contribution.objects.filter(technician=contribution.technician_id, asked_at__gt=since)
    if today.count() >= MOST_A_DAY:
        raise Refused(f"You have asked {MOST_A_DAY} times today.", "Go on tomorrow.")
    written = CreditLetter.objects.filter(author_email__iexact=address, sent_at__gt=since)
    if written.count() >= MOST_TO_ONE:
        raise Refused("This person has had many letters from us today.", "Ask them tomorrow.")


def _counted(contribution: Contribution) -> dict[str, Any]:
    return {"letters": contribution.letters + 1}


def _send(contribution: Contribution, letter: CreditLetter, token: str) -> None:
    mail.send(
        "visibility/credit_ask",
        letter.author_email,
        {
            "author": letter.author_name,
            "technician": contribution.technician.name or "A technician",
            "title": contribution.output.title,
            "doi": contribution.output.doi,
            "roles": [role.name for role in contribution.credit_roles],
            "link": settings.BASE_URL + reverse("visibility:credit_answer", args=[token]),
            "until": timezone.localdate(letter.expires_at),
        },
    )


def _tell_technician(contribution: Contribution) -> None:
    user = _sender(contribution)
    if user is None or not (address := accounts.verified_address(user)):
        return
    where = reverse("visibility:contribution", args=[contribution.pk])
    mail.send(
        "visibility/credit_answered",
        address,
        {
            "name": user.get_full_name(),
            "title": contribution.output.title,
            "is_confirmed": contribution.state == ContributionState.CONFIRMED,
            "by": contribution.confirmed_by,
            "reason": contribution.reason,
            "link": settings.BASE_URL + where,
        },
    )
