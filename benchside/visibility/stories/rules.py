"""Who may, with stories. The subject is the story."""

from typing import Any

from allauth.account.models import EmailAddress

from benchside.core.actions import Actor
from benchside.core.changes import last_change
from benchside.core.permissions import anybody, holds_link, is_system, predicate
from benchside.organisations.roles import TELL_STORIES
from benchside.organisations.rules import member_with
from benchside.visibility.models import Story
from benchside.visibility.rules import can_review_stories

LINK, PARENT_LINK = "story", "story-parent"


@predicate("the person it is about")
def is_its_person(actor: Actor, story: Any) -> bool:
    if actor.account is None:
        return False
    if story.person_id == actor.account.person_id:
        return True
    proven = EmailAddress.objects.filter(user=actor.account.pk, verified=True)
    return bool(story.email) and proven.filter(email__iexact=story.email).exists()


@predicate("whoever sent it in")
def is_author(actor: Actor, story: Any) -> bool:
    if actor.person_id is not None and actor.person_id in {story.author, story.person_id}:
        return True
    own = getattr(actor.account, "email", "") if actor.account else ""
    return bool(own) and own.casefold() == story.email.casefold()


@predicate("whoever last changed its words")
def is_last_to_change(actor: Actor, story: Story) -> bool:
    changed = last_change(story.page) if story.page else None
    if changed is None or changed.user_id is None or actor.account is None:
        return False
    return bool(changed.user_id == actor.account.pk)


can_begin = anybody
can_tell = holds_link(LINK) | is_its_person
can_sign_as_parent = holds_link(PARENT_LINK)
can_submit_for = member_with(TELL_STORIES, "a lead, deputy, champion or editor")
can_review = can_review_stories & ~is_author
can_publish = can_review & ~is_last_to_change
can_withdraw = can_tell | can_sign_as_parent | can_review_stories | is_system
can_take_down = can_review_stories | is_system
can_forget = is_system
