"""What a sender does with a photograph: sends it in, and takes it back.

A photograph is cleaned before the answer is given: raw bytes are never stored (decision 0022). One
process cleans one picture at a time, so that a rush fills a queue and not the memory.
"""

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction

from benchside.careers.models import Role
from benchside.core import media, pictures
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.models import Picture
from benchside.core.permissions import anybody
from benchside.core.states import move
from benchside.core.storage import MediaStorage
from benchside.core.unseen import without_unseen
from benchside.people.actions import give_consent
from benchside.people.actions.media_consents import Signed
from benchside.people.enums import ConsentBy, Covers
from benchside.people.models import MediaConsent
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import LikenessMark, Photo
from benchside.visibility.photos import doors, likeness, wall_events
from benchside.visibility.photos.doors import Door
from benchside.visibility.photos.states import PHOTO

A_CHILD = "A child, not named"
PARENTS = "The sender holds the yes of a parent or carer for each child."
PATIENCE = 8.0  # seconds a picture waits for its turn

_turn = threading.BoundedSemaphore(1)


class Busy(Refused):
    """Too many pictures are being cleaned in this process; nothing was kept, send it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody sent: the file, what they say of it, and what they put their name to.

    `adults` are those in it who agreed, as the sender names them; `words` what was agreed to.
    """

    sending: UUID
    file: File
    in_picture: InPicture
    display_name: str
    signed_as: str
    words: str
    caption: str = ""
    adults: Sequence[str] = ()
    role: Role | None = None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A picture that may be stored, and its prints."""

    file: media.SafeImage
    prints: list[int]


def send_photo(*, actor: Actor, door: Door, sent: Sent, patience: float = PATIENCE) -> Photo:
    """Clean a picture and queue it for the moderators; the same bytes again give the same photo.

    Near-duplicates are noted for the moderators and refused for nothing. Raises PictureRefused,
    Busy after `patience` seconds without a turn, and NoDoor when a code has let in too many.
    """
    once = mark_of(sent.sending, sent.file)
    if known := Photo.objects.filter(sent_once=once).first():
        return known
    doors.check_room(door)
    cleaned = _cleaned(sent.file, patience)
    picture = _stored(cleaned.file)
    try:
        return _kept(actor, door, sent, once, picture, cleaned.prints)
    except IntegrityError:
        _delete(str(picture.file.name))
        if known := Photo.objects.filter(sent_once=once).first():
            return known  # another process was first with the same bytes
        raise
    except BaseException:
        _delete(str(picture.file.name))
        raise


def mark_of(sending: UUID, file: File | IO[bytes]) -> str:
    """What makes sending twice be sending once: the visit and the bytes."""
    digest = hashlib.sha256(sending.bytes)
    file.seek(0)
    while chunk := file.read(1024 * 1024):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _cleaned(file: File, patience: float) -> Cleaned:
    with in_turn(patience):
        drawn = media.drawn(file)
        return Cleaned(media.encoded(drawn), likeness.all_of(drawn.image))


@contextmanager
def in_turn(patience: float) -> Iterator[None]:
    """One picture at a time in this process. Raises Busy."""
    if not _turn.acquire(timeout=patience):
        raise Busy("Very many pictures come in just now.", "Wait a moment and send it again.")
    try:
        yield
    finally:
        _turn.release()


def _stored(file: media.SafeImage) -> Picture:
    picture = Picture(title="A photograph that was sent in")
    picture.file.save(str(file.name), file, save=False)
    return picture


def _delete(name: str) -> None:
    MediaStorage().delete(name)


def _kept(
    actor: Actor, door: Door, sent: Sent, once: str, picture: Picture, prints: list[int]
) -> Photo:
    photo = Photo(
        sent_once=once, sending=sent.sending, person_id=actor.person_id,
        campaign=door.campaign, pledge=door.pledge, organisation=door.organisation,
        school=door.school, caption=without_unseen(sent.caption),
        display_name=without_unseen(sent.display_name),
        role=sent.role, in_picture=sent.in_picture, reply_to=sent.reply_to,
        child_may_be_seen=sent.in_picture == InPicture.CHILD,
        likeness=likeness.signed(prints[0]), near_duplicate_of=near(prints),
    )  # fmt: skip
    with acting("photo.send", actor=actor, subject=photo, may=anybody) as act:
        picture.save()
        photo.picture = picture
        photo.save()
        keep_looks(photo, prints)
        for signed in _signatures(actor, sent):
            give_consent(actor=actor, subject=photo.subject, covers=Covers.PICTURE, signed=signed)
        act.note(in_picture=str(photo.in_picture), near=photo.near_duplicate_of_id)
        move(table=PHOTO, subject=photo, verb="queue", actor=SYSTEM)
    return photo


def near(prints: Sequence[int]) -> Photo | None:
    """The photograph that looks nearly like these prints and was not withdrawn, or None."""
    marks = {mark for each in prints for mark in likeness.marks(each)}
    found = LikenessMark.objects.filter(mark__in=marks).values_list("photo", "likeness").distinct()
    nearest = likeness.nearest(prints, ((key, likeness.unsigned(kept)) for key, kept in found))
    return Photo.objects.exclude(state=PhotoState.WITHDRAWN).filter(pk=nearest or 0).first()


def keep_looks(photo: Photo, prints: Sequence[int]) -> None:
    """Remember what a photograph looks like, to find near-duplicates of it."""
    LikenessMark.objects.bulk_create(_marks(photo, prints))


def _marks(photo: Photo, prints: Sequence[int]) -> list[LikenessMark]:
    return [
        LikenessMark(photo=photo, mark=mark, likeness=likeness.signed(each))
        for each in dict.fromkeys(prints)
        for mark in likeness.marks(each)
    ]


def _signatures(actor: Actor, sent: Sent) -> list[Signed]:
    """One consent for each who may be recognised; where nobody is, the sender's for the picture."""
    signed = partial(Signed, signed_as=sent.signed_as, words=sent.words)
    if sent.in_picture == InPicture.AGREED:
        return [
            signed(who=who, evidence="The sender says that they agreed.") for who in sent.adults
        ]
    if sent.in_picture == InPicture.CHILD:
        return [signed(who=A_CHILD, given_by=ConsentBy.PARENT, evidence=PARENTS)]
    return [signed(who=sent.signed_as, person_id=actor.person_id)]


def withdraw_photo(*, actor: Actor, photo: Photo) -> None:
    """Take a photograph back: the picture and all words go at once and for good.

    The row stays, with what is counted: that it came, and that it went. Afterwards: pages, feeds
    and caches let go of it. Raises Denied, and NoSuchMove when it is withdrawn already.
    """
    with transaction.atomic():
        held = Photo.objects.select_for_update().get(pk=photo.pk)
        move(table=PHOTO, subject=held, verb="withdraw", actor=actor)
        forget(held)
        photo.refresh_from_db()


def forget(photo: Photo) -> None:
    """Destroy the picture and blank every word. For actions that have asked who may."""
    for picture in (photo.picture, getattr(photo, "original", None)):
        if picture is not None:
            pictures.destroy(picture)
    photo.marks.all().delete()
    MediaConsent.objects.of(photo.subject).take_back()
    blanks: dict[str, Any] = dict.fromkeys(BLANKED, "") | {"likeness": None, "sent_once": None}
    Photo.objects.filter(pk=photo.pk).update(picture=None, original=None, **blanks)
    wall_events.gone(photo)


BLANKED = ("caption", "display_name", "reply_to", "question", "answer")
