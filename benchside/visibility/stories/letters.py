"""Letters about a story: to its person, and to a parent. Each holds a link of its own.

None tells what was written, nor a name that is not shown: a letter may be read over a shoulder.
"""

from typing import Any

from django.conf import settings

from benchside.core import mail
from benchside.visibility.enums import LinkFor, MessageAbout
from benchside.visibility.models import Story, StoryMessage
from benchside.visibility.models.story_parts import DRAFT_LIFE
from benchside.visibility.stories import links


def _send(name: str, story: Story, **more: Any) -> None:
    if not story.email:
        return
    context = {
        "link": links.address(links.new_link(story)),
        "days": DRAFT_LIFE.days,
        "contact": settings.SAFEGUARDING_CONTACT,
        **more,
    }
    mail.send(f"visibility/{name}", story.email, context)


def begun(story: Story, token: str) -> None:
    """The link by which it is gone on with, on another device or another day."""
    mail.send(
        "visibility/story_begun",
        story.email,
        {"link": links.address(token), "days": DRAFT_LIFE.days},
    )


def asked_for(story: Story) -> None:
    """The link anew, for who has lost it."""
    _send("story_link", story)


def invited(story: Story, token: str) -> None:
    """An employer would like to tell of them: it is theirs to look at, change, sign and send."""
    employer = story.organisation.name if story.organisation else story.employer
    context = {"link": links.address(token), "employer": employer, "days": DRAFT_LIFE.days}
    mail.send("visibility/story_invited", story.email, context)


def to_parent(story: Story) -> None:
    token = links.new_link(story, LinkFor.PARENT)
    context = {"link": links.address(token, LinkFor.PARENT), "shown_as": story.shown_as}
    mail.send("visibility/story_parent", story.parent_email, context)


def received(story: Story) -> None:
    _send("story_received", story, waits_for_parent=story.is_minor)


def asked(story: Story, question: StoryMessage) -> None:
    _send("story_question", story, question=question.text)


def to_agree(story: Story) -> None:
    _send("story_to_agree", story)


def published(story: Story) -> None:
    _send("story_published", story, url=f"{settings.BASE_URL}{story.get_absolute_url()}")


def taken_down(story: Story, why: str) -> None:
    _send("story_taken_down", story, why=why)


def refused(story: Story) -> None:
    """With the reason, as the reviewer wrote it."""
    reason = story.messages.filter(about=MessageAbout.REFUSAL).last()
    _send("story_refused", story, reason=reason.text if reason else "")


def withdrawn(address: str) -> None:
    """That all of it is gone. `address` is told, for nothing of the story is left."""
    if address:
        mail.send("visibility/story_withdrawn", address, {})
