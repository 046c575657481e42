"""How people of a list stand to their entries: whose each is, who was written to, and who not."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from benchside.accounts import actions as accounts
from benchside.accounts.enums import InvitationState, Purpose
from benchside.accounts.models import Invitation
from benchside.core.actions import SYSTEM
from benchside.people.models import ClaimInvitation
from benchside.recognition.bringing.writing import TAKEN_BACK
from benchside.recognition.models import BroughtList, Entry

KIND = "entry:"  # what an invitation to an entry is about
BATCH = 500
DEAD = "deceased"  # the state of registers' files
STANDS = {
    "claimed": "Theirs",
    "asked": "Asked, no answer yet",
    "declined": "Said no",
    "not-asked": "Not asked yet",
    "no-address": "No address",
    "nobody": "Not to be asked",
}


def about_of(entry: Entry) -> str:
    return f"{KIND}{entry.award.number}"


def with_letters(found: QuerySet[Entry]) -> Any:
    """`stands` is one of STANDS; of the newest letter its state, its last day and the answer."""
    letters = ClaimInvitation.objects.filter(technician=OuterRef("award__technician"))
    letters = letters.order_by("-pk")
    nobody = Q(award__technician__isnull=True) | Q(award__technician__erased_at__isnull=False)
    is_open = Q(letter=InvitationState.OPEN, letter_until__gt=timezone.now())
    return found.annotate(
        letter=Subquery(letters.values("invitation__state")[:1]),
        letter_until=Subquery(letters.values("invitation__expires_at")[:1]),
        answer=Subquery(letters.values("answer")[:1]),
        stands=Case(
            When(award__technician__account__isnull=False, then=Value("claimed")),
            When(nobody | Q(is_hidden=True) | Q(award__state=DEAD), then=Value("nobody")),
            When(is_open, then=Value("asked")),
            When(letter=InvitationState.DECLINED, then=Value("declined")),
            When(award__technician__work_email="", then=Value("no-address")),
            default=Value("not-asked"),
            output_field=CharField(),
        ),
    )


def standing_of(one: BroughtList) -> dict[str, str]:
    """By number, how each of a list stands to their entry."""
    found: dict[str, str] = {}
    for at in range(0, len(one.numbers), BATCH):
        some = Entry.objects.filter(
            register=one.register_id, award__number__in=one.numbers[at : at + BATCH]
        ).exclude(hidden_basis=TAKEN_BACK)
        found |= dict(with_letters(some).order_by().values_list("award__number", "stands"))
    return found


def to_invite(one: BroughtList) -> list[str]:
    """The numbers of those who have an address and were never asked. Whoever has two is asked once;
    whoever said no is not asked again."""
    return [number for number, stands in standing_of(one).items() if stands == "not-asked"]


def close_letters(numbers: Sequence[str]) -> None:
    """Links to these entries work no longer: their list was taken back, or they are hidden."""
    for at in range(0, len(numbers), BATCH):
        about = [f"{KIND}{number}" for number in numbers[at : at + BATCH]]
        waiting = Invitation.objects.filter(
            purpose=Purpose.CLAIM, about__in=about, state=InvitationState.OPEN
        )
        with transaction.atomic():
            for one in waiting:
                accounts.revoke_invitation(actor=SYSTEM, invitation=one)
