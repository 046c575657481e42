"""The life of a run: previewed, then applied or discarded, then perhaps undone."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import timedelta
from pathlib import PureWindowsPath
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone

from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.imports.base import BadFile, Change, Importer, Values, batches, importers
from benchside.core.imports.difference import (
    chosen,
    compare,
    is_edited_since,
    is_stale,
    repeated_keys,
)
from benchside.core.models import ImportedValue, ImportRun, RunState
from benchside.core.schedule import daily
from benchside.core.tasks import task

MAX_BYTES = 25 * 1024 * 1024
NAMED = 5  # how many records a refusal names
UNDO_DAYS = 30


def preview(
    *, actor: Actor, importer: Importer, data: bytes, filename: str, scope: str = ""
) -> ImportRun:
    """Read a file and record what it would change. Nothing is changed, the file is not kept.

    Raises Denied, BadFile. Mistakes in rows are in the run's `problems`.
    """
    with acting(
        "import.preview", actor=actor, subject=None, may=lambda a, _: importer.allows(a, scope)
    ) as act:
        run = _read(importer, data, filename, scope)
        run.by = actor.person_id
        run.save()
        act.about(run)
        act.note(importer=importer.key, counts=run.counts)
    return run


def apply(*, actor: Actor, run: ImportRun, take: Collection[str] = ()) -> None:
    """Write the difference, all of it or nothing.

    `take` names what of the kept to overwrite after all: `key/field`, or `key` for a record
    kept as a whole. Raises Denied; Refused for a run that is over, holds mistakes, or is stale.
    """
    importer = importers[run.importer]
    try:
        with acting("import.apply", actor=actor, subject=run, may=_may(importer)) as act:
            held = _held(run, RunState.PREVIEWED)
            if held.problems:
                raise Refused(
                    f"The file has {len(held.problems)} mistakes.",
                    "Correct them in the file and bring it in again.",
                )
            changes = [Change.from_json(one) for one in held.difference]
            now = importer.current(held.scope, lock=True)
            stale = [
                one.key for one in changes if one.kind != "same" and is_stale(one, now.get(one.key))
            ]
            _refuse_naming(stale, "has changed since the preview", "Bring the file in again.")
            changes = [chosen(one, take) for one in changes]
            _write(importer, held.scope, changes)
            _remember(importer, held.scope, {one.key: one.said for one in changes if one.said})
            _forget(importer, held.scope, [one.key for one in changes if one.kind == "removed"])
            held.difference = [one.as_json() for one in changes]
            held.counts |= _counted(changes)
            _leave(held, run, RunState.APPLIED)
            act.note(importer=importer.key, counts=held.counts)
    except (IntegrityError, ProtectedError, RestrictedError) as error:
        raise Refused(
            "Something else in Benchside stands against this import.",
            f"Nothing was changed. The database says: {_first_words(error)}",
        ) from error


def undo(*, actor: Actor, run: ImportRun) -> None:
    """Put back what a run changed.

    Raises Denied; Refused when something was edited since, when other records hold on to
    what it added, or when it is more than UNDO_DAYS ago.
    """
    importer = importers[run.importer]
    try:
        with acting("import.undo", actor=actor, subject=run, may=_may(importer)):
            held = _held(run, RunState.APPLIED)
            if held.applied_at and held.applied_at < timezone.now() - timedelta(days=UNDO_DAYS):
                raise Refused(f"This was more than {UNDO_DAYS} days ago.", "Bring in a new file.")
            changes = [Change.from_json(one) for one in held.difference]
            _refuse_naming(
                _edited_since(importer, held.scope, changes),
                "was edited since",
                "Change it by hand, or bring in a new file.",
            )
            _write(importer, held.scope, [_reverse(one) for one in changes])
            _remember(importer, held.scope, {one.key: one.base for one in changes if one.base})
            _forget(importer, held.scope, [one.key for one in changes if not one.base])
            _leave(held, run, RunState.UNDONE)
    except (ProtectedError, RestrictedError) as error:
        raise Refused(
            "Other records now hold on to what this import added.",
            f"Nothing was changed. The database says: {_first_words(error)}",
        ) from error


def discard(*, actor: Actor, run: ImportRun) -> None:
    """Let a preview go. Raises Denied; Refused for a run that is over."""
    with acting("import.discard", actor=actor, subject=run, may=_may(importers[run.importer])):
        held = _held(run, RunState.PREVIEWED)
        held.difference, held.problems = [], []
        _leave(held, run, RunState.DISCARDED)


def load(
    *, importer: Importer, data: bytes, filename: str, scope: str = "", actor: Actor = SYSTEM
) -> ImportRun | None:
    """Preview and apply in one go, for the files of the repository. None if nothing is new.

    What an editor changed is kept. Raises BadFile, Refused naming the first mistake.
    """
    run = _read(importer, data, filename, scope)
    if run.problems:
        first = run.problems[0]
        where = f"{filename}, row {first['row']}, {first['column']}: {first['value']!r}."
        raise Refused(where, first["remedy"])
    if not any(one["kind"] != "kept" for one in run.difference):
        return None
    with transaction.atomic():
        run = preview(actor=actor, importer=importer, data=data, filename=filename, scope=scope)
        apply(actor=actor, run=run)
    return run


@daily(at="03:50")
@task(attempts=3)
def forget_old_differences() -> None:
    """What can no longer be undone need not be kept: it may hold names."""
    old = timezone.now() - timedelta(days=UNDO_DAYS)
    ImportRun.objects.filter(created_at__lt=old, state=RunState.PREVIEWED).delete()
    ImportRun.objects.filter(created_at__lt=old).filter(applied_at__lt=old).update(
        difference=[], problems=[]
    )


# --- reading ----------------------------------------------------------------------------------
def _read(importer: Importer, data: bytes, filename: str, scope: str) -> ImportRun:
    if len(data) > MAX_BYTES:
        raise BadFile("This file is larger than 25 MB.", "Split it and bring in the parts.")
    rows = list(importer.parse(data))
    problems = [problem for row in rows for problem in row.problems]
    problems += repeated_keys(row for row in rows if not row.problems)
    changes, unchanged = compare(
        [row for row in rows if not row.problems],
        importer.current(scope),
        _last_said(importer, scope),
        removes=importer.removes and not problems,
        keeps_edits=importer.keeps_edits,
    )
    bad = len({problem.row for problem in problems})
    return ImportRun(
        importer=importer.key,
        scope=scope,
        filename=PureWindowsPath(filename).name[:200],  # it reads both kinds of slash
        checksum=hashlib.sha256(data).hexdigest(),
        difference=[change.as_json() for change in changes],
        problems=[problem.as_json() for problem in sorted(problems, key=lambda one: one.row)],
        counts=_counted(changes) | {"unchanged": unchanged, "bad": bad},
    )


def _counted(changes: Iterable[Change]) -> dict[str, int]:
    found = Counter(one.kind for one in changes)
    return {kind: found[kind] for kind in ("added", "changed", "removed", "kept")}


def _last_said(importer: Importer, scope: str) -> dict[str, Values]:
    known = ImportedValue.objects.filter(importer=importer.key, scope=scope)
    return dict(known.values_list("key", "values"))


# --- writing ----------------------------------------------------------------------------------
def _write(importer: Importer, scope: str, changes: Iterable[Change]) -> None:
    by_kind: dict[str, dict[str, Values]] = {"removed": {}, "changed": {}, "added": {}}
    for one in changes:
        if one.kind in by_kind:
            by_kind[one.kind][one.key] = one.after
    importer.write(scope, **by_kind)


def _reverse(change: Change) -> Change:
    opposite = {"added": "removed", "removed": "added"}
    fields = {name: type(one)(one.after, one.before) for name, one in change.fields.items()}
    return Change(kind=opposite.get(change.kind, change.kind), key=change.key, fields=fields)


def _edited_since(importer: Importer, scope: str, changes: list[Change]) -> list[str]:
    now = importer.current(scope, lock=True)
    last = _last_said(importer, scope)
    return [
        one.key
        for one in changes
        if one.kind in {"added", "changed", "removed"}
        and (is_edited_since(one, now.get(one.key)) or last.get(one.key) != one.said)
    ]


def _remember(importer: Importer, scope: str, said: dict[str, Any]) -> None:
    ImportedValue.objects.bulk_create(
        [
            ImportedValue(importer=importer.key, scope=scope, key=key, values=values)
            for key, values in said.items()
        ],
        batch_size=200,
        update_conflicts=True,
        unique_fields=["importer", "scope", "key"],
        update_fields=["values"],
    )


def _forget(importer: Importer, scope: str, keys: list[str]) -> None:
    for some in batches(keys):
        ImportedValue.objects.filter(importer=importer.key, scope=scope, key__in=some).delete()


# --- states -------------------------------------------------------------------------------------
def _may(importer: Importer) -> Any:
    return lambda actor, run: importer.allows(actor, run.scope)


def _held(run: ImportRun, expected: RunState) -> ImportRun:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != expected:
        raise Refused(f"This import is {RunState(held.state).label.lower()} already.")
    return held


def _leave(held: ImportRun, run: ImportRun, state: RunState) -> None:
    held.state = state
    if state == RunState.APPLIED:
        held.applied_at = timezone.now()
    if state == RunState.UNDONE:
        held.undone_at = timezone.now()
    held.save()
    run.refresh_from_db()


def _refuse_naming(keys: list[str], what: str, remedy: str) -> None:
    if not keys:
        return
    named = ", ".join(keys[:NAMED])
    more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    raise Refused(f"{named}{more} {what}.", remedy)


def _first_words(error: Exception) -> str:
    return str(error.args[0])[:200] if error.args else type(error).__name__
