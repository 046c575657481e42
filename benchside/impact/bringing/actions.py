"""What can be done with a file that holds a plan: each verb once."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import PureWindowsPath
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.core import imports
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.imports.runs import UNDO_DAYS
from benchside.core.models import ImportRun, RunState
from benchside.impact.bringing.building import data_of, preview_of
from benchside.impact.bringing.files import MAX_BYTES, open_file
from benchside.impact.bringing.importer import PLAN_FILE, brought_by
from benchside.impact.bringing.reading import reading_of
from benchside.impact.bringing.words import is_of_one_plan
from benchside.impact.enums import FileState
from benchside.impact.models import Plan, PlanFile, PlanReading
from benchside.impact.plans import rules
from benchside.impact.plans.actions.writing import refuse_closed

MOST_BYTES = MAX_BYTES + 1  # what is read of a file: one more than it may have tells
MOST_REMEMBERED = 500  # words of a kind; the oldest are asked again


def check(data: bytes, filename: str) -> None:
    """Raise Unreadable for a file that cannot be read, before anything is made for it."""
    open_file(data, filename)


def take_in_file(*, actor: Actor, plan: Plan, data: bytes, filename: str) -> PlanFile:
    """Read a file and keep its tables until they are brought in or left. The same file, brought
    for the same plan while it is still open, is given back. Raises Denied; Unreadable, Refused."""
    if not rules.can_keep(actor, plan):
        raise Denied("plan_file.take_in")
    refuse_closed(plan)
    source = open_file(data, filename)
    checksum = hashlib.sha256(data).hexdigest()
    held = plan.files.filter(checksum=checksum, state=FileState.OPEN).first()
    if held is not None:
        return held
    with acting("plan_file.take_in", actor=actor, subject=plan, may=rules.can_keep) as act:
        file = PlanFile.objects.create(
            plan=plan,
            filename=PureWindowsPath(filename).name[:200],
            checksum=checksum,
            tables=source.as_json(),
            by=actor.person_id,
        )
        act.about(file)
        act.note(plan=plan.pk, tables=len(source.tables))
    return file


def use_for(*, actor: Actor, file: PlanFile, plan: Plan) -> PlanFile:
    """The same file for another plan of the organisation, as when it holds several cycles."""
    refuse_closed(plan)
    if plan.organisation_id != file.organisation_id or not file.tables:
        raise Refused("This file is not here any more.", "Bring it in once more.")
    with acting("plan_file.use_for", actor=actor, subject=plan, may=rules.can_keep) as act:
        made = PlanFile.objects.create(
            plan=plan,
            filename=file.filename,
            checksum=file.checksum,
            tables=file.tables,
            answers={name: said for name, said in file.answers.items() if name != "cycles"},
            by=actor.person_id,
        )
        act.about(made)
        act.note(plan=plan.pk)
    return made


def answer_file(*, actor: Actor, file: PlanFile, answers: Mapping[str, Any]) -> None:
    """Keep what was said of columns and words, right or not: nothing chosen is lost. What can be
    meant is remembered for the organisation's next file. Raises Denied; Refused for a file that
    is over."""
    with acting("plan_file.answer", actor=actor, subject=file, may=rules.can_keep):
        held = _held(file)
        held.answers = dict(answers)
        held.save(update_fields=["answers"])
        _remember(held)
    file.answers = held.answers


def _remember(file: PlanFile) -> None:
    reading = reading_of(file)
    organisation = file.plan.organisation
    memory, _ = PlanReading.objects.select_for_update().get_or_create(organisation=organisation)
    for layout in reading.layouts:
        if layout.known and layout.used and not layout.problem and not layout.goes_on:
            memory.columns.pop(layout.fingerprint, None)
            memory.columns[layout.fingerprint] = layout.mapping
    words = file.answers.get("words", {})
    for kind in ("rag", "day", "area"):
        said = {word: one for word, one in words.get(kind, {}).items() if not is_of_one_plan(word)}
        memory.words[kind] = _newest({**memory.words.get(kind, {}), **said})
    memory.owners = _newest({**memory.owners, **words.get("owner", {})})
    memory.columns = _newest(memory.columns)
    memory.years_begin = file.answers.get("years_begin") or memory.years_begin
    memory.save()


def _newest(known: dict[str, Any]) -> dict[str, Any]:
    return dict(list(known.items())[-MOST_REMEMBERED:])


def settle_line(*, actor: Actor, file: PlanFile, line: str, said: Mapping[str, Any]) -> None:
    """Say what one row is; nothing said takes the word back. Raises Denied, Refused."""
    with acting("plan_file.settle", actor=actor, subject=file, may=rules.can_keep):
        held = _held(file)
        settled = {key: one for key, one in held.settled.items() if key != line}
        if said:
            settled[line] = dict(said)
        held.settled = settled
        held.save(update_fields=["settled"])
    file.settled = held.settled


def bring_in(
    *, actor: Actor, file: PlanFile, seen: str, take: Collection[str] = ()
) -> ImportRun:  # fmt: skip
    """Write what the preview showed, all of it or nothing; rows in doubt wait on.

    `seen` is the digest of that preview: of two who press at once the second is told. `take`
    names edits made here since the last file that the file may overwrite. Raises Denied, Refused.
    """
    with acting("plan_file.bring_in", actor=actor, subject=file, may=rules.can_keep) as act:
        held = _held(file)
        plan = Plan.objects.select_for_update().get(pk=held.plan_id)
        refuse_closed(plan)
        preview = preview_of(held)
        if preview.digest != seen:
            raise Refused(
                "The plan or the file has changed since you looked.", "Look once more, then go on."
            )
        if not preview.writes and not take:
            raise Refused("There is nothing to bring in.", "Settle the rows that wait first.")
        with brought_by(actor):
            run = imports.preview(
                actor=actor,
                importer=PLAN_FILE,
                data=data_of(preview.rows),
                filename=held.filename,
                scope=str(plan.key),
            )
            imports.apply(actor=actor, run=run, take={*preview.take, *take})
        held.runs.add(run)
        held.state = FileState.BROUGHT
        held.save(update_fields=["state"])
        act.note(run=run.pk, counts=run.counts)
    file.state = held.state
    return run


def undo_bringing(*, actor: Actor, file: PlanFile) -> None:
    """Put back all that a file changed, the last first. Raises Denied; Refused when something was
    worked on since, or after 30 days."""
    with acting("plan_file.undo", actor=actor, subject=file, may=rules.can_keep):
        held = PlanFile.objects.select_for_update().select_related("plan").get(pk=file.pk)
        if held.state != FileState.BROUGHT:
            raise Refused("This file was not brought in, or was taken back already.")
        refuse_closed(held.plan)
        with brought_by(actor):
            for run in held.runs.filter(state=RunState.APPLIED).order_by("-applied_at", "-pk"):
                imports.undo(actor=actor, run=run)
        held.state = FileState.UNDONE
        held.save(update_fields=["state"])
    file.state = held.state


def open_again(*, actor: Actor, file: PlanFile) -> None:
    """Look a file over once more after it was taken back. Raises Denied, Refused."""
    with acting("plan_file.open", actor=actor, subject=file, may=rules.can_keep):
        held = PlanFile.objects.select_for_update().get(pk=file.pk)
        if held.state != FileState.UNDONE or not held.tables:
            raise Refused("This file cannot be looked over again.", "Bring it in once more.")
        held.state = FileState.OPEN
        held.save(update_fields=["state"])
    file.state = held.state


def leave_file(*, actor: Actor, file: PlanFile) -> None:
    """Let a file go that led to nothing: its tables are deleted. Raises Denied, Refused."""
    with acting("plan_file.leave", actor=actor, subject=file, may=rules.can_keep):
        held = PlanFile.objects.select_for_update().get(pk=file.pk)
        if held.state != FileState.OPEN:
            raise Refused("This file is brought in already.", "You can take it back instead.")
        _forget(held, FileState.LEFT)
    file.refresh_from_db()


def forget_files(*, days: int = UNDO_DAYS) -> int:
    """Delete the tables of files that can no longer be taken back, and of those nobody finished."""
    old = timezone.now() - timedelta(days=days)
    found = PlanFile.objects.filter(brought_at__lt=old).exclude(tables={})
    count = 0
    for one in found.exclude(runs__applied_at__gte=old).distinct():
        with transaction.atomic():
            _forget(one, FileState.LEFT if one.state == FileState.OPEN else one.state)
            count += 1
    return count


def _forget(file: PlanFile, state: str) -> None:
    file.tables, file.settled, file.answers, file.state = {}, {}, {}, state
    file.save(update_fields=["tables", "settled", "answers", "state"])


def _held(file: PlanFile) -> PlanFile:
    """The file, locked, while it can still be worked on. Raises Refused."""
    found = PlanFile.objects.select_for_update(of=("self",)).select_related("plan__organisation")
    held = found.get(pk=file.pk)
    if held.state not in {FileState.OPEN, FileState.BROUGHT} or not held.tables:
        raise Refused(
            f"This file is over: {FileState(held.state).label.lower()}.", "Bring it in once more."
        )
    return held
