"""Apply for an organisation; say yes or no; close it."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.text import slugify

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.organisations import queries, rules
from benchside.organisations.actions.equipment import hide_all
from benchside.organisations.enums import MemberRole
from benchside.organisations.events import STAFF_CHANGED
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.models.organisations import NEVER_A_SLUG
from benchside.organisations.states import ORGANISATIONS

LONGEST_SLUG = 70  # leaves room for a number behind it
MOST_WAITING = 3  # applications one person may have open
TRIES = 20


def apply(*, actor: Actor, applicant: User, details: dict[str, Any]) -> Organisation:
    """Ask for an organisation. `details` are fields of it: name, kind, town ..., and `job`.

    Afterwards: a letter to the applicant, and one to the desk. Raises Refused when the
    organisation is here already, when this person asked for it before, and when too many of
    their applications wait.
    """
    with acting("organisation.apply", actor=actor, subject=None, may=rules.can_apply) as act:
        # Held until the end: of two equal applications sent at once the second is refused.
        User.objects.select_for_update().get(pk=applicant.pk)
        _refuse_known(Organisation(**details), applicant)
        organisation = _with_a_slug(Organisation(**details, applied_by=applicant.person_id))
        act.about(organisation)
        act.note(kind=organisation.kind)
        words = _known(organisation, applicant)
        _tell(applicant, "organisations/applied", words)
        mail.send("organisations/to_decide", settings.DESK_EMAIL, words)
    return organisation


def approve(*, actor: Actor, organisation: Organisation) -> None:
    """Say yes: the workspace opens, the applicant is its first lead. Afterwards: a letter.

    Raises Refused when another organisation of the same number is open, or the applicant gone.
    """
    lead = _applicant(organisation)
    if lead is None:
        raise Refused("Whoever applied has closed their account.", "Decline it.")
    try:
        with transaction.atomic():
            move(
                table=ORGANISATIONS,
                subject=organisation,
                verb="approve",
                actor=actor,
                columns={"contact": lead},
            )
            Membership.objects.create(organisation=organisation, user=lead, role=MemberRole.LEAD)
            _tell(lead, "organisations/approved", _known(organisation, lead))
    except IntegrityError as error:
        raise Refused(
            "Another organisation with this number is open already.",
            "Decline this one, and tell the applicant who its lead is.",
        ) from error


def decline(*, actor: Actor, organisation: Organisation, answer: str) -> None:
    """Say no, and why. Afterwards: a letter to the applicant with the answer in it."""
    with transaction.atomic():
        move(
            table=ORGANISATIONS,
            subject=organisation,
            verb="decline",
            actor=actor,
            columns={"answer": answer},
        )
        if applicant := _applicant(organisation):
            _tell(applicant, "organisations/declined", _known(organisation, applicant))


def close(*, actor: Actor, organisation: Organisation) -> None:
    """Close an open organisation: its workspace opens to nobody; nothing is deleted.

    Afterwards: its equipment is out of the search, and pages that show its people or its equipment
    are made anew.
    """
    with transaction.atomic():
        move(table=ORGANISATIONS, subject=organisation, verb="close", actor=actor)
        hide_all(organisation)
        publish(STAFF_CHANGED.key, organisation_id=organisation.pk)


def _refuse_known(asked: Organisation, applicant: User) -> None:
    if queries.open_with_number(asked.urn, asked.ukprn, asked.ror):
        raise Refused(
            f"{asked.name} is here already.",
            "Ask your colleagues for an invitation, or write to us.",
        )
    waiting = Organisation.objects.waiting().filter(applied_by=applicant.person_id)
    if any(one.name.casefold() == asked.name.casefold() for one in waiting):
        raise Refused("You have asked for this one.", "We write to you as soon as we have read it.")
    if len(waiting) >= MOST_WAITING:
        raise Refused(
            f"You have asked for {MOST_WAITING} organisations, and we have read none of them yet.",
            "Wait for our answer first.",
        )


def _with_a_slug(organisation: Organisation) -> Organisation:
    """Save it under a slug of its own; somebody else may take the same one meanwhile."""
    stem = slugify(organisation.name)[:LONGEST_SLUG].strip("-") or "organisation"
    taken = queries.slugs_like(stem) | NEVER_A_SLUG
    free = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + TRIES))]
    for slug in [slug for slug in free if slug not in taken][:TRIES]:
        organisation.slug = slug
        try:
            with transaction.atomic():
                organisation.save(force_insert=True)
        except IntegrityError:
            continue
        return organisation
    raise Refused("Too many organisations go by this name.", "Make the name more exact.")


def _applicant(organisation: Organisation) -> User | None:
    found = User.objects.filter(person_id=organisation.applied_by, is_active=True)
    return found.first()


def _tell(user: User, letter: str, words: dict[str, Any]) -> None:
    if address := accounts.verified_address(user):
        mail.send(letter, address, words, reply_to=settings.DESK_EMAIL)


def _known(organisation: Organisation, applicant: User) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "kind": organisation.get_kind_display(),
        "applicant": applicant.get_full_name(),
        "answer": organisation.answer,
        "workspace": settings.BASE_URL + organisation.get_absolute_url(),
        "desk": settings.BASE_URL + reverse("desk_organisation", args=[organisation.slug]),
    }
