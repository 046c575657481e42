"""Telling a story: begun, saved step by step, gone on with by a link, sent in, answered for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.organisations.models import Organisation
from benchside.visibility.enums import MessageAbout, NameMode, StoryState
from benchside.visibility.models import Story, StoryGender, StoryMessage
from benchside.visibility.stories import letters, links, pages, shown
from benchside.visibility.stories.actions.publishing import locked
from benchside.visibility.stories.rules import can_begin, can_submit_for, can_tell
from benchside.visibility.stories.states import STORY

CHANGEABLE = frozenset(
    {
        "name_mode", "name", "email", "is_minor", "parent_email", "role", "job_title", "employer",
        "organisation", "years_in_role", "nation", "region", "letters", "way",
    }
)  # fmt: skip
TOLD = frozenset({"hook", "answers", "route"})
FIGURES = "0123456789"


def begin_story(
    *, actor: Actor, values: Mapping[str, Any], person_id: UUID | None = None
) -> tuple[Story, str]:
    """Begin a story with its first step. Gives the token of the link too, which is mailed and kept
    nowhere else."""
    with acting("story.begin", actor=actor, subject=None, may=can_begin) as act:
        story = Story(slug=_free_slug("story"), person_id=person_id)
        _write(story, values)
        story.save()
        _note_gender(story, values)
        act.about(story)
        token = links.new_link(story)
        if story.email:
            letters.begun(story, token)
    return story, token


def begin_for(*, actor: Actor, organisation: Organisation, values: Mapping[str, Any]) -> Story:
    """Begin the story of somebody of one's organisation: they get the link, and it is theirs to
    look at, change, sign and send. Raises Denied."""
    with acting("story.begin_for", actor=actor, subject=organisation, may=can_submit_for) as act:
        story = Story(slug=_free_slug("story"), organisation=organisation, author=actor.person_id)
        _write(story, {"employer": organisation.name, "nation": organisation.nation, **values})
        story.save()
        act.about(story)
        act.note(organisation=organisation.pk)
        letters.invited(story, links.new_link(story))
    return story


def save_step(*, actor: Actor, story: Story, values: Mapping[str, Any]) -> None:
    """Keep what one step of the form holds. Raises Denied; Refused once it is sent in."""
    with acting("story.save", actor=actor, subject=story, may=can_tell) as act:
        locked(story)
        _only_a_draft(story)
        fields = _write(story, values)
        story.saved_at = timezone.now()
        story.save(update_fields=[*fields, "saved_at"])
        if "more_roles" in values:
            story.more_roles.set(values["more_roles"])
        _note_gender(story, values)
        links.keep_alive(story)
        act.note(fields=sorted(fields))


def send_story(*, actor: Actor, story: Story) -> None:
    """Send it in: its page is made of what was told. Afterwards: thanks by e-mail, and a letter to
    the parent of somebody under 18. Raises Denied; NeedsMore when a step is not done."""
    with transaction.atomic():
        locked(story)
        role = story.role.slug if story.role else "story"
        move(
            table=STORY,
            subject=story,
            verb="send",
            actor=actor,
            columns={"slug": _free_slug(role), "author": story.author or actor.person_id},
        )
        story.page = pages.write_page(story)
        first = story.pictures.select_related("picture").first()
        story.photo = first.picture if first else None
        story.save(update_fields=["page", "photo"])
        links.keep_alive(story)
        if story.is_minor and story.parent_consent_at is None:
            letters.to_parent(story)


def send_link_again(*, actor: Actor, email: str) -> int:
    """Mail a new link to each story of an address; returns how many. Whoever asks is told nothing
    of it, so that nobody learns who has a story here."""
    found = Story.objects.filter(email__iexact=email).exclude(
        state__in=(StoryState.WITHDRAWN, StoryState.REFUSED)
    )
    for story in found[:5]:
        with acting("story.send_link", actor=actor, subject=story, may=can_begin):
            letters.asked_for(story)
    return len(found[:5])


def send_parent_again(*, actor: Actor, story: Story, parent_email: str) -> None:
    """Write to the parent once more, or to another address. Raises Denied, Refused."""
    with acting("story.ask_parent", actor=actor, subject=story, may=can_tell):
        locked(story)
        if not story.is_minor or story.parent_consent_at is not None:
            raise Refused("No parent needs to be asked.", "Nothing more is to be done.")
        story.parent_email = parent_email
        story.save(update_fields=["parent_email"])
        letters.to_parent(story)


# --- once it is looked at -------------------------------------------------------------------------
def answer_question(*, actor: Actor, story: Story, text: str) -> None:
    """Answer what the desk has asked. Raises Denied, Refused for an empty answer."""
    with transaction.atomic():
        locked(story)
        move(table=STORY, subject=story, verb="answer", actor=actor)
        _say(story, MessageAbout.ANSWER, text)


def agree_words(*, actor: Actor, story: Story, words: str) -> None:
    """Say yes to the words as they stand now. `words` is the digest of what the person was shown:
    when it has changed since, they are shown it again. Raises Denied, Refused."""
    with transaction.atomic():
        locked(story)
        page = shown.words_now(story)
        if page is None or words != shown.digest(story, page):
            raise Refused("The words have just been changed again.", "Read them once more.")
        move(table=STORY, subject=story, verb="agree", actor=actor, columns={"agreed_words": words})


def ask_for_change(*, actor: Actor, story: Story, text: str) -> None:
    """Say what is not right about the edited words. Raises Denied, Refused for no words."""
    with transaction.atomic():
        locked(story)
        move(table=STORY, subject=story, verb="want_change", actor=actor)
        _say(story, MessageAbout.CHANGE, text)


# --- parts ----------------------------------------------------------------------------------------
def _write(story: Story, values: Mapping[str, Any]) -> list[str]:
    """Set what was typed; returns the names of the fields."""
    fields = {name: value for name, value in values.items() if name in CHANGEABLE}
    for name, value in fields.items():
        setattr(story, name, value)
    if story.name_mode == NameMode.EMPLOYER:
        story.name = ""
        fields["name"] = ""
    if told := {name: value for name, value in values.items() if name in TOLD}:
        story.told = {**story.told, **told}
        fields["told"] = ""
    return list(fields)


def _note_gender(story: Story, values: Mapping[str, Any]) -> None:
    if "gender" not in values:
        return
    if values["gender"]:
        StoryGender.objects.update_or_create(story=story, defaults={"gender": values["gender"]})
    else:
        StoryGender.objects.filter(story=story).delete()


def _say(story: Story, about: MessageAbout, text: str) -> None:
    if not text.strip():
        raise Refused("There are no words yet.", "Write them, and send again.")
    StoryMessage.objects.create(story=story, about=about, text=text.strip()[:2000])


def _only_a_draft(story: Story) -> None:
    if story.state != StoryState.DRAFT:
        raise Refused(
            "This story has been sent in.", "To change it now, tell us on its page what to change."
        )


def _free_slug(word: str) -> str:
    """The role and chance: a hundred million for each role. In figures, which never spell a name:
    of letters, one address in some hundreds would hold somebody's Li, Ng or Up."""
    return f"{word[:70]}-{get_random_string(8, FIGURES)}"
