"""One person of the staff list, written by hand. Each change makes waiting differences stale.

The next file's word wins over the hand's, and its preview shows it as a change first: HR's list is
what everybody else works from, and a correction that never reaches it is lost to all of them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.models import Employment, Organisation, Post
from benchside.organisations.staff import by_hand, kept
from benchside.organisations.staff_list.codes import NOT_LEAVING, Reason
from benchside.organisations.staff_rules import can_keep_list
from benchside.people.models import Technician

LEAVING = tuple(str(one) for one in Reason if one not in NOT_LEAVING)


def add_person(
    *,
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    record: Technician | None = None,
) -> Employment:
    """Put somebody on the list: `name`, `work_email`, `staff_number` and the fields of one post.

    Somebody who was here under that number comes back. `record` is that of a person who signs in
    and asked for it themselves. Raises Denied; Refused when they are here.
    """
    with acting("staff.add", actor=actor, subject=organisation, may=can_keep_list) as act:
        settings = kept.count_change(organisation)
        number, email = values["staff_number"], values["work_email"]
        key = by_hand.key_of(number, email)
        one = _gone(organisation, key, record)
        by_hand.refuse_key(organisation, key, number, one.pk if one else None)
        if one is None:
            known = record or Technician.objects.create(name=values["name"], work_email=email)
            one = Employment(organisation=organisation, technician=known)
        else:
            one.posts.filter(ended_on=None).update(ended_on=timezone.localdate(), is_main=False)
        by_hand.rename_key(one, key or one.key, settings.secret)
        one.staff_number = number
        one.left_on, one.leaving_reason, one.destination = None, "", ""
        one.save()
        by_hand.describe_post(Post(employment=one), values)
        by_hand.set_started(one)
        one.save(update_fields=["started_on"])
        act.about(one)
        by_hand.tell_profiles([one.technician_id])
    return one


def change_person(
    *, actor: Actor, employment: Employment, post: Post | None, values: Mapping[str, Any]
) -> None:
    """Write over what the list says of somebody and of one of their posts.

    Name and address stay as they are once the person has claimed the record. Raises Denied;
    Refused for a number that is somebody else's, or when they answer to themselves.
    """
    with acting("staff.change", actor=actor, subject=employment, may=can_keep_list) as act:
        organisation = employment.organisation
        settings = kept.count_change(organisation)
        one = _listed(employment)
        if values.get("manager") == one:
            raise Refused("Nobody answers to themselves.", "Name another person.")
        number = values["staff_number"]
        if number != one.staff_number:
            key = by_hand.key_of(number, values["work_email"]) or f"employment:{one.pk}"
            by_hand.refuse_key(organisation, key, number, one.pk)
            by_hand.rename_key(one, key, settings.secret)
            one.staff_number = number
        if not one.technician.is_claimed:
            one.technician.name = values["name"]
            one.technician.work_email = values["work_email"]
            one.technician.save(update_fields=["name", "work_email"])
        by_hand.describe_post(post or Post(employment=one), values)
        by_hand.set_started(one)
        one.save(update_fields=["key", "staff_number", "started_on"])
        act.note(post=post.pk if post else None)
        by_hand.tell_profiles([one.technician_id])


def mark_left(*, actor: Actor, employment: Employment, left_on: date, reason: str = "") -> None:
    """Say that somebody has left. Raises Denied; Refused for a day that cannot be, or twice."""
    with acting("staff.leave", actor=actor, subject=employment, may=can_keep_list) as act:
        kept.count_change(employment.organisation)
        one = _listed(employment)
        if one.left_on is not None:
            raise Refused(f"They left on {one.left_on:%d/%m/%Y} already.")
        if left_on > timezone.localdate():
            raise Refused("This day has not come yet.", "Say so once they have left.")
        if one.started_on and left_on < one.started_on:
            raise Refused(f"They began on {one.started_on:%d/%m/%Y}.", "Give a later day.")
        one.left_on, one.leaving_reason = left_on, reason if reason in LEAVING else ""
        one.save(update_fields=["left_on", "leaving_reason"])
        act.note(reason=one.leaving_reason)
        by_hand.tell_profiles([one.technician_id])


def mark_back(*, actor: Actor, employment: Employment) -> None:
    """Say that somebody has not left after all. Raises Denied; Refused when they never went, or
    went by their own word."""
    with acting("staff.back", actor=actor, subject=employment, may=can_keep_list):
        kept.count_change(employment.organisation)
        one = _listed(employment)
        if one.left_on is None:
            raise Refused("They are on the list.")
        if one.leaving_reason == kept.DECLINED:
            raise Refused("They said that they are no technician.", "Only they can take it back.")
        one.left_on, one.leaving_reason, one.destination = None, "", ""
        one.save(update_fields=["left_on", "leaving_reason", "destination"])
        by_hand.tell_profiles([one.technician_id])


def _listed(employment: Employment) -> Employment:
    """As it is now, under the lock of the list. Raises Refused when it is gone."""
    found = Employment.objects.select_related("technician").filter(pk=employment.pk).first()
    if found is None:
        raise Refused("This record is not on the list any more.", "Look for the person anew.")
    return found


def _gone(organisation: Organisation, key: str, record: Technician | None) -> Employment | None:
    """Somebody who left. Who went by their own word comes back by their own word alone."""
    left = Employment.objects.filter(organisation=organisation, left_on__isnull=False)
    if record is not None:
        return left.filter(technician=record).first()
    return left.exclude(leaving_reason=kept.DECLINED).filter(key=key).first() if key else None
