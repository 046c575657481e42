"""Photographs in the demonstration: drawn here, sent in and approved as real ones are."""

import uuid
from dataclasses import dataclass

from django.core.files.base import ContentFile

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import VISITOR, Actor
from benchside.visibility.enums import CampaignState, InPicture, PledgeState
from benchside.visibility.models import Campaign, Photo, Pledge
from benchside.visibility.photos import demo_pictures, moderation, sending
from benchside.visibility.photos.doors import Door
from benchside.visibility.photos.sending_forms import AGREED


@dataclass(frozen=True, slots=True)
class Made:
    """`shows` is for people who cannot see it; without it, the photograph is still in the queue."""

    number: int
    caption: str
    shows: str = ""
    in_picture: InPicture = InPicture.NOBODY
    brighter: float = 1.0


PHOTOS = (
    Made(0, "Two wheels, cut this morning", "Two toothed wheels side by side above a bench."),
    Made(1, "Three colours before nine", "Three flasks on a bench, the middle one bright yellow."),
    Made(2, "The first clean signal", "A wave in bright yellow on the screen of an oscilloscope."),
    Made(3, "It fits the first time", "A green circuit board with bright tracks and one chip."),
    Made(4, "Find the odd one out", "Rows of bolts seen from above, one of them bright yellow."),
    Made(5, "Small wheel, big wheel", "A pale and a yellow toothed wheel on a tall sheet."),
    Made(6, "Ready for Year 9", "Three filled flasks in a row on a bench."),
    Made(7, "Listening to a motor", "A slow wave on the screen of an oscilloscope with dials."),
    Made(8, "Board number twelve", "A circuit board with a dark chip in its middle."),
    Made(9, "All in their places", "Bolts laid out in rows on a coloured sheet."),
    Made(10, "The gearbox of the minibus", "Two toothed wheels that nearly touch."),
    Made(11, "Clean glass, clean results", "Flasks of three sizes on a bench."),
    Made(12, "What the class made", in_picture=InPicture.CHILD),
    Made(13, "A new board for the greenhouse"),
    Made(14, "Sorted by size"),
    Made(2, "The first clean signal, again", brighter=1.15),
)


def create() -> None:
    """Send each in once, and let a moderator approve those with a description."""
    moderator = User.objects.filter(email=f"moderator{DEMONSTRATION_DOMAIN}").first()
    if moderator is None or Photo.objects.exists():
        return
    doors = _doors()
    for place, made in enumerate(PHOTOS):
        photo = _send(made, doors[place % len(doors)])
        if made.shows:
            _approve(Actor.of(moderator), photo, made)


def _doors() -> list[Door]:
    """Schools of a campaign where there are some, else the campaign alone, else none."""
    campaign = Campaign.objects.exclude(state=CampaignState.DRAFT).order_by("pk").first()
    joined = Pledge.objects.filter(day__campaign=campaign, state=PledgeState.CONFIRMED)
    schools = list(joined.select_related("organisation").order_by("day__day", "pk")[:5])
    made = [
        Door(campaign=campaign, pledge=school, organisation=school.organisation)
        for school in schools
    ]
    return made or [Door(campaign=campaign)]


def _send(made: Made, door: Door) -> Photo:
    data = demo_pictures.picture(made.number, brighter=made.brighter)
    sent = sending.Sent(
        sending=uuid.uuid4(),
        file=ContentFile(data, name="drawn.jpg"),
        in_picture=made.in_picture,
        caption=made.caption,
        display_name=door.school or "The made-up workshop",
        signed_as="Edie Made-Up",
        words=AGREED,
    )
    return sending.send_photo(actor=VISITOR, door=door, sent=sent)


def _approve(actor: Actor, photo: Photo, made: Made) -> None:
    words = moderation.Words(
        caption=made.caption,
        display_name=photo.display_name,
        description=made.shows,
        in_picture=made.in_picture,
    )
    moderation.describe(actor=actor, photo=photo, words=words)
    moderation.approve(actor=actor, photo=photo)
