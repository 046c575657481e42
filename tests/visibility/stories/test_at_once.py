"""Many do something with one story at one moment: one of them does it, and nothing is half done."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections
from wagtail.models import Collection, Page

from benchside.core.actions import Actor, Refused
from benchside.core.models import AuditEvent, Picture
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryPage
from benchside.visibility.stories import actions
from benchside.website.first_pages import write_first_pages
from tests.factories import stories

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4


@pytest.fixture
def _site() -> None:
    # What the migrations had put there is back with its numbers, and PostgreSQL would count anew.
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [Page, Collection]):
            cursor.execute(sql)
    call_command("load_catalogue", verbosity=0)
    write_first_pages()


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """Run all from connections of their own, from one starting line; what each came to."""
    ready = threading.Barrier(len(verbs))

    def one(verb: Callable[[], object]) -> str:
        ready.wait(timeout=60)
        try:
            verb()
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as hands:
        return sorted(hands.map(one, verbs))


def fresh(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


@pytest.mark.usefixtures("_site")
def test_of_many_who_publish_one_does() -> None:
    story = stories.an_agreed_story()
    people = [stories.reviewer(f"Rev{n}") for n in range(MANY)]

    def publish(by: Any) -> None:
        actions.publish_story(actor=Actor.of(by), story=fresh(story), review_on=stories.in_a_year())

    came = at_once(*(lambda by=by: publish(by) for by in people))
    assert came == ["done", *["refused"] * (MANY - 1)]
    assert AuditEvent.objects.filter(verb="story.publish").count() == 1
    assert StoryPage.objects.get().live


@pytest.mark.usefixtures("_site")
def test_taken_back_while_it_is_published_it_is_not_seen() -> None:
    """Whichever comes first: in the end there is no page, no public picture, no word."""
    story = stories.an_agreed_story(photos=1)
    by = stories.reviewer()

    def publish() -> None:
        actions.publish_story(actor=Actor.of(by), story=fresh(story), review_on=stories.in_a_year())

    def withdraw() -> None:
        actions.withdraw_story(actor=stories.teller(story), story=fresh(story))

    came = at_once(publish, withdraw)
    assert "done" in came
    assert fresh(story).state == StoryState.WITHDRAWN
    assert not StoryPage.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.usefixtures("_site")
def test_sent_twice_it_has_one_page() -> None:
    story = stories.a_draft()
    came = at_once(
        *[lambda: actions.send_story(actor=stories.teller(story), story=fresh(story))] * 2
    )
    assert came == ["done", "refused"]
    assert StoryPage.objects.count() == 1
    assert connection.is_usable()
