"""The wall with 10,000 photographs: first page, tenth page, filtered; and what a phone fetches.

The floor is the bare rows of one page and their count. The photographs share the files of a few
that were drawn in every size, textured as a camera's are; each is a record of its own.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from benchmarks import ground
from benchmarks.search import timed

PHOTOS, MODELS, SCHOOLS = 10_000, 6, 400
WITHOUT_PHOTOS = 100_000  # bytes
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking"
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    ground.use_here()
    from django.db import connection

    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield from measure()
    yield from weigh()


def measure() -> Iterator[Row]:
    from django.test import Client

    from benchside.visibility.models import Photo

    def floor() -> object:
        rows = Photo.objects.on_wall().order_by("-approved_at", "-pk")
        return rows.count(), list(rows[:48])

    bare = timed(floor)
    yield f"wall of {PHOTOS:,}: bare count and 48 rows", f"{bare:.0f} ms", "floor"
    client = Client(HTTP_HOST="127.0.0.1")
    first = None
    for name, address in {
        "first page": "/wall/",
        "tenth page": _page(10),
        "two-hundredth page": _page(200),
        "one school": "/wall/?school=bench-school-7",
        "a job and a year": "/wall/?trade=wind-turbine-technician&year=2025",
        "one photograph": _one(),
        "JSON, 60, for a screen": "/api/v1/wall?limit=60",
    }.items():
        assert client.get(address).status_code == 200, address
        took = timed(partial(client.get, address))
        first = first or took
        yield (
            f"wall of {PHOTOS:,}, {name}, the whole page uncached",
            f"{took:.0f} ms, {took / bare:.1f}x the floor, {took / first:.2f}x the first page",
            "constant" if "page" in name else "-",
        )


def weigh() -> Iterator[Row]:
    """A phone of 390 by 844 dots at three to one, before and after scrolling three screens."""
    from playwright.sync_api import sync_playwright

    from tests.services import chromium

    with ground.server("config.wsgi:application") as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS.split())
        size = {"width": 390, "height": 844}
        page = browser.new_context(viewport=size, device_scale_factor=2).new_page()
        sizes: Counter[str] = Counter()
        count: Counter[str] = Counter()

        def note(request: Any) -> None:
            got = request.sizes()
            kind = request.resource_type
            sizes[kind] += got["responseBodySize"] + got["responseHeadersSize"]
            count[kind] += 1

        page.on("requestfinished", note)
        page.goto(ours + "/wall/", wait_until="networkidle")
        plain = sum(size for kind, size in sizes.items() if kind != "image")
        yield "wall on a phone, without photographs", f"{plain / 1000:.1f} kB", "≤ 100 kB"
        images = sizes["image"] / max(count["image"], 1) / 1000
        yield (
            "wall on a phone, photographs before scrolling",
            f"{count['image']} of 48, {sizes['image'] / 1000:.0f} kB, {images:.0f} kB each",
            "-",
        )
        browser.close()


def fill() -> None:
    """Everything but the files of a few is rows."""
    from benchside.careers.models import Role
    from benchside.core.models import Picture, Rendition
    from benchside.visibility.models import Photo

    chance = random.Random(2027)
    models = [_drawn(number) for number in range(MODELS)]
    sizes = {model.pk: list(model.renditions.all()) for model in models}
    roles = list(Role.objects.filter(live=True))
    then = datetime(2026, 3, 1, 8, tzinfo=UTC)
    chosen = [chance.choice(models) for _ in range(PHOTOS)]
    pictures = Picture.objects.bulk_create((_copy(one) for one in chosen), 500)
    Rendition.objects.bulk_create(
        (
            Rendition(
                image=picture, filter_spec=one.filter_spec, file=one.file.name, width=one.width,
                height=one.height, focal_point_key=one.focal_point_key,
            )
            for picture, model in zip(pictures, chosen, strict=True)
            for one in sizes[model.pk]
        ),
        500,
    )  # fmt: skip
    Photo.objects.bulk_create(
        (
            Photo(
                state="approved", picture=picture, approved_by=uuid.uuid4(), drawn_at=then,
                approved_at=then + timedelta(seconds=number), in_picture="nobody",
                caption=f"Bench photograph {number}", year=2024 + number % 3,
                school=f"Bench School {number % SCHOOLS}", display_name="Bench",
                school_slug=f"bench-school-{number % SCHOOLS}", role=chance.choice(roles),
            )
            for number, picture in enumerate(pictures)
        ),
        500,
    )  # fmt: skip


def _drawn(number: int) -> Any:
    """A picture with a camera's texture, drawn in every size of the wall."""
    from django.core.files.base import ContentFile
    from PIL import Image, ImageDraw

    from benchside.core import pictures
    from benchside.core.models import Picture
    from benchside.visibility.photos.wall_pictures import SPECS

    chance = random.Random(number)
    size = (1600, 1200) if number % 3 else (1200, 1600)
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(image)
    for _ in range(120):
        left, top = chance.randrange(size[0]), chance.randrange(size[1])
        side = chance.randrange(20, 260)
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.ellipse((left, top, left + side, top + side), colour)
    image = Image.blend(image, Image.effect_noise(size, 40).convert("RGB"), 0.15)
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    made = Picture.objects.create(
        title="Bench", description="Circles, drawn", file=ContentFile(out.getvalue(), "b.jpg")
    )
    pictures.make_public(made)
    made.get_renditions(*SPECS)
    return made


def _copy(model: Any) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    values = {name: getattr(model, name) for name in names} | {"id": None, "key": uuid.uuid4()}
    return type(model)(**values)


def _page(number: int) -> str:
    """The address of the page that comes after so many."""
    from benchside.visibility.models import Photo
    from benchside.visibility.photos.wall_queries import A_PAGE, place_of

    rows = Photo.objects.on_wall().order_by("-approved_at", "-pk")
    last = rows[A_PAGE * (number - 1) - 1]
    return f"/wall/?older={place_of(last)}"


def _one() -> str:
    from benchside.visibility.models import Photo

    return f"/wall/{Photo.objects.on_wall().order_by('pk')[PHOTOS // 2].key}/"
