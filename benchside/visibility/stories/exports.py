"""What stories hold about a person, and how they forget: for the registry of all rooms."""

from typing import Any
from uuid import UUID

from benchside.core.actions import SYSTEM
from benchside.core.registries import PersonalDataExport
from benchside.visibility.models import Story
from benchside.visibility.stories import actions, queries, shown


def export(person_id: UUID) -> dict[str, Any]:
    return {"stories": [_one(story) for story in queries.of_person(person_id)]}


def _one(story: Story) -> dict[str, Any]:
    page = shown.words_now(story)
    declared = getattr(story, "declared", None)
    return {
        "state": story.get_state_display(),
        "address": story.get_absolute_url() if story.published_at else "",
        "shown_as": story.shown_as,
        "job": story.job,
        "employer": story.employer,
        "years_in_role": story.years_in_role,
        "nation": story.get_nation_display(),
        "region": story.region,
        "letters": story.letters,
        "e-mail": story.email,
        "e-mail_of_a_parent": story.parent_email,
        "gender_declared": declared.get_gender_display() if declared else "",
        "told": story.told,
        "words_now": shown.texts(story, page) if page else {},
        "pictures": [one.description for one in shown.pictures_of(story)],
        "film": story.film_or_none is not None,
        "messages": [one.text for one in story.messages.all()],
        "begun": story.created_at.isoformat(),
        "sent": story.sent_at.isoformat() if story.sent_at else None,
        "published": story.published_at.isoformat() if story.published_at else None,
        "withdrawn": story.withdrawn_at.isoformat() if story.withdrawn_at else None,
    }


def erase(person_id: UUID) -> None:
    """Withdraw all that is theirs and delete the records; stories they sent in for others stay."""
    for story in queries.of_person(person_id):
        actions.forget_story(actor=SYSTEM, story=story)


STORIES = PersonalDataExport(
    key="stories", title="Your stories", export=export, erase=erase, order=350
)
