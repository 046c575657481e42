"""Two rows of the list made one, and two again. Called under the lock of the list."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from benchside.organisations.equipment import same_people
from benchside.organisations.models import Employment, Merger, Post, Runs
from benchside.organisations.staff import writing
from benchside.organisations.staff.kept import as_post
from benchside.organisations.staff_list.aliases import is_twin
from benchside.people.models import ClaimInvitation, Technician

BLANKS = ("sex", "ethnicity", "disability")
# What a merger may write over in the row that stays, and in the one that goes.
STAYS = [*BLANKS, "key", "staff_number", "age_band", "age_as_of", "started_on"]
GOES = ["key", "staff_number", "brought_by_id"]


def merge(merger: Merger) -> None:
    """Move all that hangs on the absorbed row to the kept one, and note it in `merger.old`."""
    stays, goes = merger.kept, merger.absorbed
    merger.alias = goes.key
    merger.old = {
        "stays": writing.taken(stays, STAYS),
        "goes": writing.taken(goes, GOES),
        "technician": writing.taken(stays.technician, writing.TECHNICIAN),
        "posts": _move_posts(stays, goes),
        "manages": _move(Post.everything.filter(manager=goes), manager=stays),
        "claims": _move(
            ClaimInvitation.objects.filter(technician=goes.technician_id),
            technician=stays.technician_id,
        ),
        "equipment": same_people.hand_over(
            goes.technician, stays.technician, merger.organisation_id
        ),
    }
    number = goes.staff_number
    # Without a number the row that goes can stay in the table beside whoever bears it now.
    goes.key, goes.staff_number, goes.is_listed, goes.brought_by = "", "", False, None
    goes.save(update_fields=["key", "staff_number", "is_listed", "brought_by"])
    _fill(stays, goes, number)
    merger.old["wrote"] = writing.taken(stays, STAYS)
    merger.old["called"] = writing.taken(stays.technician, writing.TECHNICIAN)


def _fill(stays: Employment, goes: Employment, number: str) -> None:
    """What is not known of the one, from the other. A key of its own lets an alias point to it."""
    for name in BLANKS:
        setattr(stays, name, getattr(stays, name) or getattr(goes, name))
    if not stays.age_band:
        stays.age_band, stays.age_as_of = goes.age_band, goes.age_as_of
    days = [day for day in (stays.started_on, goes.started_on) if day]
    stays.started_on = min(days, default=None)
    stays.staff_number = stays.staff_number or number
    stays.key = stays.key or f"employment:{stays.pk}"
    stays.save(update_fields=STAYS)
    known = stays.technician
    if not known.is_claimed:
        known.name = known.name or goes.technician.name
        known.work_email = known.work_email or goes.technician.work_email
        known.save(update_fields=writing.TECHNICIAN)


def _move_posts(stays: Employment, goes: Employment) -> dict[str, Any]:
    """All but those that are told twice: these stay behind, out of sight. By id, what they were."""
    held = [as_post(one) for one in stays.posts.select_related("unit__above")]
    moved = {}
    for post in goes.posts.select_related("unit__above"):
        if any(is_twin(as_post(post), mine) for mine in held):
            continue
        moved[str(post.pk)] = {"is_main": post.is_main}
        post.employment, post.is_main = stays, False
        post.save(update_fields=["employment", "is_main"])
    return moved


def _move(rows: Any, **to: Any) -> list[int]:
    ids = list(rows.values_list("pk", flat=True))
    rows.model._base_manager.filter(pk__in=ids).update(**to)
    return ids


def take_apart(merger: Merger) -> None:
    """Make them two again. Exactly as they were if nothing has changed since; what has, stays
    where it belongs: posts that came return, and later changes of the kept row are not undone.

    Raises IntegrityError when the key or the number is somebody else's by now.
    """
    old, stays, goes = merger.old, merger.kept, merger.absorbed
    _unwrite(stays, old["stays"], old["wrote"])
    for name in ("key", "staff_number"):  # a later list may know them by the other's
        if getattr(stays, name) == old["goes"][name]:
            setattr(stays, name, old["stays"][name])
    stays.save(update_fields=STAYS)
    if not stays.technician.is_claimed:
        _unwrite(stays.technician, old["technician"], old["called"])
        stays.technician.save(update_fields=writing.TECHNICIAN)
    writing.given(goes, old["goes"])
    goes.is_listed, goes.left_on = True, stays.left_on
    goes.save()
    posts = Post.everything.filter(pk__in=map(int, old["posts"]), employment=stays)
    for post in posts:
        post.employment, post.is_main = goes, old["posts"][str(post.pk)]["is_main"]
        post.save(update_fields=["employment", "is_main"])
    Post.everything.filter(pk__in=old["manages"], manager=stays).update(manager=goes)
    claims = ClaimInvitation.objects.filter(pk__in=old["claims"], technician=stays.technician_id)
    claims.update(technician=goes.technician_id)
    same_people.hand_back(
        old["equipment"], goes.technician, stays.technician, since=merger.merged_at
    )


@transaction.atomic
def forget(before: datetime) -> None:
    """Of mergers made before a moment only the alias stays: what an undo would need goes, and so
    do the facts and the name of the row nobody sees, unless another organisation knows them."""
    old = Merger.objects.filter(undone_at=None, merged_at__lt=before).exclude(old={})
    rows = list(old.values_list("pk", "absorbed", "absorbed__technician"))
    absorbed = [row for _, row, _ in rows]
    Post.everything.filter(employment__in=absorbed).delete()
    of_one = old.filter(
        organisation=OuterRef("equipment__organisation"),
        absorbed__technician=OuterRef("technician"),
    )
    Runs.objects.filter(Exists(of_one)).delete()  # said twice
    Employment.everything.filter(pk__in=absorbed).update(
        age_band="", age_as_of=None, sex="", ethnicity="", disability=""
    )
    alone = Technician.objects.unclaimed().filter(pk__in=[known for _, _, known in rows])
    elsewhere = Employment.everything.exclude(pk__in=absorbed)
    alone.exclude(pk__in=elsewhere.values("technician")).update(
        name="", work_email="", erased_at=timezone.now()
    )
    Merger.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(old={})


def _unwrite(one: Employment | Technician, before: dict[str, Any], wrote: dict[str, Any]) -> None:
    """Put back what still is as the merger wrote it."""
    now = writing.taken(one, before)
    same = [name for name in before if now[name] == wrote[name]]
    writing.given(one, {name: before[name] for name in same})
