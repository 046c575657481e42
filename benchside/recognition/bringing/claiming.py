"""Entries of people who came with a list, on their way to the people themselves: a letter to the
address the list had, or that a registrar types, and a link in it."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from benchside.accounts import actions as accounts
from benchside.accounts.models import User
from benchside.accounts.queries import user_with_address
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.core.models import TaskProgress
from benchside.core.tasks import enqueue_watched
from benchside.people import actions as people
from benchside.people.models import ClaimInvitation, Technician
from benchside.people.queries import open_claim
from benchside.recognition.bringing import rules, tasks
from benchside.recognition.bringing.letters import DEAD, KIND, about_of, to_invite
from benchside.recognition.models import BroughtList, Entry
from benchside.recognition.registry.rules import can_keep

NOBODYS = ("This entry is nobody’s any more.", "There is nobody to write to.")
NOT_NOW = ("This letter works no longer.", "Ask whoever keeps the register for a new one.")


def invite_holder(*, actor: Actor, sender: User, entry: Entry, email: str = "") -> ClaimInvitation:
    """Write to whoever an entry is about; to `email` where another address is known than before. A
    letter that is open is sent anew, or taken back where it went to another address.

    Raises Denied; Refused as `people.actions.offer_record`, without an address, and for one's own.
    """
    with acting("entry.invite", actor=actor, subject=entry, may=can_keep) as act:
        holder = _holder(entry)
        if entry.award.state == DEAD:
            raise Refused(*NOBODYS)
        address = _address(email.strip().lower() or holder.work_email, sender)
        waiting = open_claim(holder)
        act.note(register=entry.register.slug)
        if waiting is not None and waiting.invitation.email == address:
            accounts.resend_invitation(actor=SYSTEM, invitation=waiting.invitation)
            return waiting
        if waiting is not None:
            accounts.revoke_invitation(actor=SYSTEM, invitation=waiting.invitation)
        if holder.work_email.lower() != address:
            holder.work_email = address
            holder.save(update_fields=["work_email"])
        return people.offer_record(
            actor=SYSTEM,
            sender=sender,
            technician=holder,
            about=about_of(entry),
            offer=f"your own entry {entry.award.number}: {entry.register.name}",
        )


def _holder(entry: Entry) -> Technician:
    """Locked. Raises Refused when there is nobody to write to, or it is theirs already."""
    found = Technician.objects.select_for_update().filter(awards__entry=entry).first()
    if found is None or found.erased_at is not None:
        raise Refused(*NOBODYS)
    if found.is_claimed:
        raise Refused("This entry is theirs already.", "They see it when they sign in.")
    return found


def _address(email: str, sender: User) -> str:
    """Raises Refused for none, for what is no address, and for the registrar's own."""
    if not email:
        raise Refused("No address of theirs is known.", "Write the one they use.")
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(
            "This is no e-mail address.", "Write it in full, such as name@work.example."
        ) from error
    if user_with_address(email) == sender:
        raise Refused("This is your own address.", "Write the one of the person it is about.")
    return email


def take_letter_back(*, actor: Actor, entry: Entry) -> None:
    """The link that is out works no longer. Raises Denied; Refused when none is open."""
    with acting("entry.uninvite", actor=actor, subject=entry, may=can_keep) as act:
        waiting = open_claim(_holder(entry))
        if waiting is None:
            raise Refused("No letter is open.", "Nothing was done.")
        accounts.revoke_invitation(actor=SYSTEM, invitation=waiting.invitation)
        act.note(register=entry.register.slug)


def invite_list(*, actor: Actor, one: BroughtList, then: str) -> TaskProgress:
    """Begin to write to everybody of a list who was not asked yet, as a task to be watched.

    Raises Denied; Refused when there is nobody to ask.
    """
    if not rules.keeps(actor, one) or actor.account is None:
        raise Denied("register_list.invite")
    with acting("register_list.invite", actor=actor, subject=one, may=rules.keeps) as act:
        held = BroughtList.objects.select_for_update(of=["self"]).select_related("watched")
        found = held.get(pk=one.pk)
        if found.watched is not None and not found.watched.is_over:
            return found.watched
        if not (waiting := len(to_invite(found))):
            raise Refused("Everybody with an address has been asked.", "Nothing was sent.")
        act.note(people=waiting)
        found.watched = enqueue_watched(
            tasks.invite_people,
            found.pk,
            actor.account.pk,
            title=f"Writing to {waiting} {'person' if waiting == 1 else 'people'}",
            owner=actor.person_id,
            then=then,
        )
        found.save(update_fields=["watched"])
        return found.watched


def take_up_entry(*, invitation_id: int, person_id: uuid.UUID) -> None:
    """Whoever holds the link comes to their entry. Raises Refused when it is not there for them
    any more: taken back with its list, or another's by now."""
    asked = ClaimInvitation.objects.select_related("invitation").get(invitation=invitation_id)
    number = asked.invitation.about.removeprefix(KIND)
    held = Entry.objects.select_for_update(of=["self"]).filter(award__number=number)
    if not held.filter(award__technician=asked.technician_id).exists():
        raise Refused(*NOT_NOW)
    holder = Actor.holding_link(scope=f"claim:{asked.pk}", person_id=person_id)
    people.take_up_record(actor=holder, asked=asked)
