"""What is done with stories by the clock."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryLink
from benchside.visibility.models.story_parts import DRAFT_LIFE
from benchside.visibility.stories import actions

KEEP_REFUSED = timedelta(days=90)
KEEP_WITHDRAWN = timedelta(days=365)


@daily(at="00:05")  # a consent ends with its day: its files go as soon as that is over
@task(attempts=3)
def end_stories() -> None:
    """Delete drafts nobody went on with, stories refused or withdrawn long ago; withdraw those
    whose consent has run out."""
    for story in Story.objects.run_out():
        actions.withdraw_story(actor=SYSTEM, story=story)
    now = timezone.now()
    over = (
        Q(state=StoryState.DRAFT, saved_at__lt=now - DRAFT_LIFE)
        | Q(state=StoryState.REFUSED, refused_at__lt=now - KEEP_REFUSED)
        | Q(state=StoryState.WITHDRAWN, withdrawn_at__lt=now - KEEP_WITHDRAWN)
    )
    for story in Story.objects.filter(over):
        actions.forget_story(actor=SYSTEM, story=story)
    StoryLink.objects.filter(expires_at__lt=now).delete()
