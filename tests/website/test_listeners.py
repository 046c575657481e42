"""A page that changes is gone from the page cache as soon as the change is committed."""

from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

from benchside.careers.events import CATALOGUE_CHANGED
from benchside.core import pictures
from benchside.core.registries import events, publish
from benchside.website import listeners
from benchside.website.models import TextPage


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(listeners, "purge", lambda: found.append(1))
    return found


@pytest.fixture
def page(db: None) -> TextPage:
    call_command("first_pages", verbosity=0)
    return TextPage.objects.get(slug="about")


@pytest.mark.parametrize("change", ["publish", "unpublish", "delete", "slug"])
def test_changed_page_purges(
    seen: list[int], page: TextPage, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        if change == "publish":
            page.save_revision().publish()
        elif change == "unpublish":
            page.unpublish()
        elif change == "delete":
            Page.objects.get(pk=page.pk).delete()
        else:
            page.slug = "about-us"
            page.save_revision().publish()
        assert seen == [], "not before the change is committed"
    assert seen


def test_draft_purges_nothing(
    seen: list[int], page: TextPage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "A draft"
        page.save_revision()
    assert seen == []


@pytest.mark.django_db
@pytest.mark.parametrize("event", [CATALOGUE_CHANGED.key, pictures.WITHDRAWN.key])
def test_what_lower_rooms_tell_purges(
    seen: list[int], event: str, django_capture_on_commit_callbacks: Any
) -> None:
    payload = dict.fromkeys(events[event].fields, 1)
    with django_capture_on_commit_callbacks(execute=True):
        publish(event, **payload)
    assert seen
