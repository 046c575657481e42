"""Secret addresses: made, found, ended. Only their hashes are kept."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from benchside.accounts import tokens
from benchside.core.actions import Actor
from benchside.visibility.enums import LinkFor, StoryState
from benchside.visibility.models import Story, StoryLink
from benchside.visibility.models.story_parts import DRAFT_LIFE, LINK_LIFE
from benchside.visibility.stories.rules import LINK, PARENT_LINK

SCOPES = {LinkFor.PERSON: LINK, LinkFor.PARENT: PARENT_LINK}
VIEWS = {LinkFor.PERSON: "visibility:tell_story", LinkFor.PARENT: "visibility:story_parent"}


def new_link(story: Story, purpose: LinkFor = LinkFor.PERSON) -> str:
    """Make another link and return its token, which is kept nowhere. Older ones go on opening it:
    they are in letters the person still has."""
    token = tokens.new()
    StoryLink.objects.create(
        story=story,
        purpose=purpose,
        token_hash=tokens.digest(token),
        expires_at=timezone.now() + life_of(story),
    )
    return token


def life_of(story: Story) -> timedelta:
    """A draft is waited for a month. Who has sent a story must be able to take it back, so those
    links hold a year, and each use begins it anew."""
    return DRAFT_LIFE if story.state == StoryState.DRAFT else LINK_LIFE


def story_of(token: str, purpose: LinkFor = LinkFor.PERSON) -> Story | None:
    """The story that a link opens, while it does."""
    link = (
        StoryLink.objects.open()
        .filter(token_hash=tokens.digest(token), purpose=purpose)
        .select_related("story__role", "story__photo", "story__page", "story__organisation")
        .first()
    )
    return link.story if link else None


def keep_alive(story: Story) -> None:
    """All links of a story hold from now on as long as they may."""
    story.links.update(expires_at=timezone.now() + life_of(story))


def holder_of(story: Story, purpose: LinkFor = LinkFor.PERSON) -> Actor:
    """Whoever came by such a link."""
    return Actor.holding_link(scope=f"{SCOPES[purpose]}:{story.pk}", person_id=story.person_id)


def address(token: str, purpose: LinkFor = LinkFor.PERSON) -> str:
    return f"{settings.BASE_URL}{reverse(VIEWS[purpose], args=[token])}"
