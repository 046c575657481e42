"""Make two rows of the staff list one person, take them apart again, or tell two people apart."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.actions.members import lock
from benchside.organisations.enums import UNDO_DAYS
from benchside.organisations.models import Employment, Merger, NotTheSame, Organisation
from benchside.organisations.staff import by_hand, kept, merging
from benchside.organisations.staff_rules import can_keep_list


def merge_people(
    *, actor: Actor, organisation: Organisation, kept_id: int, absorbed_id: int
) -> Merger:
    """Make two one. A record somebody has claimed is the one that stays, whichever was named.

    Posts and what they run move, blanks are filled, and later lists know the person by either
    number. Raises Denied; Refused when both are claimed, when one is gone by now, or when they
    are one row.
    """
    with acting("staff.merge", actor=actor, subject=organisation, may=can_keep_list) as act:
        kept.count_change(organisation)
        stays, goes = (_current(organisation, pk) for pk in (kept_id, absorbed_id))
        if stays == goes:
            raise Refused("Choose two records.", "This is one and the same.")
        if stays.technician.is_claimed and goes.technician.is_claimed:
            raise Refused(
                "Both records are claimed, so each has a person who signs in.",
                "Ask them which account they use, and let them close the other.",
            )
        if goes.technician.is_claimed:
            stays, goes = goes, stays
        merger = Merger(
            organisation=organisation, kept=stays, absorbed=goes, merged_by=actor.person_id
        )
        lock(organisation.pk)  # that of its equipment, too
        merging.merge(merger)
        merger.save()
        act.about(merger)
        by_hand.tell_profiles([stays.technician_id])
    return merger


def undo_merger(*, actor: Actor, merger: Merger) -> None:
    """Make them two again. Raises Denied; Refused when it is too long ago, was undone, or when
    the kept one was merged into another since."""
    with acting("staff.unmerge", actor=actor, subject=merger, may=can_keep_list):
        kept.count_change(merger.organisation)
        lock(merger.organisation_id)
        found = Merger.objects.select_related("kept__technician", "absorbed__technician")
        now = found.get(pk=merger.pk)
        if now.undone_at is not None:
            raise Refused("This was undone already.")
        if now.merged_at < timezone.now() - timedelta(days=UNDO_DAYS) or not now.old:
            raise Refused(f"This was more than {UNDO_DAYS} days ago.", "Add the person by hand.")
        if not now.kept.is_listed:
            raise Refused("They were merged into another record since.", "Undo that first.")
        _take_apart(now)
        now.undone_at, now.alias, now.old = timezone.now(), "", {}
        now.save(update_fields=["undone_at", "alias", "old"])
        by_hand.tell_profiles([now.kept.technician_id])


def _take_apart(merger: Merger) -> None:
    try:
        with transaction.atomic():
            merging.take_apart(merger)
    except IntegrityError as error:
        raise Refused(
            "Somebody else on the list has one of their staff numbers by now.",
            "Correct that person's first.",
        ) from error


def tell_apart(*, actor: Actor, organisation: Organisation, one_id: int, other_id: int) -> None:
    """Say that two are two people: the pair is not shown again. Raises Denied; Refused when one
    is gone."""
    with acting("staff.tell_apart", actor=actor, subject=organisation, may=can_keep_list) as act:
        first, second = sorted((one_id, other_id))
        for pk in (first, second):
            _current(organisation, pk)
        if first == second:
            raise Refused("Choose two records.", "This is one and the same.")
        NotTheSame.objects.get_or_create(
            organisation=organisation, first_id=first, second_id=second
        )
        act.note(first=first, second=second)


def _current(organisation: Organisation, pk: int) -> Employment:
    """Raises Refused for anybody who is not on this list now."""
    found = Employment.objects.current().filter(organisation=organisation, pk=pk)
    one = found.select_related("technician").first()
    if one is None:
        raise Refused(
            "One of the two is not on the list any more: somebody may have merged them just now.",
            "Look at the list of pairs again.",
        )
    return one
