"""What a sender is shown of what they sent: where each picture stands, and what they can do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchside.visibility.enums import PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos.moderation_links import answer_url
from benchside.visibility.photos.moderation_words import TOLD

STANDS = {
    PhotoState.RECEIVED: "It came in safely and waits to be looked at.",
    PhotoState.QUEUED: "It came in safely and waits to be looked at.",
    PhotoState.ONCE_APPROVED: "One of us has looked at it. Now a second person does.",
    PhotoState.APPROVED: "It is on the wall.",
    PhotoState.HIDDEN: "It was on the wall, and we look at it again.",
    PhotoState.ASKED: "We have a question.",
    PhotoState.REFUSED: "It is not used.",
    PhotoState.WITHDRAWN: "You took it back.",
}


@dataclass(frozen=True, slots=True)
class Followed:
    """One picture for a template; `picture_url` and `back_url` are the addresses of its door."""

    photo: Photo
    picture_url: str
    back_url: str

    @property
    def stands(self) -> str:
        return STANDS[PhotoState(self.photo.state)]

    @property
    def more(self) -> str:
        """The question we asked, or why it is not used and what helps."""
        if self.photo.state == PhotoState.ASKED:
            return self.photo.question
        if self.photo.state == PhotoState.REFUSED:
            told = TOLD[RefusedFor(self.photo.refused_for)]
            return f"{told.why} {told.do}"
        return ""

    @property
    def answer_url(self) -> str:
        return answer_url(self.photo) if self.photo.state == PhotoState.ASKED else ""


def followed(
    photos: Iterable[Photo], picture_url: Callable[[Photo], str], back_url: Callable[[Photo], str]
) -> list[Followed]:
    return [Followed(photo, picture_url(photo), back_url(photo)) for photo in photos]
