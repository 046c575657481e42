"""Photographs for tests, a code to send them with, and the form as a phone fills it in."""

import random
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from benchside.core.open_forms import make_token
from benchside.visibility.enums import CampaignState, PledgeState
from benchside.visibility.models import Campaign, CampaignDay, Pledge
from benchside.visibility.photos import sending_links
from benchside.visibility.photos.sending_forms import SenderForm


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A drawing of shapes, another for each seed."""
    chance = random.Random(seed)
    colour = lambda: tuple(chance.randrange(256) for _ in range(3))  # noqa: E731
    image = Image.new("RGB", size, colour())
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randrange(8, 25)):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        w, h = chance.randrange(20, size[0] // 2), chance.randrange(20, size[1] // 2)
        shape = chance.choice([draw.rectangle, draw.ellipse])
        shape((x - w // 2, y - h // 2, x + w // 2, y + h // 2), fill=colour())
    return image


def jpeg(seed: int = 1, **options: Any) -> bytes:
    out = BytesIO()
    scene(seed).save(out, "JPEG", quality=85, **options)
    return out.getvalue()


def campaign(**fields: Any) -> Campaign:
    today = timezone.localdate()
    given: dict[str, Any] = {
        "slug": f"thanks-{Campaign.objects.count()}",
        "name": "Thank a technician (made up)",
        "state": CampaignState.OPEN,
        "message": "Say thank you.",
        "starts_on": today - timedelta(days=3),
        "ends_on": today + timedelta(days=3),
    }
    return Campaign.objects.create(**given | fields)


def pledge(*, until: int = 3, **fields: Any) -> Pledge:
    today = timezone.localdate()
    day = CampaignDay.objects.create(
        campaign=campaign(),
        day=today - timedelta(days=10),
        pledges_until=today - timedelta(days=10),
        photos_until=today + timedelta(days=until),
    )
    given: dict[str, Any] = {
        "school": "Made-Up Hill School",
        "state": PledgeState.CONFIRMED,
        "confirmed_at": timezone.now(),
    }
    return Pledge.objects.create(day=day, **given | fields)


def row(number: int, data: bytes, name: str = "IMG_0001.jpg", **fields: Any) -> dict[str, Any]:
    said = {"caption": "Edie Made-Up at the lathe", "in_picture": "nobody"} | fields
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return {f"p{number}-file": file} | {f"p{number}-{key}": value for key, value in said.items()}


def filled_in(rows: Iterable[dict[str, Any]], *, visit: str = "", **fields: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "token": make_token(SenderForm.purpose),
        "visit": visit or sending_links.new_visit(),
        "display_name": "Made-Up Hill School",
        "signed_as": "Edie Made-Up",
        "agreed": "on",
    }
    for each in rows:
        given |= each
    return given | fields


def post(client: Client, code: str, data: dict[str, Any], *, json: bool = False) -> Any:
    headers = {"origin": "http://testserver"} | ({"accept": "application/json"} if json else {})
    return client.post(f"/wall/send/{code}/", data, headers=headers)
