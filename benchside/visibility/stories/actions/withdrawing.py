"""Taking a story back, for good: page, revisions, pictures, film, and every address they had."""

from typing import Any

from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from benchside.core import films, pictures
from benchside.core.actions import Actor, acting
from benchside.core.states import move
from benchside.people.models import MediaConsent
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryFilm, StoryGender
from benchside.visibility.stories import letters, pages
from benchside.visibility.stories.actions.publishing import locked, tell
from benchside.visibility.stories.rules import can_forget
from benchside.visibility.stories.states import STORY

NOTHING: dict[str, Any] = {
    "name": "",
    "job_title": "",
    "employer": "",
    "letters": "",
    "region": "",
    "nation": "",
    "way": "",
    "email": "",
    "parent_email": "",
    "told": {},
    "role": None,
    "organisation": None,
    "years_in_role": None,
    "photo": None,
    "page": None,
    "agreed_words": "",
    "published_revision": None,
}


def withdraw_story(*, actor: Actor, story: Story) -> None:
    """Take a story back. What stays is that there was one, when, and the consents with their ends.

    Afterwards: files are gone, pages that showed it leave the caches, the person is told. Raises
    Denied, NoSuchMove when it was withdrawn before.
    """
    with transaction.atomic():
        locked(story)
        address = story.email
        gone = Belongings(story)
        move(table=STORY, subject=story, verb="withdraw", actor=actor, columns=NOTHING)
        _forget_parts(story)
        gone.destroy()
        MediaConsent.objects.of(story.subject).take_back()
        letters.withdrawn(address)
        tell(story)


def forget_story(*, actor: Actor, story: Story) -> None:
    """Delete the record too: a draft never sent, one refused, one withdrawn long ago."""
    with acting("story.forget", actor=actor, subject=story, may=can_forget) as act:
        locked(story)
        was_seen = story.state == StoryState.PUBLISHED
        gone = Belongings(story)
        MediaConsent.objects.of(story.subject).take_back()
        number = story.pk
        story.delete()
        story.pk = number
        gone.destroy()
        act.about(story)
        if was_seen:
            tell(story)


class Belongings:
    """All that a story has, noted down before its record lets go of it."""

    def __init__(self, story: Story) -> None:
        self.page = story.page
        held = story.film_or_none
        self.film = held.film if held else None
        self.pictures = [one.picture for one in story.pictures.select_related("picture")]

    def destroy(self) -> None:
        if self.film:
            films.destroy(self.film)
        for picture in self.pictures:
            pictures.destroy(picture)
        if self.page:
            Redirect.objects.filter(redirect_page=self.page.pk).delete()
            pages.destroy_page(self.page)


def _forget_parts(story: Story) -> None:
    """What hangs on the record, which itself stays."""
    for part in (story.pictures, story.messages, story.links):
        part.all().delete()
    story.more_roles.clear()
    StoryFilm.objects.filter(story=story).delete()
    StoryGender.objects.filter(story=story).delete()
