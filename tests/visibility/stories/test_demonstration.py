"""The made-up technicians: easy to read, seen as far as each is, and no hidden name anywhere."""

import tomllib
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from benchside.accounts.models import DEMONSTRATION_DOMAIN
from benchside.core import reading
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.stories import demo
from tests.factories import desk

HARDEST = 6.5  # Flesch-Kincaid grade
FILES = sorted(demo.FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_their_words_are_plain(path: Any) -> None:
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    said = [words["hook"], words["at_school"], words["alt"]]
    said += [one["text"] for one in words["answers"]] + [one["text"] for one in words["steps"]]
    assert reading.read("\n\n".join(said)).grade <= HARDEST


@pytest.mark.django_db
@pytest.mark.usefixtures("site")
def test_they_are_told_once_and_tell_no_hidden_name() -> None:
    for name, group in (("moderator", "Moderators"), ("editor", "Editors")):
        user = desk.person(name.title(), group, is_staff=True)
        user.email = f"{name}{DEMONSTRATION_DOMAIN}"
        user.save()
    demo.create()
    demo.create()
    assert Counter(Story.objects.values_list("state", flat=True)) == {
        StoryState.PUBLISHED: 9, StoryState.SENT: 1, StoryState.DRAFT: 1,
    }  # fmt: skip
    shown = Story.objects.public()
    assert len(set(shown.values_list("role__sector", flat=True))) == 9
    assert set(shown.values_list("nation", flat=True)) >= {
        "england", "scotland", "wales", "northern-ireland",
    }  # fmt: skip
    assert set(shown.values_list("name_mode", flat=True)) == {"full", "first", "employer"}
    film = shown.get(film__isnull=False).film.film
    assert film.is_approved
    assert film.captions.startswith("WEBVTT")
    addresses = ["/stories/", "/stories.atom", "/api/v1/stories"]
    addresses += [f"/stories/{slug}/" for slug in shown.values_list("slug", flat=True)]
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200
        page = answer.content.decode()
        for name in ("Notreal", "Petra", "Nell", "Femi"):
            assert name not in page, address
