"""A name that is signed and not shown stands nowhere a reader or a machine could find it."""

import json
import re
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from benchside.core.actions import Actor, Refused
from benchside.core.models import AuditEvent
from benchside.people.models import MediaConsent
from benchside.visibility.enums import NameMode
from benchside.visibility.models import Story, StoryPage
from benchside.visibility.stories import actions, gate
from benchside.visibility.stories.names import fold, hidden_words, leaks
from benchside.visibility.stories.queries import public_stories
from tests.factories import stories

SURNAME = "Qwertzuiop"
PLACES = ["hook", "day", "step", "employer", "job_title", "region", "letters", "alt", "transcript"]


# --- words, without a database --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("signed", "shown", "hidden"),
    [
        ("Edie Made-Up", "Edie", {"made", "up"}),
        ("Edie Made-Up", "", {"edie", "made", "up"}),
        ("Edie Made-Up", "Edie Made-Up", set()),
        ("Anne-Marie van der Berg", "Anne-Marie", {"berg"}),
        ("Siobhán O'Brien", "Siobhan", {"o'brien", "brien"}),
        ("J. Łukasz", "J", {"łukasz"}),
        ("Dr Ann Li", "Ann", {"li"}),
    ],
)
def test_what_is_hidden_is_what_was_signed_and_is_not_shown(
    signed: str, shown: str, hidden: set[str]
) -> None:
    assert hidden_words([signed], shown) == hidden


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("I am Edie Green.", True),
        ("GREEN did it", True),
        ("my green lamp", False),
        ("edie-green-welder", True),
        ("/media/edie_green.jpg", True),
        ("Gréen's lathe", True),
        ("Greenhouse work", None),
        ("evergreen", None),
    ],
)
def test_a_word_is_found_whole_and_a_small_one_may_be_another(
    text: str, plain: bool | None
) -> None:
    found = list(leaks({"here": text}, frozenset({"green"})))
    assert [one.is_plain for one in found] == ([] if plain is None else [plain])


@given(
    name=st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=12),
    before=st.sampled_from(["", "I am ", "/stories/", "the-", "(", "“", "a_", "x/"]),
    after=st.sampled_from(["", ".", "'s", "-2", "_", ".jpg", ")", "/"]),
    case=st.sampled_from([str, str.title, str.upper, str.lower]),
)
@settings(max_examples=300, deadline=None)
def test_however_it_is_written_it_is_found(name: str, before: str, after: str, case: Any) -> None:
    hidden = hidden_words([f"Edie {name}"], "Edie")
    if fold(name) in hidden and fold(case(name)) == fold(name):
        assert list(leaks({"here": f"{before}{case(name)}{after}"}, hidden))


# --- in a story -----------------------------------------------------------------------------------
def put(story: Story, place: str, words: str) -> None:
    """Write words where a reviewer or the person could have written them."""
    page = StoryPage.objects.get(pk=story.page_id)
    if place == "hook":
        page.title = words
    elif place == "day":
        page.answers = [("answer", {"question": "What do you do?", "answer": words})]
    elif place == "step":
        page.steps = [("step", {"when": "2019", "what": words})]
    elif place == "alt":
        one = story.pictures.get()
        one.picture.description = words
        one.picture.save()
        return
    elif place == "transcript":
        story.film.told = words
        story.film.save()
        return
    else:
        Story.objects.filter(pk=story.pk).update(**{place: words})
        return
    page.save_revision(user=None)


def a_story(mode: NameMode) -> Story:
    link = actions.pictures_and_film.FilmLink("vimeo", "123456789")
    story = stories.a_draft(photos=1, name_mode=mode, name="Edie")
    actions.link_film(actor=stories.teller(story), story=story, link=link, transcript="A robot.")
    yes = stories.signed(signed_as=f"Edie {SURNAME}")
    actions.sign_consent(actor=stories.teller(story), story=story, yes=yes)
    actions.send_story(actor=stories.teller(story), story=story)
    return story


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("mode", [NameMode.FIRST, NameMode.EMPLOYER])
@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_name_stops_the_story_wherever_it_stands(mode: NameMode, place: str) -> None:
    story, by = a_story(mode), stories.reviewer()
    put(story, place, f"by {SURNAME} herself")
    stories.agreed(story, by)
    may_be_judged = place == "employer"  # a firm may be called as somebody who works there
    with pytest.raises(Refused, match="may be a name" if may_be_judged else SURNAME):
        actions.publish_story(actor=Actor.of(by), story=story, review_on=stories.in_a_year())
    put(story, place, f"by {SURNAME.lower()} herself")
    stories.agreed(story, by)
    with pytest.raises(Refused, match="may be a name"):
        actions.publish_story(actor=Actor.of(by), story=story, review_on=stories.in_a_year())
    assert not public_stories().exists()


@pytest.mark.usefixtures("site")
def test_a_reviewer_who_has_looked_lets_another_word_of_that_spelling_pass() -> None:
    story, by = a_story(NameMode.FIRST), stories.reviewer()
    put(story, "hook", f"my {SURNAME.lower()} lamp")
    stories.agreed(story, by)
    values = {"review_on": stories.in_a_year(), "names_judged": True}
    actions.publish_story(actor=Actor.of(by), story=story, **values)
    assert public_stories().exists()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("mode", [NameMode.FIRST, NameMode.EMPLOYER])
def test_a_published_story_tells_the_surname_nowhere(
    mode: NameMode, django_capture_on_commit_callbacks: Any
) -> None:
    """In the record, the page, its revisions and its log, the audit, the pictures' records and
    their addresses; and in whatever a reader gets of it."""
    with django_capture_on_commit_callbacks(execute=True):
        story, by = a_story(mode), stories.reviewer()
        stories.agreed(story, by)
        actions.publish_story(actor=Actor.of(by), story=story, review_on=stories.in_a_year())
    story.refresh_from_db()
    page = StoryPage.objects.get(pk=story.page_id)
    held = [
        story,
        page,
        *page.revisions.all(),
        *PageLogEntry.objects.filter(page_id=page.pk),
        *AuditEvent.objects.all(),
        *(one.picture for one in story.pictures.all()),
        *(drawn for one in story.pictures.all() for drawn in one.picture.renditions.all()),
    ]
    text = serializers.serialize("json", held) + json.dumps([page.get_url(), str(story)])
    hidden = [SURNAME] if mode == NameMode.FIRST else [SURNAME, "Edie"]
    visitor = Client()
    for where in (
        "/", "/stories/", story.get_absolute_url(), "/sitemap.xml", "/search/?q=robot",
        "/stories.atom", "/api/v1/stories", f"{story.get_absolute_url()}embed/",
    ):  # fmt: skip
        text += visitor.get(where).content.decode()
    text = text.replace(story.email, "")  # her own address, which no reader gets
    assert [name for name in hidden if name.casefold() in text.casefold()] == []
    assert gate.names_told(story, page) == []


# --- addresses ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_chance_spells_nobodys_name() -> None:
    """Letters drawn by chance spell "up" or "li" now and then, and stop that story for good."""
    call_command("load_catalogue", verbosity=0)
    story = stories.a_sent_story(name_mode=NameMode.FIRST)
    assert story.role is not None
    chance = story.slug.removeprefix(story.role.slug)
    assert re.fullmatch(r"-\d{8}", chance)


@pytest.mark.django_db
def test_a_name_that_is_a_word_of_the_role_does_not_stop_by_the_address() -> None:
    call_command("load_catalogue", verbosity=0)
    story = stories.a_sent_story(name_mode=NameMode.FIRST)
    page = StoryPage.objects.get(pk=story.page_id)
    MediaConsent.objects.of(story.subject).update(signed_as="Edie Pilot")
    assert "pilot" in page.slug
    assert [one.where for one in gate.names_told(story, page)] == []
    page.slug = f"{page.slug}-edie-pilot"
    assert [one.where for one in gate.names_told(story, page)] == ["the address"]
