"""The picture a link shows: drawn once, kept, true to the role, and deaf to what is typed."""

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageChops

from benchside.careers import pictures
from benchside.careers.cards import rendering, store
from benchside.careers.cards.rendering import INK, SIZE, TEMPLATE, Card, render
from benchside.careers.drawing import Spec, read_entries
from benchside.careers.live import live_catalogue
from benchside.careers.models import Role

ENTRIES = read_entries(pictures.ENTRIES)
TITLE = (40, 158, 660, 466)  # the box a title and sentence have to keep to
SLUG = "veterinary-nurse"


def card(drawn: int = 35, /, **changed: str) -> Card:
    spec = Spec.of(ENTRIES[drawn])
    given = Card(
        number=f"{drawn:03d}",
        of="/100",
        title="Veterinary nurse",
        sentence="You watch over animals in an operation.",
        sector="Animals, land and sea",
        scale="Level 3",
        drawing=pictures.composed(spec, INK, lettering=False),
        box=pictures.box_of(spec),
    )
    return replace(given, **changed)  # type: ignore[arg-type]


def picture(of: Card) -> Image.Image:
    return Image.open(io.BytesIO(render(of))).convert("RGB")


def differs(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, other).getbbox()


@pytest.fixture
def _empty_press() -> None:
    storage = storages["public"]
    if storage.exists(store.FOLDER):
        for name in storage.listdir(store.FOLDER)[1]:
            storage.delete(f"{store.FOLDER}/{name}")


def kept() -> list[str]:
    return sorted(storages["public"].listdir(store.FOLDER)[1])


# --- the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 16, 25, 57, 86, 100])
def test_a_card_has_the_size_links_show_and_few_bytes(number: int) -> None:
    png = render(card(number))
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")
    assert len(png) < 60_000


def test_each_part_of_a_card_shows() -> None:
    plain = picture(card())
    assert differs(plain, picture(card())) is None
    for name in ("number", "of", "title", "sentence", "sector", "scale"):
        assert differs(plain, picture(card(**{name: "Q"}))), name
    assert differs(plain, picture(card(36, number="035")))


@pytest.mark.parametrize(
    "title",
    [
        "#panic(1)",
        '#read("/etc/passwd")',
        "*bold* _it_ $x^2$ `raw` = head @ref <label> // gone",
        '\\"]#{',
        "W" * 80,
        "Wheelwright " * 6,
        "a\x00b\nc\td",
        "",
        "Тех 技術 عامل 🛠",
    ],
)
def test_a_title_is_words_whatever_it_says_and_keeps_to_its_place(title: str) -> None:
    changed = differs(picture(card()), picture(card(title=title)))
    assert changed
    left, top, right, bottom = changed
    assert (left >= TITLE[0], top >= TITLE[1]) == (True, True), changed
    assert (right <= TITLE[2], bottom <= TITLE[3]) == (True, True), changed


def test_markup_in_a_title_is_shown_not_obeyed() -> None:
    assert differs(picture(card(title="#upper[ab]")), picture(card(title="AB")))
    assert differs(picture(card(title="a // b")), picture(card(title="a")))


def test_a_long_sentence_is_shown_whole() -> None:
    longest = "m" * 9 + " " + " ".join(["summer"] * 27)
    assert len(longest) == 198
    shorter = longest.removesuffix(" summer")
    assert differs(picture(card(sentence=longest)), picture(card(sentence=shorter)))


def test_a_card_needs_no_font_of_the_machine() -> None:
    asked = set(re.findall(r'font: "([^"]+)"', TEMPLATE.read_text()))
    assert asked
    assert asked <= set(rendering._fonts().families())
    assert all(font.path is None for font in rendering._fonts().fonts())


def test_a_drawing_on_a_card_has_no_variable_left() -> None:
    drawing = card(57).drawing
    assert "var(" not in drawing
    assert "currentColor" not in drawing
    assert "vector-effect" not in drawing


# --- keeping and serving -------------------------------------------------------------------------


@pytest.mark.usefixtures("catalogue", "_empty_press")
class TestServing:
    url = f"/careers/roles/{SLUG}/card.png"

    def test_a_card_is_drawn_once_and_then_kept(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert reverse("careers:card", args=[SLUG]) == self.url
        first = client.get(self.url)
        assert (first.status_code, first["Content-Type"]) == (200, "image/png")
        assert Image.open(io.BytesIO(first.content)).size == SIZE

        def never(card: Card) -> bytes:
            raise AssertionError("drawn again")

        monkeypatch.setattr(store, "render", never)
        assert client.get(self.url).content == first.content
        assert client.head(self.url).status_code == 200

    def test_an_unchanged_card_is_not_sent_again(self, client: Client) -> None:
        first = client.get(self.url)
        again = client.get(self.url, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "public" in first["Cache-Control"]
        assert not first.cookies

    def test_a_changed_role_gets_a_new_card_in_place_of_the_old(self, client: Client) -> None:
        before = client.get(self.url)
        old = kept()
        role = Role.objects.get(slug=SLUG)
        role.title = "Nurse to cats"
        role.save()
        after = client.get(self.url)
        assert before.content != after.content
        assert before["ETag"] != after["ETag"]
        assert len(kept()) == 1
        assert kept() != old

    def test_roles_have_cards_of_their_own(self, client: Client) -> None:
        role = live_catalogue().by_number[36]
        other = client.get(reverse("careers:card", args=[role.slug]))
        assert other.content != client.get(self.url).content
        assert [name[:3] for name in kept()] == ["035", "036"]

    def test_a_role_whose_drawing_is_broken_still_has_a_card(self, client: Client) -> None:
        Role.objects.filter(slug=SLUG).update(
            updated_at=timezone.now(), drawing={"scene": "moon", "tools": ["x"]}
        )
        role = Role.objects.get(slug=SLUG)
        assert store.card_of(role).drawing == ""
        assert Image.open(io.BytesIO(store.picture_of(role)[0])).size == SIZE

    def test_there_is_no_card_for_a_role_there_is_not(self, client: Client) -> None:
        assert client.get("/careers/roles/moon-painter/card.png").status_code == 404
        assert client.get("/careers/roles/..%2F..%2Fetc/card.png").status_code == 404
        assert client.post(self.url).status_code == 405

    def test_one_card_is_drawn_at_a_time(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store, "PATIENCE", 0.0)
        with store._press:
            busy = client.get(self.url)
        assert (busy.status_code, busy["Retry-After"]) == (503, "30")
        assert client.get(self.url).status_code == 200

    def test_a_card_that_fails_frees_the_press(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def jam(card: Card) -> Any:
            raise OSError("out of paper")

        with monkeypatch.context() as broken:
            broken.setattr(store, "render", jam)
            with pytest.raises(OSError, match="out of paper"):
                client.get(self.url)
        assert client.get(self.url).status_code == 200
