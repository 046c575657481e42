"""Looking at what was sent in: asking, editing, sending to be agreed, saying no kindly."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.visibility.enums import MessageAbout, StoryState
from benchside.visibility.models import Story, StoryMessage
from benchside.visibility.stories import letters
from benchside.visibility.stories.actions.publishing import locked
from benchside.visibility.stories.rules import can_review
from benchside.visibility.stories.states import STORY

DETAILS = (
    "name", "role", "job_title", "employer", "organisation", "years_in_role", "nation", "region",
    "letters", "way",
)  # fmt: skip


def ask_person(*, actor: Actor, story: Story, text: str) -> None:
    """Ask whoever sent it something. They are written to. Raises Denied, Refused without words."""
    with transaction.atomic():
        locked(story)
        move(table=STORY, subject=story, verb="ask", actor=actor)
        question = _say(actor, story, MessageAbout.QUESTION, text)
        letters.asked(story, question)


def propose_words(*, actor: Actor, story: Story) -> None:
    """Send the words as they stand to be agreed. A yes of before is over. Raises Denied."""
    with transaction.atomic():
        locked(story)
        columns = {"agreed_at": None, "agreed_words": ""}
        move(table=STORY, subject=story, verb="propose", actor=actor, columns=columns)
        letters.to_agree(story)


def refuse_story(*, actor: Actor, story: Story, text: str) -> None:
    """Say that it is not used, and why, in words that will be read by its person. Raises Denied,
    Refused without words."""
    with transaction.atomic():
        locked(story)
        move(table=STORY, subject=story, verb="refuse", actor=actor)
        _say(actor, story, MessageAbout.REFUSAL, text)
        letters.refused(story)


def change_details(*, actor: Actor, story: Story, values: Mapping[str, Any]) -> None:
    """Put right what stands beside the words, such as the role it belongs to. The person agrees to
    it with the words. Raises Denied; Refused while everybody can see it."""
    with acting("story.change_details", actor=actor, subject=story, may=can_review) as act:
        locked(story)
        if story.state not in {
            StoryState.SENT, StoryState.ASKED, StoryState.TO_AGREE, StoryState.AGREED
        }:  # fmt: skip
            raise Refused("This cannot be changed now.", "Take it down first.")
        fields = [name for name in DETAILS if name in values]
        for name in fields:
            setattr(story, name, values[name])
        story.save(update_fields=fields)
        if "more_roles" in values:
            story.more_roles.set(values["more_roles"])
        act.note(fields=fields)


def _say(actor: Actor, story: Story, about: MessageAbout, text: str) -> StoryMessage:
    if not text.strip():
        raise Refused("There are no words yet.", "Write what the person should read.")
    return StoryMessage.objects.create(
        story=story, about=about, text=text.strip()[:2000], written_by=actor.person_id
    )
