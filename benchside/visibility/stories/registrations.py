"""What stories offer the rest of the house, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.core.actions import SYSTEM
from benchside.core.registries import (
    PagePurge,
    Plain,
    Subscription,
    page_purges,
    personal_data_exports,
    subscriptions,
)
from benchside.people.events import MEDIA_CONSENT_WITHDRAWN
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, exports
from benchside.visibility.stories.events import STORY_CHANGED
from benchside.visibility.stories.reading import registrations as reading

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
    reading.register()
