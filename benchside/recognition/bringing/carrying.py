"""A list of entries carried out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import transaction

from benchside.core import imports
from benchside.core.actions import Actor
from benchside.core.models import ImportRun, RunState
from benchside.recognition.bringing.importing import acting_as
from benchside.recognition.models import BroughtList

ONE, SEVERAL = "one", "several"


def bring_in(*, actor: Actor, one: BroughtList) -> None:
    """Write it. Run twice, the second finds it done. Raises Denied, Refused."""
    if one.run is None or one.run.state == RunState.APPLIED:
        return
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=one.run.pk)
        _put_together(run, one.groups)
        run.save(update_fields=["difference"])
        with importing_as(actor):
            imports.apply(actor=actor, run=run)
        one.groups, one.answers, one.emails = [], {}, {}
        one.save(update_fields=["groups", "answers", "emails"])
        delete_file(one)


@contextmanager
def importing_as(actor: Actor) -> Iterator[None]:
    """Meanwhile the importer acts as this person: the engine asks again whether they may."""
    token = acting_as.set(actor)
    try:
        yield
    finally:
        acting_as.reset(token)


def _put_together(run: ImportRun, groups: Iterable[Mapping[str, Any]]) -> None:
    """Those that were said to be one person go with the first number of the group."""
    first: dict[str, str] = {}
    for group in groups:
        if group["said"] == ONE:
            numbers = [member["number"] for member in group["members"]]
            first |= dict.fromkeys(numbers[1:], numbers[0])
    for change in run.difference:
        if root := first.get(change["key"]):
            change["fields"]["with"]["after"] = root
            change["said"]["with"] = root


def delete_file(one: BroughtList) -> None:
    """The file goes once that is committed."""
    if name := one.file.name:
        transaction.on_commit(partial(one.file.storage.delete, name))
        BroughtList.objects.filter(pk=one.pk).update(file="")
        one.file = ""
