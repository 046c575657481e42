"""A short film, drawn frame by frame: a printer builds a model heart, layer by layer. No sound.

It is taken in as any film is: decoded, drawn anew, with captions and a transcript.
"""

import io
import math
from collections.abc import Iterator
from pathlib import Path

import av
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from benchside.core import films
from benchside.core.actions import Actor
from benchside.visibility.models import Story
from benchside.visibility.stories import actions

HERE = Path(__file__).parent
SIZE = (640, 360)
RATE, SECONDS = 12, 14
FRAMES = RATE * SECONDS
LAYERS = 26
INK, SHEET, GRID, HIVIS = "#17191C", "#FBF7EC", "#E3E4DE", "#E4F50A"
BED, LEFT, RIGHT, TOP = 300, 170, 470, 60  # of the printer's room, in pixels
STEP = 7  # height of a layer
PEN = 3
SHOWS = "A drawn film: a 3D printer builds a model heart, layer by layer."


def add(story: Story, teller: Actor) -> None:
    """Give the story its film, ready at once: the demonstration does not wait for a worker."""
    actions.add_film(
        actor=teller,
        story=story,
        file=ContentFile(made(), "film.mp4"),
        description=SHOWS,
        captions=(HERE / "film.vtt").read_text(encoding="utf-8"),
        transcript=(HERE / "film.txt").read_text(encoding="utf-8"),
    )
    held = story.film_or_none
    assert held is not None
    films.make_ready.func(held.film_id)
    story._state.fields_cache.pop("film", None)  # its film was not ready when it was read


def made() -> bytes:
    """The film as somebody might send it: MP4."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.bit_rate = 1_500_000
        for picture in _frames():
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode(None))
    return out.getvalue()


def _frames() -> Iterator[Image.Image]:
    """The layers grow for most of it; then the finished heart stands still."""
    growing = FRAMES - 2 * RATE
    for number in range(FRAMES):
        yield _frame(min(number / growing, 1.0), number)


def _frame(done: float, number: int) -> Image.Image:
    picture = Image.new("RGB", SIZE, SHEET)
    draw = ImageDraw.Draw(picture)
    for place in range(0, SIZE[0], 20):
        draw.line((place, 0, place, SIZE[1]), fill=GRID)
        draw.line((0, place, SIZE[0], place), fill=GRID)
    draw.rectangle((LEFT - 40, TOP - 40, RIGHT + 40, BED + 40), fill=SHEET, outline=INK, width=PEN)
    draw.line((LEFT - 20, BED, RIGHT + 20, BED), fill=INK, width=PEN)
    whole, part = divmod(done * LAYERS, 1)
    for layer in range(min(int(whole), LAYERS)):
        for left, right in _spans(layer):
            _bar(draw, layer, left, right)
    if done < 1:
        _head(draw, int(whole), part)
    draw.text((LEFT - 30, BED + 14), f"LAYER {min(int(whole) + 1, LAYERS):02d}/{LAYERS}", fill=INK)
    return picture


def _spans(layer: int) -> list[tuple[int, int]]:
    """Where the heart is solid at a height: one stretch below the notch, two above it."""
    y = (layer + 0.5) / LAYERS
    middle = (LEFT + RIGHT) // 2
    if y < 0.62:  # from the point up, bulging
        half = int(128 * math.sin(math.pi / 2 * (y / 0.62)) ** 0.8)
        return [(middle - half, middle + half)]
    rise = (y - 0.62) / 0.38
    reach = int(64 * math.sqrt(max(0.0, 1 - rise * rise)))
    return [(middle - 64 - reach, middle - 64 + reach), (middle + 64 - reach, middle + 64 + reach)]


def _bar(draw: ImageDraw.ImageDraw, layer: int, left: int, right: int) -> None:
    below = BED - layer * STEP
    draw.rectangle((left, below - STEP, right, below), fill=HIVIS, outline=INK)


def _head(draw: ImageDraw.ImageDraw, layer: int, part: float) -> None:
    """The nozzle, there and back over the layer it is laying down."""
    spans = _spans(min(layer, LAYERS - 1))
    left, right = spans[0][0], spans[-1][1]
    x = left + (right - left) * (part if layer % 2 == 0 else 1 - part)
    y = BED - (layer + 1) * STEP
    draw.line((LEFT - 38, y - 46, RIGHT + 38, y - 46), fill=INK, width=PEN)
    draw.rectangle((x - 18, y - 58, x + 18, y - 26), fill=SHEET, outline=INK, width=PEN)
    draw.polygon([(x - 10, y - 26), (x + 10, y - 26), (x, y - 4)], fill=SHEET, outline=INK)
