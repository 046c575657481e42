"""Who answers to whom, between the keys of a list and the rows of the database."""

import time
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from benchside.organisations.models import Employment, Post, StaffRun, StagedPerson
from benchside.organisations.staff.rows import update_rows
from benchside.organisations.staff.staging import CHUNK, PAUSE
from benchside.organisations.staff_list import Kind


class Managers:
    """Finds a manager's employment. To be asked when all newcomers of the run are written."""

    def __init__(self, run: StaffRun) -> None:
        self.run = run

    def find(self, key: str | None) -> int | None:
        return self._by_key.get(key) if key else None

    @cached_property
    def _by_key(self) -> dict[str, int]:
        """Those who are there or come with the run; by their new key where the list has one."""
        of_run = Employment.everything.filter(
            Q(is_listed=True) | Q(brought_by=self.run), organisation=self.run.organisation_id
        )
        found = dict(of_run.exclude(key="").values_list("key", "pk"))
        stay = self.run.staged.filter(
            kind__in=[Kind.MOVED, Kind.CHANGED], employment__isnull=False
        ).annotate(new=KeyTextTransform("key", "after"))
        return found | dict(stay.values_list("new", "employment"))


def write_managers_of_newcomers(run: StaffRun, managers: Managers) -> None:
    """In pieces, while nobody sees the newcomers. May be run again."""
    joined = run.staged.filter(kind=Kind.JOINED, employment__brought_by=run).order_by("place")
    last = -1
    while some := list(
        joined.filter(place__gt=last).values_list("place", "employment", "after")[:CHUNK]
    ):
        last = some[-1][0]
        keys = {
            of: [post.get("manager") for post in (after or {})["posts"]] for _, of, after in some
        }
        led = {of: said for of, said in keys.items() if any(said)}
        if led:
            with transaction.atomic():
                _write(led, managers)
            time.sleep(PAUSE)


def _write(led: dict[int, list[str | None]], managers: Managers) -> None:
    """Posts of newcomers were made in the order of the list."""
    posts: dict[int, list[Post]] = {}
    for post in Post.everything.filter(employment__in=led).order_by("pk"):
        posts.setdefault(post.employment_id, []).append(post)
    changed = []
    for of, said in led.items():
        for post, key in zip(posts[of], said, strict=True):
            post.manager_id = managers.find(key)
            changed.append(post)
    update_rows(changed, ["manager"])


def forget(gone: QuerySet[Employment]) -> None:
    """Take the keys of these people out of what differences say of those who answer to them."""
    theirs = StagedPerson.objects.filter(employment__in=gone)
    keys = {side["key"] for row in theirs.values_list("before", "after") for side in row if side}
    keys |= set(gone.values_list("key", flat=True))
    runs = StaffRun.objects.filter(organisation__in=gone.values("organisation"))
    some = StagedPerson.objects.filter(run__in=runs).annotate(
        said=Concat(Cast("before", TextField()), Cast("after", TextField()))
    )
    for one in some.filter(said__contains='"manager"'):
        if _without(one.before, keys) | _without(one.after, keys):
            one.save(update_fields=["before", "after"])


def _without(side: dict[str, Any] | None, keys: set[str]) -> bool:
    led = [post for post in (side or {}).get("posts", []) if post.get("manager") in keys]
    for post in led:
        del post["manager"]
    return bool(led)
