"""Letting a register read a period of the log, and taking that back until it is used."""

from datetime import date

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.people import rules
from benchside.people.cpd import queries
from benchside.people.cpd.queries import Frozen
from benchside.people.models import CpdShare, Technician


def share_year(
    *,
    actor: Actor,
    technician: Technician,
    begins: date,
    ends: date,
    with_whom: str,
    until: date,
) -> CpdShare:
    """Let somebody read what ended between two days, until a day. `with_whom` names them for the
    person ("Made-Up Institute, audit of 2027"); who that is, the room that shows it has asked.

    Raises Denied; Refused for days the wrong way round or past.
    """
    if begins > ends:
        raise Refused("The last day is before the first.", "Give the days in order.")
    if until < timezone.localdate():
        raise Refused("That day is past.", "Give the last day on which they may read it.")
    with acting("cpd.share", actor=actor, subject=technician, may=rules.is_themselves) as act:
        made = CpdShare.objects.create(
            technician=technician,
            begins=begins,
            ends=ends,
            with_whom=with_whom[:200],
            until=until,
        )
        act.about(made)
        act.note(begins=begins.isoformat(), ends=ends.isoformat(), until=until.isoformat())
    return made


def freeze_share(*, actor: Actor, share: CpdShare) -> Frozen:
    """Use a share: hold what it shows as it stands now, so that nobody can change it any more, its
    owner included. A second time gives what was held the first.

    Raises Denied; Refused for a share that was taken back or is over.
    """
    with acting("cpd.freeze", actor=actor, subject=share, may=rules.can_freeze_share) as act:
        held = CpdShare.objects.select_for_update().get(pk=share.pk)
        if not held.is_open:
            raise Refused("This is shared no longer.", "Ask for it again.")
        found = queries.frozen(held)
        if not held.is_used:
            held.content, held.digest, held.used_at = found.content, found.digest, timezone.now()
            held.save(update_fields=["content", "digest", "used_at"])
        act.note(digest=found.digest)
    share.refresh_from_db()
    return found


def revoke_share(*, actor: Actor, share: CpdShare) -> None:
    """Take a share back. Twice changes nothing. Raises Denied; Refused once it is used."""
    with acting("cpd.revoke", actor=actor, subject=share, may=rules.is_themselves):
        held = CpdShare.objects.select_for_update().get(pk=share.pk)
        if held.is_used:
            raise Refused(
                "They have used it already, and hold what it showed then.",
                f"They may read it until {held.until:%-d %B %Y}.",
            )
        if held.revoked_at is None:
            held.revoked_at = timezone.now()
            held.save(update_fields=["revoked_at"])
    share.refresh_from_db()
