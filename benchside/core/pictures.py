"""What happens to pictures: approved, withdrawn, destroyed; and who may see one before.

Files cannot be rolled back, so no file is moved inside a transaction. Approving and
withdrawing change the record and forget the renditions; they are drawn again, in the place
that is then right, when they are next asked for.

`approve`, `withdraw` and `remove` are the verbs of the desk. A room with rules of its own (a
wall that is moderated, a story that is taken back) calls `make_public`, `make_private` and
`destroy` inside its own action.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.permissions import policy_registry

from benchside.core.actions import Actor, Refused, acting
from benchside.core.kept_pictures import is_kept
from benchside.core.models import Picture
from benchside.core.permissions import is_system, predicate
from benchside.core.registries import Event, events, publish
from benchside.core.schedule import daily
from benchside.core.storage import PRIVATE, PUBLIC, MediaStorage
from benchside.core.tasks import task

DESK = ["add", "change", "delete", "choose"]
SWEEP_AFTER = timedelta(minutes=1)
ORPHANS_AFTER = timedelta(days=1)

APPROVED = events.register(Event(key="picture.approved", fields=frozenset({"picture_id"})))
WITHDRAWN = events.register(Event(key="picture.withdrawn", fields=frozenset({"picture_id"})))

# Rooms add who else may see a picture that is not public: its technician, a moderator.
viewers: list[Callable[[Any, Picture], bool]] = []


@predicate("an editor of this picture")
def is_picture_editor(actor: Actor, picture: Picture) -> bool:
    policy = policy_registry.get_by_type(Picture)
    return actor.account is not None and policy.user_has_permission_for_instance(
        actor.account, "change", picture
    )


may_publish = is_picture_editor | is_system


def may_see(user: Any, picture: Picture) -> bool:
    """Whether `user` may see the original and the private renditions."""
    if not user.is_authenticated:
        return False
    policy = policy_registry.get_by_type(Picture)
    return (
        (picture.uploaded_by_user_id == user.pk and not is_kept(picture))
        or policy.user_has_any_permission_for_instance(user, DESK, picture)
        or any(may(user, picture) for may in viewers)
    )


# --- verbs of the desk ----------------------------------------------------------------------
def approve(*, actor: Actor, picture: Picture) -> None:
    """Make the renditions of a picture public. Raises Denied, and Refused without description."""
    with acting("picture.approve", actor=actor, subject=picture, may=may_publish):
        make_public(picture)


def withdraw(*, actor: Actor, picture: Picture) -> None:
    """Take every public rendition down. Afterwards: pages that show it leave the caches."""
    with acting("picture.withdraw", actor=actor, subject=picture, may=may_publish):
        make_private(picture)


def remove(*, actor: Actor, picture: Picture) -> None:
    """Delete a picture with its original and all renditions, at once and for good."""
    with acting("picture.remove", actor=actor, subject=picture, may=may_publish) as act:
        act.about(Picture(pk=picture.pk))
        destroy(picture)


# --- what they do -----------------------------------------------------------------------------
def make_public(picture: Picture) -> None:
    """Set the approval; the sizes it was seen in so far are drawn again, in public, by a task."""
    if not picture.description.strip():
        raise Refused("Nothing says what this picture shows.", "Describe it, then publish it.")
    with transaction.atomic():
        specs = _set_approval(picture, True)
        if specs:
            redraw.enqueue(picture.pk, specs)
        publish(APPROVED.key, picture_id=picture.pk)


def make_private(picture: Picture) -> None:
    """Take the approval back; public files go at commit, and once more a minute later.

    The second look finds what a process that was just drawing has left behind, and makes up
    for a crash between commit and deletion.
    """
    with transaction.atomic():
        _set_approval(picture, False)
        key = picture.key.hex
        transaction.on_commit(lambda: take_down(key), robust=True)
        sweep.using(run_after=timezone.now() + SWEEP_AFTER).enqueue(key)
        publish(WITHDRAWN.key, picture_id=picture.pk)


def destroy(picture: Picture) -> None:
    """Delete record, original and renditions; the files go at commit."""
    with transaction.atomic():
        make_private(picture)
        key = picture.key.hex
        picture.delete()
        transaction.on_commit(lambda: empty(f"{PRIVATE}pictures/{key}"), robust=True)


def _set_approval(picture: Picture, approved: bool) -> list[str]:
    """Change the record and forget its renditions; returns their filters."""
    held = Picture.objects.select_for_update().get(pk=picture.pk)
    held.approved_at = picture.approved_at = timezone.now() if approved else None
    held.save(update_fields=["approved_at"])
    specs = list(held.renditions.values_list("filter_spec", flat=True).order_by("pk"))
    held.renditions.all().delete()
    picture.__dict__.pop("prefetched_renditions", None)
    getattr(picture, "_prefetched_objects_cache", {}).pop("renditions", None)
    return specs


@task(attempts=3)
def redraw(picture_id: int, specs: list[str]) -> None:
    """Draw renditions before a visitor has to wait for them."""
    if picture := Picture.objects.filter(pk=picture_id).first():
        picture.get_renditions(*specs)


@task(attempts=5)
def sweep(key: str) -> None:
    take_down(key)


def take_down(key: str) -> None:
    """Delete the public files of the picture `key`, unless it is approved again."""
    if not Picture.objects.filter(key=key, approved_at__isnull=False).exists():
        empty(f"{PUBLIC}pictures/{key}")


def empty(folder: str) -> None:
    """Delete all files of a folder; one that is not there is empty already."""
    storage = MediaStorage()
    try:
        _, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{folder}/{name}")


@daily(at="03:50")
@task(attempts=3)
def sweep_orphans() -> None:
    """Files of pictures whose record never came to be: a process was killed between the two.

    They are safe and nothing leads to them; here they go, once they are a day old.
    """
    storage, before = MediaStorage(), timezone.now() - ORPHANS_AFTER
    try:
        keys, _ = storage.listdir(f"{PRIVATE}pictures")
    except FileNotFoundError:
        return
    for some in _in_parts(keys, 500):
        known = set(Picture.objects.filter(key__in=some).values_list("key", flat=True))
        for key in set(some) - {each.hex for each in known}:
            folder = f"{PRIVATE}pictures/{key}"
            _, names = storage.listdir(folder)
            if all(storage.get_modified_time(f"{folder}/{name}") < before for name in names):
                empty(folder)


def _in_parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
