"""People's own word, above all rules: I am a technician here, or I am none; count me in."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from benchside.accounts import queries as accounts
from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.permissions import is_signed_in, predicate
from benchside.core.states import move
from benchside.organisations.actions.by_hand import add_person
from benchside.organisations.models import (
    CountMeIn,
    Employment,
    Organisation,
    OwnWord,
    Post,
    StaffListSettings,
    Unit,
)
from benchside.organisations.request_states import REQUESTS
from benchside.organisations.staff import by_hand, kept
from benchside.people.actions import begin_record


@predicate("the person it is about")
def is_themselves(actor: Actor, employment: Any) -> bool:
    return actor.account is not None and employment.technician.account_id == actor.account.pk


def say_of_oneself(*, actor: Actor, employment: Employment, is_technician: bool) -> None:
    """Claim or decline being a technician here. It wins over every rule, in every later list.

    Who declines leaves the list at once: posts and facts are deleted, and only what a later file
    must know them by stays, where nobody sees it. Who claims again comes back with the next list.
    Raises Denied for anybody else.
    """
    with acting("own_word.say", actor=actor, subject=employment, may=is_themselves) as act:
        keeping = kept.count_change(employment.organisation)
        one = Employment.objects.get(pk=employment.pk)
        _write_word(one, keeping, is_technician=is_technician)
        if not is_technician and one.left_on is None:
            _withdraw_from_list(one)
        act.note(is_technician=is_technician)
        by_hand.tell_profiles([one.technician_id])


def _write_word(one: Employment, keeping: StaffListSettings, *, is_technician: bool) -> None:
    if not one.key:
        one.key = f"employment:{one.pk}"
        one.save(update_fields=["key"])
    OwnWord.objects.update_or_create(
        organisation_id=one.organisation_id,
        mark=kept.mark_of(keeping.secret, one.key),
        defaults={"is_technician": is_technician, "said_at": timezone.now()},
    )


def _withdraw_from_list(one: Employment) -> None:
    Post.everything.filter(employment=one).delete()
    one.left_on, one.leaving_reason, one.destination = timezone.localdate(), kept.DECLINED, ""
    one.staff_number = one.age_band = one.sex = one.ethnicity = one.disability = ""
    one.age_as_of = one.started_on = None
    one.save()


# --- somebody who is not on the list --------------------------------------------------------------
def count_me_in(
    *,
    actor: Actor,
    user: User,
    organisation: Organisation,
    title: str,
    unit_name: str,
    staff_number: str,
    reason: str,
) -> CountMeIn:
    """Ask to be put on the list. Raises Denied; Refused for who is on it, or has asked already."""
    with acting("count_me_in.ask", actor=actor, subject=organisation, may=is_signed_in) as act:
        if is_listed(user, organisation):
            raise Refused("You are on the list already.", "Look under “Your space”.")
        try:
            with transaction.atomic():
                asked = CountMeIn.objects.create(
                    organisation=organisation,
                    user=user,
                    title=title,
                    unit_name=unit_name,
                    staff_number=staff_number,
                    reason=reason,
                )
        except IntegrityError as error:
            raise Refused("You have asked already.", "Wait for the answer.") from error
        act.about(asked)
    return asked


def _unit_of(organisation: Organisation, name: str) -> Unit | None:
    """The one open unit of that name; none where several or no unit have it."""
    found = Unit.objects.open().filter(organisation=organisation, name__iexact=name)[:2]
    return found[0] if name and len(found) == 1 else None


def is_listed(user: User, organisation: Organisation) -> bool:
    current = Employment.objects.current().filter(organisation=organisation)
    return current.filter(technician__account=user).exists()


def withdraw_request(*, actor: Actor, request: CountMeIn) -> None:
    """Take one's own request back. Raises Denied, Overtaken."""
    move(table=REQUESTS, subject=request, verb="withdraw", actor=actor)


def decline_request(*, actor: Actor, request: CountMeIn, answer: str = "") -> None:
    """Say no, and why. Afterwards: a letter to the asker. Raises Denied, Overtaken."""
    with transaction.atomic():
        move(
            table=REQUESTS,
            subject=request,
            verb="decline",
            actor=actor,
            columns={"answer": answer[:300]},
        )
        _write_to_asker(request, "organisations/not_counted_in")


def _write_to_asker(request: CountMeIn, letter: str) -> None:
    if address := accounts.verified_address(request.user):
        words = {
            "name": request.organisation.name,
            "answer": request.answer,
            "mine": settings.BASE_URL + reverse("employment:mine"),
        }
        mail.send(letter, address, words)


def accept_request(*, actor: Actor, request: CountMeIn) -> Employment:
    """Put whoever asked on the list, under their own account; their word is written down with it.
    Afterwards: a letter to them.

    Raises Denied, Overtaken; Refused when the staff number or the address is on the list already:
    that record is then offered to them by its claim letter instead.
    """
    with transaction.atomic():
        move(table=REQUESTS, subject=request, verb="accept", actor=actor)
        user, organisation = request.user, request.organisation
        if not user.is_active:
            raise Refused("They have closed their account since.", "Decline the request.")
        record = begin_record(actor=Actor.of(user), user=user)
        email = user.email.casefold()
        values = {
            "name": record.name,
            "work_email": email,
            "staff_number": request.staff_number,
            "title": request.title,
            "unit": _unit_of(organisation, request.unit_name),
        }
        one = add_person(actor=actor, organisation=organisation, values=values, record=record)
        _write_word(one, kept.settings_of(organisation), is_technician=True)
        _write_to_asker(request, "organisations/counted_in")
    return one
