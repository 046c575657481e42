"""What stories offer the rest of the house, registered at start-up."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from benchside.core import films, kept_pictures, pictures
from benchside.core.actions import SYSTEM, Actor
from benchside.core.models import Film, Picture
from benchside.core.registries import (
    PagePurge,
    Plain,
    Subscription,
    WorkspaceTab,
    evidence_kinds,
    page_purges,
    personal_data_exports,
    subscriptions,
    workspace_tabs,
)
from benchside.organisations.roles import TELL_STORIES, with_right
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryFilm, StoryPicture
from benchside.visibility.rules import can_review_stories
from benchside.visibility.stories import actions, as_evidence, exports, tasks
from benchside.visibility.stories.events import STORY_CHANGED
from benchside.visibility.stories.reading import registrations as reading

__all__ = ["register", "tasks"]  # named, so that what it does by the clock is known
SHOWING_STORIES = ("/", "/stories*", "/careers/roles/*", "/search/*", "/sitemap.xml", "/api/v1/*")


def pages_with_stories(payload: Mapping[str, Plain]) -> Iterable[str]:
    return SHOWING_STORIES


def consent_taken_back(payload: Mapping[str, Plain]) -> None:
    """Somebody has taken back a yes somewhere else: the story it was for goes at once."""
    kind, _, key = str(payload["subject"]).partition(":")
    if kind != "story":
        return
    for story in Story.objects.filter(key=key).exclude(state=StoryState.WITHDRAWN):
        actions.withdraw_story(actor=SYSTEM, story=story)


def inside_url(slug: str) -> str:
    return reverse("visibility:inside_stories", args=[slug])


def may_see_picture(user: Any, picture: Picture) -> bool:
    """Reviewers see the pictures and films of stories before anybody else."""
    is_of_a_story = StoryPicture.objects.filter(picture=picture).exists()
    return is_of_a_story and can_review_stories(Actor.of(user))


def may_see_film(user: Any, film: Film) -> bool:
    return StoryFilm.objects.filter(film=film).exists() and can_review_stories(Actor.of(user))


TAB = WorkspaceTab(
    key="visibility.stories",
    area="visibility",
    title="Stories",
    url=inside_url,
    roles=frozenset(with_right(TELL_STORIES)),
    order=15,
)


def register() -> None:
    page_purges.register(
        PagePurge(key="visibility.stories", event=STORY_CHANGED.key, addresses=pages_with_stories)
    )
    subscriptions.register(
        Subscription(
            key="visibility.stories.consent",
            event=MEDIA_CONSENT_WITHDRAWN.key,
            handle=consent_taken_back,
        )
    )
    personal_data_exports.register(exports.STORIES)
    workspace_tabs.register(TAB)
    evidence_kinds.register(as_evidence.KIND)
    pictures.viewers.append(may_see_picture)
    kept_pictures.keepers.append("story_picture")
    films.viewers.append(may_see_film)
    reading.register()
