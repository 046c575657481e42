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

    still: str
    caption: str
    shows: str = ""
    in_picture: InPicture = InPicture.NOBODY
    brighter: float = 1.0


# In the order they are sent in: the last one that is approved hangs first.
PHOTOS = (
    Made("tractor", "No start, no harvest", "A drawn tractor, its engine lit, with a code reader."),
    Made("ambulance", "Checked before seven", "A drawn ambulance with its roof light on."),
    Made("microscope", "A chip, up close", "A drawn microscope on a bench, its stage lit."),
    Made("theatre", "All counted, all clean", "Drawn surgeon’s tools in a tray, one of them lit."),
    Made("sewing", "Act two, new sleeves", "A drawn sewing machine at a mirror with bulbs."),
    Made("servers", "The quiet row", "A drawn rack of servers, one lit, and somebody beside it."),
    Made("level", "Where the river stood", "A drawn survey level on its legs by a river bank."),
    Made("car", "The minibus will pass", "A drawn car on a lift and a small person under it."),
    Made("wheel", "True to a hair", "A drawn bicycle wheel in a stand, its hub lit."),
    Made("micrometer", "A hundredth over", "A drawn micrometer closed on a bright ball."),
    Made("bench", "Ready for Year 9", "A drawn school bench with a fume cupboard and a flask."),
    Made("lathe", "The first cut of the day", "A drawn lathe with a bright bar between centres."),
    Made("aircraft", "Signed off at six", "A drawn aircraft in a hangar, its engine lit."),
    Made("robot", "It never drops one now", "A drawn robot arm that holds a bright block."),
    Made(
        "fish",
        "Both are doing well",
        "A drawn fish in a tank, and a dog with a cone on.",
    ),
    Made("lamp", "Lamp twelve, focused", "A drawn stage lamp shines on somebody below it."),
    Made("gears", "What the class made", in_picture=InPicture.CHILD),
    Made("roof", "A new panel for the greenhouse"),
    Made("cells", "One to watch"),
    Made("lamp", "Lamp twelve, again", brighter=1.15),
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
    data = demo_pictures.picture(made.still, brighter=made.brighter)
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
