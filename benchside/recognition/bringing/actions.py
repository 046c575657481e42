"""Bringing a register in: a file taken in, its columns said, compared, applied, taken back."""

from collections.abc import Mapping, Sequence
from pathlib import PureWindowsPath

from django.core.files.base import ContentFile
from django.db import transaction

from benchside.core import imports
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.models import ImportRun, RunState, TaskProgress
from benchside.core.tasks import enqueue_watched
from benchside.recognition.bringing import comparing, rules, tasks
from benchside.recognition.bringing.carrying import ONE, SEVERAL, delete_file, importing_as
from benchside.recognition.models import BroughtList, Register


def take_in_list(*, actor: Actor, register: Register, data: bytes, filename: str) -> BroughtList:
    """Keep a file while its columns are sorted out. Raises Denied; Refused for a file that is no
    table."""
    with acting("register_list.take_in", actor=actor, subject=register, may=rules.keeps) as act:
        comparing.refuse_no_table(data, filename)
        if actor.person_id is None:
            raise Denied("register_list.take_in")
        made = BroughtList(
            register=register,
            filename=PureWindowsPath(filename).name[:200],
            by=actor.person_id,
        )
        made.file.save("", ContentFile(data), save=False)
        made.save()
        act.note(list=made.pk)
    return made


def answer_list(
    *, actor: Actor, one: BroughtList, answers: Mapping[str, Mapping[str, str]]
) -> None:
    """Keep what was said of the columns, right or not: nothing chosen is lost. Raises Denied."""
    if not rules.keeps(actor, one):
        raise Denied("register_list.answer")
    BroughtList.objects.filter(pk=one.pk).update(answers=answers, problem="")
    one.answers, one.problem = dict(answers), ""


def compare_list(*, actor: Actor, one: BroughtList, then: str) -> TaskProgress:
    """Begin to compare a file with the register, as a task to be watched; one at a time for a
    file. Raises Denied; Refused once it was brought in."""
    if not rules.keeps(actor, one) or actor.account is None:
        raise Denied("register_list.compare")
    with transaction.atomic():
        held = _held(one)
        if held.watched is not None and not held.watched.is_over:
            return held.watched
        if held.run is not None and held.run.state != RunState.PREVIEWED:
            raise Refused("This file was brought in already.", "Bring in a newer one.")
        held.watched = enqueue_watched(
            tasks.read_list,
            held.pk,
            actor.account.pk,
            title=f"Reading {held.filename}"[:120],
            owner=actor.person_id,
            then=then,
        )
        held.save(update_fields=["watched"])
        return held.watched


def say_who_is_one(*, actor: Actor, one: BroughtList, answers: Sequence[str]) -> None:
    """Of each group that may be one person, in their order: "one", "several" or not said yet.

    Raises Denied; Refused once the list is over.
    """
    with acting("register_list.merge", actor=actor, subject=one, may=rules.keeps):
        held = _held(one)
        _previewed(held)
        held.groups = [
            {**group, "said": said if said in {ONE, SEVERAL} else ""}
            for group, said in zip(held.groups, answers, strict=True)
        ]
        held.save(update_fields=["groups"])
    one.groups = held.groups


def apply_list(*, actor: Actor, one: BroughtList, then: str) -> TaskProgress:
    """Begin to bring a list in, as a task to be watched: all of it or nothing.

    Raises Denied; Refused when it is over, a row is wrong, or it is not said who is one person.
    """
    if not rules.keeps(actor, one) or actor.account is None:
        raise Denied("register_list.apply")
    with transaction.atomic():
        held = _held(one)
        run = _previewed(held)
        if run.problems:
            raise Refused(
                f"{run.count('bad')} row{'s are' if run.count('bad') > 1 else ' is'} wrong.",
                "Correct the file and bring it in again.",
            )
        if not run.count("added"):
            raise Refused("There is nothing to add in it.", "Choose another file.")
        if open_ := sum(not group["said"] for group in held.groups):
            raise Refused(
                f"{open_} name{'s stand' if open_ > 1 else ' stands'} there more than once.",
                "Say of each whether it is one person.",
            )
        held.watched = enqueue_watched(
            tasks.bring_list_in,
            held.pk,
            actor.account.pk,
            title=f"Bringing in {held.filename}"[:120],
            owner=actor.person_id,
            key=f"register-list-{held.pk}",
            then=then,
        )
        held.save(update_fields=["watched"])
        return held.watched


def leave_list(*, actor: Actor, one: BroughtList) -> None:
    """Delete a file and what it would have changed. Raises Denied; Refused once it was brought
    in."""
    with acting("register_list.leave", actor=actor, subject=one.register, may=rules.keeps) as act:
        held = _held(one)
        if held.run is not None:
            imports.discard(actor=actor, run=held.run)
        act.note(list=held.pk)
        delete_file(held)
        held.delete()


def undo_list(*, actor: Actor, one: BroughtList) -> None:
    """Take a whole list back. Raises Denied; Refused when anything happened since."""
    if not rules.keeps(actor, one) or one.run is None:
        raise Denied("register_list.undo")
    with importing_as(actor):
        imports.undo(actor=actor, run=one.run)


def _held(one: BroughtList) -> BroughtList:
    lists = BroughtList.objects.select_for_update(of=["self"])
    return lists.select_related("run", "watched", "register").get(pk=one.pk)


def _previewed(one: BroughtList) -> ImportRun:
    if one.run is None or one.run.state != RunState.PREVIEWED:
        raise Refused("This list is over.", "Open it again to see what became of it.")
    return one.run
