"""The organisation's side of signing: begin, fill in, and put two names to it."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.impact.charters import mails, rules
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.charters.states import SIGNATORY
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Charter, Signatory
from benchside.organisations.models import Organisation

HEAD = ("head_name", "head_post")
CONTACT = ("contact_name", "contact_email")


def begin_signing(
    *, actor: Actor, charter: Charter, organisation: Organisation, part: Part = Part.SIGNATORY
) -> Signatory:
    """Begin to sign a charter. Raises Denied; Refused when it is closed or was begun already."""
    begun = Signatory(charter=charter, organisation=organisation, part=part)
    with acting("signatory.begin", actor=actor, subject=begun, may=rules.can_begin) as act:
        if not charter.is_open:
            raise Refused("This charter takes no signatories now.", "Write to its officers.")
        try:
            with transaction.atomic():
                begun.save()
        except IntegrityError:
            raise Refused(
                f"{organisation} has begun with this charter already.", "Go on where it stands."
            ) from None
        act.note(part=part.value)
    return begun


def keep_details(*, actor: Actor, signatory: Signatory, values: Mapping[str, str]) -> None:
    """Say who the head is, and who may be written to. A head who becomes another one has not
    signed. Raises Denied; Refused once it is sent."""
    with acting("signatory.fill_in", actor=actor, subject=signatory, may=rules.can_begin):
        held = _held(signatory)
        if any(getattr(held, name) != values[name] for name in HEAD):
            held.head_signed_at, held.head_signed_by = None, None
        for name in (*HEAD, *CONTACT):
            setattr(held, name, values[name].strip())
        held.save()
    signatory.refresh_from_db()


def sign_as_head(*, actor: Actor, signatory: Signatory, typed: str) -> None:
    """The head's signature: the executive signer types the head's name. With both signatures it
    goes to the officers, and they are told. Raises Denied, Refused."""
    with acting("signatory.sign_head", actor=actor, subject=signatory, may=rules.signs):
        held = _filled(signatory)
        if " ".join(typed.split()).casefold() != held.head_name.casefold():
            raise Refused(
                "That is not the name of the head.", f"Type it as it is: {held.head_name}."
            )
        held.head_signed_at, held.head_signed_by = timezone.now(), actor.person_id
        held.save(update_fields=["head_signed_at", "head_signed_by"])
        _send_if_whole(actor, held)
    signatory.refresh_from_db()


def sign_as_lead(*, actor: Actor, signatory: Signatory) -> None:
    """The named lead's signature: whoever signs is the named lead. Raises Denied, Refused."""
    with acting("signatory.sign_lead", actor=actor, subject=signatory, may=rules.leads):
        held = _filled(signatory)
        held.lead = actor.account if isinstance(actor.account, User) else None
        held.lead_signed_at = timezone.now()
        held.save(update_fields=["lead", "lead_signed_at"])
        _send_if_whole(actor, held)
    signatory.refresh_from_db()


def _held(signatory: Signatory) -> Signatory:
    held = (
        Signatory.objects.select_for_update(of=("self",))
        .select_related("charter", "organisation")
        .get(pk=signatory.pk)
    )
    if held.state != SignatoryState.SIGNING:
        raise Refused("It is sent already.", "Ask the officers to send it back if it is wrong.")
    return held


def _filled(signatory: Signatory) -> Signatory:
    held = _held(signatory)
    if not all(getattr(held, name) for name in (*HEAD, *CONTACT)):
        raise Refused("Something is missing.", "Fill in the head and the contact first.")
    return held


def _send_if_whole(actor: Actor, held: Signatory) -> None:
    if held.head_signed_at and held.lead_signed_at:
        move(table=SIGNATORY, subject=held, verb="sign", actor=actor)
        mails.to_decide(held)


def take_back(*, actor: Actor, signatory: Signatory) -> None:
    """Not after all, before it is announced. Raises Denied, NoSuchMove."""
    move(table=SIGNATORY, subject=signatory, verb="take_back", actor=actor)


def keep_contact(*, actor: Actor, signatory: Signatory, values: Mapping[str, str]) -> None:
    """Who may be written to, and who leads, once it is announced; the public page changes.

    Whoever leads is the person who says so: a hand-over needs no letter to anybody.
    """
    with acting("signatory.contact", actor=actor, subject=signatory, may=rules.can_keep_contact):
        for name in CONTACT:
            setattr(signatory, name, values[name].strip())
        if isinstance(actor.account, User):
            signatory.lead = actor.account
        signatory.save(update_fields=[*CONTACT, "lead"])
        publish(CHARTER_CHANGED.key, charter=signatory.charter.slug)
