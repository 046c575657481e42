"""Photographs of made-up technicians, in any state, and those who check them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from benchside.accounts.models import User
from benchside.core import pictures
from benchside.core.actions import Actor
from benchside.core.models import Picture
from benchside.people.actions.media_consents import Signed, give_consent
from benchside.people.enums import ConsentBy, Covers
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Photo
from tests.factories.desk import person


def drawn(
    width: int = 480, height: int = 360, colour: str = "seagreen", kind: str = "JPEG"
) -> bytes:
    """A picture with something to see: a bench, drawn."""
    image = Image.new("RGB", (width, height), colour)
    pen = ImageDraw.Draw(image)
    pen.rectangle((width * 0.1, height * 0.6, width * 0.9, height * 0.7), "saddlebrown")
    pen.ellipse((width * 0.4, height * 0.2, width * 0.6, height * 0.5), "wheat")
    out = BytesIO()
    image.save(out, kind)
    return out.getvalue()


def a_picture(data: bytes | None = None, description: str = "A made-up technician") -> Picture:
    return Picture.objects.create(
        title="Photograph", description=description, file=ContentFile(data or drawn(), "p.jpg")
    )


def a_photo(state: str = PhotoState.QUEUED, *, data: bytes | None = None, **fields: Any) -> Photo:
    """A photograph as the queue has it: seen by nobody, those in it have agreed."""
    fields.setdefault("caption", "Olu sets up the lathe")
    fields.setdefault("display_name", "Made-Up High School")
    fields.setdefault("in_picture", InPicture.AGREED)
    if "picture" not in fields:
        fields["picture"] = a_picture(data)
    photo = Photo.objects.create(state=state, **fields)
    is_childs = fields["in_picture"] == InPicture.CHILD
    by = ConsentBy.PARENT if is_childs else ConsentBy.THEMSELVES
    signed = Signed(who="Olu", signed_as="Olu Made-Up", words="You may show me.", given_by=by)
    give_consent(
        actor=Actor.holding_link(scope=f"photo:{photo.pk}"),
        subject=photo.subject,
        covers=Covers.PICTURE,
        signed=signed,
    )
    return photo


def on_the_wall(*, ago: int = 0, **fields: Any) -> Photo:
    """A photograph everybody sees: approved `ago` minutes ago, every size drawn."""
    from benchside.visibility.photos.wall_pictures import SPECS

    moment = timezone.now() - timedelta(minutes=ago)
    school = fields.get("school", "")
    fields.setdefault("school_slug", school.lower().replace(" ", "-"))
    photo = a_photo(
        PhotoState.APPROVED,
        approved_at=moment,
        approved_by=person_id_of_nobody(),
        drawn_at=moment,
        **fields,
    )
    pictures.make_public(photo.picture)
    photo.picture.get_renditions(*SPECS)
    return photo


def person_id_of_nobody() -> Any:
    import uuid

    return uuid.UUID("00000000-0000-4000-8000-00000000a11d")


def mo() -> User:
    return person("Mo", "Moderators", is_staff=True)


def mia() -> User:
    return person("Mia", "Moderators", is_staff=True)
