"""The table of states of a photograph, from the queue to the wall and off it again."""

from collections.abc import Iterable
from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import Predicate, holds_link, is_system, predicate
from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.people.enums import ConsentBy
from benchside.people.models import MediaConsent
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.rules import can_moderate

LINK = "photo"  # what a sender's own link opens: scope `photo:<pk>`


def _is_consented(photo: Photo) -> bool:
    """For a child only the yes of a parent or carer counts: the sender's own is none."""
    if photo.in_picture == InPicture.NOBODY:
        return True
    given = MediaConsent.objects.of(photo.subject).standing()
    if photo.in_picture == InPicture.CHILD:
        given = given.filter(given_by=ConsentBy.PARENT)
    return given.exists()


DESCRIBED = Need(
    "words for people who cannot see it",
    lambda photo: bool(photo.picture and photo.picture.description.strip()),
    "Say what it shows, in a sentence, then approve it.",
)
CONSENTED = Need(
    "the yes of those in it",
    _is_consented,
    "Ask the sender to send it again and say who agreed, or cover the faces and say that nobody "
    "can be recognised.",
)
ONE_IS_ENOUGH = Need(
    "no child in it",
    lambda photo: not photo.child_may_be_seen,
    "A child may be seen in it: two people have to say yes.",
)
CHILD = Need(
    "a child that may be seen",
    lambda photo: photo.child_may_be_seen,
    "One yes is enough for this one: approve it.",
)


@predicate("somebody other than who said yes first")
def is_second(actor: Actor, photo: Photo) -> bool:
    return actor.person_id is not None and actor.person_id != photo.first_approved_by


@predicate("the sender of this photograph")
def is_sender(actor: Actor, photo: Photo) -> bool:
    return actor.person_id is not None and actor.person_id == photo.person_id


can_answer = is_sender | holds_link(LINK)
can_withdraw = can_answer | is_system
can_hide = can_moderate | is_system

NEW = (PhotoState.QUEUED, PhotoState.HIDDEN)  # nobody has said yes, or not since it was hidden
TO_LOOK_AT = (*NEW, PhotoState.ONCE_APPROVED)
DECIDED = (PhotoState.ONCE_APPROVED, PhotoState.APPROVED, PhotoState.ASKED, PhotoState.REFUSED)
NOT_WITHDRAWN = tuple(state for state in PhotoState if state != PhotoState.WITHDRAWN)


def _rows(
    verb: str, sources: Iterable[str], target: str, may: Predicate, **more: Any
) -> list[Transition]:
    return [
        Transition(source=source, verb=verb, target=target, may=may, **more) for source in sources
    ]


APPROVED = {"at": "approved_at", "by": "approved_by"}
PHOTO = state_tables.register(
    StateTable(
        "photo",
        title="A photograph",
        states=PhotoState,
        start=PhotoState.RECEIVED,
        rows=[
            *_rows("queue", (PhotoState.RECEIVED,), PhotoState.QUEUED, is_system),
            *_rows(
                "approve", NEW, PhotoState.APPROVED, can_moderate,
                needs=(ONE_IS_ENOUGH, DESCRIBED, CONSENTED), **APPROVED,
            ),
            *_rows(
                "approve-first", NEW, PhotoState.ONCE_APPROVED, can_moderate,
                needs=(CHILD, DESCRIBED, CONSENTED), at="first_approved_at", by="first_approved_by",
            ),
            *_rows(
                "approve", (PhotoState.ONCE_APPROVED,), PhotoState.APPROVED,
                can_moderate & is_second, needs=(DESCRIBED, CONSENTED), **APPROVED,
            ),
            *_rows(
                "ask", TO_LOOK_AT, PhotoState.ASKED, can_moderate, at="asked_at", by="asked_by"
            ),
            *_rows("answer", (PhotoState.ASKED,), PhotoState.QUEUED, can_answer, at="answered_at"),
            *_rows(
                "refuse", (*TO_LOOK_AT, PhotoState.ASKED), PhotoState.REFUSED, can_moderate,
                at="refused_at", by="refused_by",
            ),
            *_rows(
                "hide", (PhotoState.APPROVED,), PhotoState.HIDDEN, can_hide,
                at="hidden_at", by="hidden_by",
            ),
            *_rows("look-again", DECIDED, PhotoState.QUEUED, can_moderate),
            *_rows(
                "withdraw", NOT_WITHDRAWN, PhotoState.WITHDRAWN, can_withdraw, at="withdrawn_at"
            ),
        ],
    )
)  # fmt: skip
