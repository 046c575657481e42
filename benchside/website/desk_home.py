"""What to do first: the panel at the top of the desk."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.urls import reverse
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component

from benchside.core.actions import Actor
from benchside.visibility.photos.moderation_queue import for_me
from benchside.visibility.rules import can_moderate, can_review_stories
from benchside.visibility.stories import queries as stories
from benchside.website.models import Concern
from benchside.website.queries import drafts_of, pages_to_read
from benchside.website.rules import can_handle_concern
from benchside.website.stale_facts import stale_facts


@dataclass(frozen=True, slots=True)
class ToDo:
    count: int
    what: str
    url: str
    do: str


class FirstThings(Component):
    name = "first_things"
    template_name = "website/desk/first_things.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        things = [thing for thing in things_to_do(parent_context["request"].user) if thing.count]
        return {"next": things[0] if things else None, "others": things[1:]}


def things_to_do(user: Any) -> list[ToDo]:
    """Everything that may wait for this user, the most pressing first."""
    things: list[ToDo] = []
    if can_handle_concern(Actor.of(user)):
        waiting = Concern.objects.waiting().count()
        things.append(
            ToDo(waiting, noun(waiting, "concern"), reverse("desk_concerns"), "Read concerns")
        )
    if can_moderate(Actor.of(user)):
        photos = for_me(user.person_id).count()
        things.append(
            ToDo(
                photos,
                f"{noun(photos, 'photograph')} to look at",
                reverse("visibility:moderation"),
                "Look at photographs",
            )
        )
    if user_has_any_page_permission(user):
        to_read, drafts, old = pages_to_read(user), drafts_of(user), len(stale_facts())
        things += [
            ToDo(
                to_read,
                f"{noun(to_read, 'page')} to read and approve",
                reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true",
                "Read pages",
            ),
            ToDo(
                old,
                f"{noun(old, 'fact')} to check again",
                reverse("desk_stale_facts"),
                "Check facts",
            ),
            ToDo(
                drafts,
                f"{noun(drafts, 'draft')} of yours, not sent in",
                reverse("wagtailadmin_explore_root"),
                "Finish drafts",
            ),
        ]
    if can_review_stories(Actor.of(user)):
        waits, again = stories.waiting()
        where = reverse("desk_stories")
        things += [
            ToDo(waits, f"{noun(waits, 'stor', 'ies', 'y')} to review", where, "Review stories"),
            ToDo(
                again,
                f"{noun(again, 'stor', 'ies', 'y')} to read again",
                f"{where}?due=yes",
                "Read them again",
            ),
        ]
    return things


def noun(count: int, word: str, plural: str = "s", single: str = "") -> str:
    return f"{str(apnumber(count)).capitalize()} {word}{single if count == 1 else plural}"
