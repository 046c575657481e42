"""What a moderator does with a photograph, what a sender answers, what a visitor reports.

Whoever decides must have the photograph before them: one that somebody else is looking at is
left to them. Nothing here makes a picture public but `approve`, and that only with the last yes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from benchside.core import pictures
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.models import Picture
from benchside.core.permissions import anybody
from benchside.core.retouching import Box, NothingLeft, retouched
from benchside.core.states import NoSuchMove, move
from benchside.core.unseen import without_unseen
from benchside.people.models import MediaConsent
from benchside.visibility.enums import HiddenFor, InPicture, PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation_tasks as tasks
from benchside.visibility.photos import wall_events
from benchside.visibility.photos.moderation_facts import school_of
from benchside.visibility.photos.states import NEW, PHOTO, TO_LOOK_AT
from benchside.visibility.rules import can_moderate

UNDO_FOR = timedelta(minutes=10)  # what goes to a sender waits so long, so that it can be undone
REPORTS_THAT_HIDE = 3
FREE: dict[str, Any] = {"held_by": None, "held_until": None}
NO_YES: dict[str, Any] = {
    "approved_at": None,
    "approved_by": None,
    "first_approved_at": None,
    "first_approved_by": None,
    "drawn_at": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands beside a photograph; `description` is for people who cannot see it."""

    caption: str
    display_name: str
    description: str
    in_picture: InPicture


# --- decisions ------------------------------------------------------------------------------------
def approve(*, actor: Actor, photo: Photo) -> None:
    """Say yes. Where a child may be seen the first yes waits for a second person's.

    With the last yes: what it was before it was retouched is destroyed, the sizes of the wall are
    drawn by a task, and then it is on the wall. Raises Refused, Denied.
    """
    with transaction.atomic():
        _before_me(actor, photo)
        if photo.child_may_be_seen and photo.state in NEW:
            move(table=PHOTO, subject=photo, verb="approve-first", actor=actor, columns=FREE)
            return
        before = photo.original
        move(
            table=PHOTO,
            subject=photo,
            verb="approve",
            actor=actor,
            columns={**FREE, **_place(photo), "original": None, "reports": 0, "hidden_for": ""},
        )
        if before is not None:
            pictures.destroy(before)
        if photo.picture is not None:  # the database holds that it is there
            pictures.make_public(photo.picture)
        tasks.draw.enqueue(photo.pk)


def refuse(*, actor: Actor, photo: Photo, reason: RefusedFor) -> None:
    """Do not use it. The sender is told why, kindly, once it can no longer be undone."""
    with transaction.atomic():
        _before_me(actor, photo)
        columns = {**FREE, **NO_YES, "refused_for": str(reason)}
        move(
            table=PHOTO, subject=photo, verb="refuse", actor=actor, columns=columns,
            detail={"reason": str(reason)},
        )  # fmt: skip
        later = tasks.settle_refusal.using(run_after=timezone.now() + UNDO_FOR)
        later.enqueue(photo.pk, _stamp(photo.refused_at))


def ask(*, actor: Actor, photo: Photo, question: str) -> None:
    """Ask the sender something; the photograph waits for the answer. Raises Refused where there
    is nobody to ask."""
    with transaction.atomic():
        _before_me(actor, photo)
        if not photo.reply_to and photo.person_id is None:
            raise Refused(
                "Nobody can be asked: the sender left no address.",
                "Decide by what is to be seen. In doubt, refuse it.",
            )
        columns = {
            **FREE, **NO_YES, "question": question.strip(), "answer": "", "answered_at": None,
        }  # fmt: skip
        move(table=PHOTO, subject=photo, verb="ask", actor=actor, columns=columns)
        later = tasks.send_question.using(run_after=timezone.now() + UNDO_FOR / 5)
        later.enqueue(photo.pk, _stamp(photo.asked_at))


def answer(*, actor: Actor, photo: Photo, words: str) -> None:
    """The sender's answer: the photograph is back at the front of the queue."""
    move(table=PHOTO, subject=photo, verb="answer", actor=actor, columns={"answer": words.strip()})


def skip(*, actor: Actor, photo: Photo) -> None:
    """Leave it for later or for somebody else: it goes to the end of the queue."""
    with acting("photo.skip", actor=actor, subject=photo, may=can_moderate):
        _before_me(actor, photo)
        _write(photo, look_after=timezone.now(), **FREE)


def look_again(*, actor: Actor, photo: Photo) -> None:
    """Take a decision back: it waits as if nobody had looked, and off the wall it goes at once."""
    was_shown = photo.state == PhotoState.APPROVED
    with transaction.atomic():
        columns = {**NO_YES, "refused_for": "", "refused_at": None, "refused_by": None}
        move(table=PHOTO, subject=photo, verb="look-again", actor=actor, columns=columns)
        if was_shown:
            _take_off(photo)


# --- off the wall -----------------------------------------------------------------------------
def hide(*, actor: Actor, photo: Photo, why: HiddenFor = HiddenFor.MODERATOR) -> None:
    """Off the wall at once, until somebody has looked again."""
    with transaction.atomic():
        columns = {
            "hidden_for": str(why), "first_approved_at": None, "first_approved_by": None,
            "drawn_at": None,
        }  # fmt: skip
        move(table=PHOTO, subject=photo, verb="hide", actor=actor, columns=columns,
             detail={"why": str(why)})  # fmt: skip
        _take_off(photo)


def raise_child(*, actor: Actor, photo: Photo) -> None:
    """Say that a child may be seen: from now two people have to say yes. One on the wall is off it
    at once; a yes that one person gave before is void."""
    with acting("photo.raise-child", actor=actor, subject=photo, may=can_moderate) as act:
        held = Photo.objects.select_for_update().get(pk=photo.pk)
        photo.state = held.state
        if held.child_may_be_seen:
            raise Refused("That is said already.", "Two people have to say yes to this one.")
        act.note(state=held.state)
        if held.state == PhotoState.APPROVED:
            hide(actor=actor, photo=photo, why=HiddenFor.CHILD)
        _write(photo, child_may_be_seen=True)


def report(*, actor: Actor, photo: Photo) -> None:
    """Count what a visitor said of it. After the third it is hidden until somebody has looked."""
    with acting("photo.report", actor=actor, subject=photo, may=anybody):
        held = Photo.objects.select_for_update().get(pk=photo.pk)
        Photo.objects.filter(pk=photo.pk).update(reports=F("reports") + 1)
        photo.reports, photo.state = held.reports + 1, held.state
        if photo.reports >= REPORTS_THAT_HIDE and photo.state == PhotoState.APPROVED:
            hide(actor=SYSTEM, photo=photo, why=HiddenFor.REPORTS)


# --- words and pixels -----------------------------------------------------------------------------
def describe(*, actor: Actor, photo: Photo, words: Words) -> None:
    """Mend what stands beside it. Who is in it can be said anew: that a child may be seen stays,
    and said here it is raised, as by `raise_child`. That somebody can be recognised after all ends
    the sender's yes, which was given for nobody, and takes it off the wall."""
    with acting("photo.describe", actor=actor, subject=photo, may=can_moderate) as act:
        held = Photo.objects.select_for_update().get(pk=photo.pk)
        photo.state = held.state
        if held.state not in TO_LOOK_AT and held.state != PhotoState.APPROVED:
            raise NoSuchMove("Its words cannot be changed now.", "Put it back in the queue first.")
        if held.picture_id != photo.picture_id:
            raise Refused("The picture was changed meanwhile.", "Look at it again.")
        act.note(in_picture=str(words.in_picture))
        if words.in_picture == InPicture.CHILD and not held.child_may_be_seen:
            raise_child(actor=actor, photo=photo)
        if held.in_picture == InPicture.NOBODY and words.in_picture == InPicture.AGREED:
            _want_their_yes(actor, photo)
        _write(
            photo, caption=without_unseen(words.caption),
            display_name=without_unseen(words.display_name),
            in_picture=str(words.in_picture),
        )  # fmt: skip
        if photo.picture is not None and photo.picture.description != words.description:
            photo.picture.description = words.description
            photo.picture.save(update_fields=["description"])
        if photo.state == PhotoState.APPROVED:
            wall_events.shown(photo)


def _want_their_yes(actor: Actor, photo: Photo) -> None:
    MediaConsent.objects.of(photo.subject).take_back()
    if photo.state == PhotoState.APPROVED:
        hide(actor=actor, photo=photo)


def retouch(
    *, actor: Actor, photo: Photo, covered: Sequence[Box] = (), kept: Box | None = None
) -> None:
    """Cover parts for good and cut edges off: a new picture takes the place of this one.

    The one before stays private until the photograph is approved, and is destroyed then. A first
    yes was to another picture and is void. Raises Refused, Denied.
    """
    source = photo.picture
    if not can_moderate(actor, photo) or source is None:
        raise NoSuchMove("There is no picture to change.", "Go on to the next one.")
    try:
        with source.file.open("rb") as file:
            safe = retouched(file, covered=covered, kept=kept)
    except NothingLeft as error:
        raise Refused("Too little would be left of the picture.", str(error)) from error
    made = Picture(
        title=source.title, description=source.description, collection=source.collection,
        uploaded_by_user=source.uploaded_by_user, file=safe,
    )  # fmt: skip
    with acting("photo.retouch", actor=actor, subject=photo, may=can_moderate) as act:
        held = _before_me(actor, photo)
        if held.state not in TO_LOOK_AT:
            raise Refused("It was decided meanwhile.", "Open it again.")
        _void_first_yes(actor, photo, held)
        made.save()
        act.note(covered=len(covered), cut=kept is not None)
        is_first = held.original_id is None
        _write(photo, picture=made, original=source if is_first else held.original)
        if not is_first:
            pictures.destroy(source)


def restore(*, actor: Actor, photo: Photo) -> None:
    """Take all retouching back: the picture is what was sent in."""
    with acting("photo.restore", actor=actor, subject=photo, may=can_moderate):
        held = _before_me(actor, photo)
        if held.original is None or held.state not in TO_LOOK_AT:
            raise Refused("There is nothing to take back.", "Go on with the picture as it is.")
        _void_first_yes(actor, photo, held)
        made, before = held.picture, held.original
        before.description = made.description if made else before.description
        before.save(update_fields=["description"])
        _write(photo, original=None)
        _write(photo, picture=before)
        if made is not None:
            pictures.destroy(made)


# --- what they share ------------------------------------------------------------------------------
def _before_me(actor: Actor, photo: Photo) -> Photo:
    """The photograph as it is now, locked. Raises Refused while somebody else has it before them,
    and when its picture is no longer the one that was looked at."""
    held = Photo.objects.select_for_update().get(pk=photo.pk)
    is_held = held.held_until is not None and held.held_until > timezone.now()
    if is_held and held.held_by != actor.person_id:
        raise Refused("Somebody else is looking at this one.", "Go on with the next.")
    if held.picture_id != photo.picture_id:
        raise Refused("The picture was changed meanwhile.", "Look at it again.")
    photo.child_may_be_seen = held.child_may_be_seen
    return held


def _void_first_yes(actor: Actor, photo: Photo, held: Photo) -> None:
    photo.state = held.state
    if held.state == PhotoState.ONCE_APPROVED:
        move(table=PHOTO, subject=photo, verb="look-again", actor=actor, columns=NO_YES)


def _write(photo: Photo, **values: Any) -> None:
    Photo.objects.filter(pk=photo.pk).update(**values)
    for name, value in values.items():
        setattr(photo, name, value)


def _place(photo: Photo) -> dict[str, str]:
    """Whose school it is on the wall, and how an address says so."""
    school, town = school_of(photo), photo.pledge.town if photo.pledge else ""
    if not (photo.school or photo.pledge) and photo.organisation is not None:
        town = photo.organisation.town
    return {"school": school, "school_slug": slugify(f"{school} {town}")[:120]}


def _take_off(photo: Photo) -> None:
    if photo.picture is not None:
        pictures.make_private(photo.picture)
    wall_events.gone(photo)


def _stamp(moment: Any) -> str:
    """By which a task knows that what it was queued for still holds."""
    return str(moment.isoformat())
