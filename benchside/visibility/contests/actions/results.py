"""Give prizes at the meeting, and tell everybody once the minute has come."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.visibility.contests import queries, rules
from benchside.visibility.contests.actions.competitions import lock, tell
from benchside.visibility.contests.enums import CompetitionState, EntryState
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Competition, Entry, Prize


def give_prize(*, actor: Actor, prize: Prize, entry: Entry, reason: str = "") -> None:
    """Give a prize to an entry of the shortlist.

    Raises Denied; Refused for one that does not fit the prize, and without a reason where the
    points say another, or say two.
    """
    with acting("prize.give", actor=actor, subject=prize, may=rules.can_run) as act:
        held = lock(prize.competition)
        entry.refresh_from_db()
        _refuse_unfit(held, prize, entry)
        if not reason.strip() and (why := queries.why_a_reason(prize, entry)):
            raise Refused(why, "Write why it is this one, then give the prize.")
        prize.entry, prize.reason, prize.given_by = entry, reason.strip(), actor.person_id
        prize.save(update_fields=["entry", "reason", "given_by"])
        act.note(entry=entry.pk, with_reason=bool(prize.reason))


def take_prize_back(*, actor: Actor, prize: Prize) -> None:
    """Leave a prize without a winner again. Raises Denied, Refused once it is decided."""
    with acting("prize.take_back", actor=actor, subject=prize, may=rules.can_run):
        if lock(prize.competition).state != CompetitionState.MEETING:
            raise Refused("Prizes are given at the meeting.", "The winners stand.")
        prize.entry, prize.reason, prize.given_by = None, "", None
        prize.save(update_fields=["entry", "reason", "given_by"])


def tell_results(*, actor: Actor, competition: Competition) -> None:
    """Once the minute has come: everybody who left an address hears how it ended, once.

    Afterwards: its pages leave the cache. Done already, or too early, changes nothing.
    """
    with acting("competition.tell", actor=actor, subject=competition, may=rules.can_tell) as act:
        held = lock(competition)
        if held.told_at is not None or not held.is_announced:
            return
        held.told_at = timezone.now()
        held.save(update_fields=["told_at"])
        entries = held.entries.running().exclude(reply_to="").prefetch_related("prizes")
        for entry in entries:
            _write_to(held, entry)
        act.note(letters=len(entries))
        tell(held)


def _refuse_unfit(held: Competition, prize: Prize, entry: Entry) -> None:
    if held.state != CompetitionState.MEETING:
        raise Refused("Prizes are given at the meeting.", "Take the competition there first.")
    if entry.competition_id != held.pk or entry.state != EntryState.SHORTLISTED:
        raise Refused("This entry is not on the shortlist.", "Choose another.")
    if entry.photo is None or entry.photo.state != PhotoState.APPROVED:
        raise Refused("Its picture is not approved any more.", "Choose another.")
    if prize.category_id and prize.category_id != entry.category_id:
        raise Refused(f"This prize is for “{prize.category}”.", "Choose an entry of that.")
    if prize.age_group_id and prize.age_group_id != entry.age_group_id:
        raise Refused(f"This prize is for ages {prize.age_group}.", "Choose an entry of those.")


def _write_to(competition: Competition, entry: Entry) -> None:
    winners = reverse("visibility:competition_winners", args=[competition.slug])
    mail.send(
        "visibility/entry_result",
        entry.reply_to,
        {
            "title": competition.title,
            "number": entry.number,
            "prizes": [prize.title for prize in entry.prizes.all()],
            "shortlisted": entry.state == EntryState.SHORTLISTED,
            "winners": settings.BASE_URL + winners,
        },
    )
