"""A certificate holds whatever names are on it: nothing lies on its frame, and it is one page."""

import io

import pytest
from PIL import Image

from benchside.recognition.credentials import badging, papers
from benchside.recognition.models import Credential
from tests.factories import credentials as made

pytestmark = pytest.mark.django_db
DOTS = 144  # to the inch
LONG = "Wilhelmina Konstantinopolskaya-Featherstonehaugh of the Institute for the Technicians of "
NAMES = {
    "as in the field": ("Regina Made-Up", "The Made-Up Institute of Technicians", "Technician"),
    "120 letters each": (LONG.ljust(120, "e"), LONG.rjust(120, "e"), LONG.ljust(120, "n")),
    "one word": ("W" * 120, "W" * 120, "Registered Technician"),
    "Greek and Cyrillic": ("Ольга Преображенская", "Ινστιτούτο Τεχνικών " * 6, "Технік " * 8),
    "letters we lack": ("王小明" * 20, "東京技術者協会" * 12, "登録技術者" * 10),
}


@pytest.fixture
def credential() -> Credential:
    return made.claimed(made.a_registered_person())


def drawn(credential: Credential) -> Image.Image:
    """More pages than one would come as a list."""
    data = papers._on_certificate(credential)
    page = papers._compile("certificate.typ", data, format="png", ppi=DOTS)
    assert isinstance(page, bytes)
    return Image.open(io.BytesIO(page)).convert("L").point(lambda one: 255 if one > 150 else 0)


def strip(page: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    """A part of it, in millimetres."""
    return page.crop(tuple(round(one / 25.4 * DOTS) for one in (left, top, right, bottom)))  # type: ignore[arg-type]


@pytest.mark.parametrize("which", NAMES)
def test_nothing_lies_on_the_frame(
    credential: Credential, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, body, title = NAMES[which]
    credential.name, credential.award.entry.body.name = name, body
    monkeypatch.setattr(badging, "name_of", lambda *_: title)
    page = drawn(credential)
    assert page.size == (1684, 1191)  # A4, on its side
    foot = strip(page, 12, 194.8, 285, 196.4)  # between the last words and the frame
    uprights = foot.crop((0, 0, foot.width, 1)).resize(foot.size)
    assert foot.tobytes() == uprights.tobytes()  # the frame's and the cells', and nothing else
    for paper in (
        strip(page, 272.5, 14.5, 283, 172.5),  # right of the words
        strip(page, 20, 171, 283, 173),  # over the foot
        strip(page, 190.5, 20, 199.5, 110),  # between the words and the badge
    ):
        assert paper.getextrema() == (255, 255)


def test_a_long_name_keeps_it_tagged(credential: Credential) -> None:
    credential.name = "W" * 120
    pdf = papers.certificate(credential)
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf
