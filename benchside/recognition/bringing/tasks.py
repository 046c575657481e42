"""Long work of bringing a register in, and what is forgotten of it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import imports
from benchside.core.actions import SYSTEM, Actor, Refused
from benchside.core.imports.runs import UNDO_DAYS
from benchside.core.models import RunState
from benchside.core.schedule import daily
from benchside.core.tasks import each, report, task
from benchside.recognition.bringing import carrying, comparing, letters
from benchside.recognition.models import BroughtList, Entry

FILE_DAYS = 7


def _list(pk: int) -> BroughtList:
    return BroughtList.objects.select_related("run", "register").get(pk=pk)


@task(attempts=3, wait=5)
def read_list(pk: int, user_id: int) -> None:
    """Compare a file with the register. Run twice, the second difference takes the place of the
    first."""
    comparing.compare(_list(pk), Actor.of(User.objects.get(pk=user_id)))


@task(attempts=3, wait=5)
def bring_list_in(pk: int, user_id: int) -> None:
    """Killed anywhere, nothing of it is there, and the next try begins again."""
    one = _list(pk)
    total = one.run.count("added") if one.run else 0
    report(0, total, f"Writing {total:,} entries")
    try:
        carrying.bring_in(actor=Actor.of(User.objects.get(pk=user_id)), one=one)
    except Refused as refused:
        BroughtList.objects.filter(pk=pk).update(problem=str(refused)[:400])
        report(0, 0, "It was not brought in, and nothing is changed.")
    else:
        report(total, total, "They are on the register now.")


@task(attempts=3, wait=30)
def invite_people(pk: int, user_id: int) -> None:
    """Write to everybody of a list who was not asked yet. Run again, it goes on with those left."""
    from benchside.recognition.bringing.claiming import invite_holder  # noqa: PLC0415 - it asks us

    one, sender = _list(pk), User.objects.get(pk=user_id)
    for number in each(letters.to_invite(one), "Writing letters"):
        found = letters.with_letters(Entry.objects.filter(award__number=number))
        entry = found.select_related("award", "register").get()
        if entry.stands != "not-asked":
            continue  # by another of their numbers, or a moment ago
        try:
            invite_holder(actor=Actor.of(sender), sender=sender, entry=entry)
        except Refused:
            continue  # such as the registrar's own address


@daily(at="03:40")
@task(attempts=3)
def forget_lists() -> None:
    """Files nobody brought in within a week; numbers of lists that can no longer be taken back."""
    old = timezone.now() - timedelta(days=FILE_DAYS)
    waiting = BroughtList.objects.filter(created_at__lt=old).exclude(file="")
    for one in waiting.select_related("run", "register"):
        with transaction.atomic():
            if one.run is not None and one.run.state == RunState.PREVIEWED:
                imports.discard(actor=SYSTEM, run=one.run)
            carrying.delete_file(one)
            one.delete()
    long_ago = timezone.now() - timedelta(days=UNDO_DAYS + 1)
    BroughtList.objects.filter(run__applied_at__lt=long_ago).update(numbers=[], notes=[])
