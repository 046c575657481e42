"""One person of the list written by hand: what is typed, made into rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from benchside.core.actions import Refused
from benchside.core.registries import publish
from benchside.organisations.models import Employment, Merger, Organisation, OwnWord, Post
from benchside.organisations.staff import kept
from benchside.people.events import PROFILE_CHANGED
from benchside.people.models import Profile

OF_POST = (
    "title", "unit", "family", "grade", "soc2020", "fte", "terms", "started_on", "contract_end",
    "manager",
)  # fmt: skip


def key_of(number: str, email: str) -> str:
    """How the next file will know somebody; empty where it cannot."""
    if number:
        return f"number:{number}"
    return f"email:{email}" if email else ""


def refuse_key(organisation: Organisation, key: str, number: str, but: int | None = None) -> None:
    """Raises Refused when the number or the key is somebody else's, also one merged away."""
    everybody = Employment.objects.filter(organisation=organisation).select_related("technician")
    others = everybody.exclude(pk=but)
    if number and (other := others.filter(staff_number=number).first()):
        raise Refused(
            f"{other.technician} has the staff number {number}.",
            "Correct the number, or see whether the two are one person under Duplicates.",
        )
    if not key:
        return
    other = others.filter(key=key).first()
    if other is not None and other.leaving_reason == kept.DECLINED:
        raise Refused(
            "Whoever this is said that they are no technician.", "Only they can take it back."
        )
    if other is not None:
        raise Refused(f"{other.technician} is known by this already.", "Correct what you typed.")
    merged = Merger.objects.filter(organisation=organisation, undone_at=None, alias=key)
    if (one := merged.exclude(kept=but).select_related("kept__technician").first()) is not None:
        raise Refused(
            f"{one.kept.technician} was merged with whoever had this.",
            "Undo that under Duplicates, if they are two people.",
        )


def rename_key(one: Employment, key: str, secret: str) -> None:
    """Give somebody another key; what they said of themselves goes with them."""
    if key == one.key:
        return
    words = OwnWord.objects.filter(organisation=one.organisation_id)
    if one.key and key and not words.filter(mark=kept.mark_of(secret, key)).exists():
        old = words.filter(mark=kept.mark_of(secret, one.key))
        old.update(mark=kept.mark_of(secret, key))
    one.key = key


def describe_post(post: Post, values: Mapping[str, Any]) -> None:
    for name in OF_POST:
        if name in values:
            setattr(post, name, values[name])
    post.save()


def set_started(one: Employment) -> None:
    """Here since: the earliest start of the posts held."""
    days = one.posts.filter(ended_on=None).values_list("started_on", flat=True)
    one.started_on = min((day for day in days if day), default=one.started_on)


def tell_profiles(technicians: Iterable[int]) -> None:
    """Let whoever shows these people know that post, unit or employer changed."""
    for one in Profile.objects.filter(technician__in=list(technicians)):
        publish(PROFILE_CHANGED.key, technician_id=one.technician_id, public_id=one.public_id)
