"""Comparing a file with what is there. Plain values in and out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from benchside.core.imports.base import Change, Field, Problem, Row, Values

MISSING = object()


def repeated_keys(rows: Iterable[Row]) -> Iterator[Problem]:
    """A problem for every row whose key stood on an earlier one."""
    first: dict[str, int] = {}
    for row in rows:
        if row.key in first:
            remedy = f"Row {first[row.key]} is about the same record. Leave one of them out."
            yield Problem(row.number, "", row.key, remedy)
        first.setdefault(row.key, row.number)


def compare(
    rows: Iterable[Row],
    current: Mapping[str, Values],
    last: Mapping[str, Values],
    *,
    removes: bool,
    keeps_edits: bool,
) -> tuple[list[Change], int]:
    """The difference, in the file's order, then what is missing from it; and how many records
    are as the file says.

    `last` is what the last file said, by key. A field is an editor's when what is there is
    not what the last file said.
    """
    changes, unchanged, seen = [], 0, set()
    for row in rows:
        seen.add(row.key)
        change = _one(row, current.get(row.key), last.get(row.key), keeps_edits)
        unchanged += change.kind == "same"
        if change.kind != "same" or change.base != change.said:
            changes.append(change)
    if removes:
        gone = (key for key in current if key not in seen)
        changes += filter(
            None, (_missing(key, current[key], last.get(key), keeps_edits) for key in gone)
        )
    return changes, unchanged


def _one(row: Row, now: Values | None, base: Values | None, keeps_edits: bool) -> Change:
    change = Change(kind="same", key=row.key, row=row.number, said=row.values, base=base)
    if now is None:
        change.fields = {name: Field(None, value) for name, value in row.values.items()}
        was_removed_by_hand = keeps_edits and base is not None
        if was_removed_by_hand:
            return replace(change, kind="kept", instead="added")
        return replace(change, kind="added")
    for name, value in row.values.items():
        if now.get(name, MISSING) == value:
            continue
        edited = keeps_edits and (base or {}).get(name, MISSING) != now.get(name, MISSING)
        (change.kept if edited else change.fields)[name] = Field(now.get(name), value)
    kind = "changed" if change.fields else "kept" if change.kept else "same"
    return replace(change, kind=kind)


def _missing(key: str, now: Values, base: Values | None, keeps_edits: bool) -> Change | None:
    fields = {name: Field(value, None) for name, value in now.items()}
    change = Change(kind="removed", key=key, fields=fields, base=base)
    if not keeps_edits:
        return change
    if base is None:  # made by hand, no file ever spoke of it
        return None
    edited = any(now.get(name, MISSING) != value for name, value in base.items())
    return replace(change, kind="kept", instead="removed") if edited else change


def chosen(change: Change, take: Collection[str]) -> Change:
    """The change with what was taken: `key/field` for a field, `key` for a whole record."""
    if change.kind == "kept" and change.instead:
        return replace(change, kind=change.instead, instead="") if change.key in take else change
    taken = {name for name in change.kept if f"{change.key}/{name}" in take}
    if not taken:
        return change
    return replace(
        change,
        kind="changed",
        fields={**change.fields, **{name: change.kept[name] for name in taken}},
        kept={name: one for name, one in change.kept.items() if name not in taken},
    )


def is_stale(change: Change, now: Values | None) -> bool:
    """Whether the record is no longer as it was when the difference was made."""
    expected_missing = change.kind == "added" or change.instead == "added"
    if expected_missing or now is None:
        return expected_missing is not (now is None)
    both = {**change.fields, **change.kept}
    return any(now.get(name) != one.before for name, one in both.items())


def is_edited_since(change: Change, now: Values | None) -> bool:
    """Whether the record is no longer as the change left it."""
    if change.kind == "removed" or now is None:
        return (change.kind == "removed") is not (now is None)
    return any(now.get(name) != value for name, value in change.after.items())
