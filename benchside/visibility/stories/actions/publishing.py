"""Letting a story be seen, and taking it down: the one way for desk, clock, bulk and API alike."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.core import films, pictures
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.changes import last_change
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.people.models import MediaConsent
from benchside.visibility.enums import MessageAbout, StoryState
from benchside.visibility.models import Story, StoryMessage
from benchside.visibility.stories import gate, letters, shown
from benchside.visibility.stories.events import STORY_CHANGED
from benchside.visibility.stories.rules import can_take_down
from benchside.visibility.stories.states import STORY

LONGEST = timedelta(days=730)


def publish_story(
    *, actor: Actor, story: Story, review_on: date, names_judged: bool = False
) -> None:
    """Let everybody read a story, as its person agreed to it. `names_judged` says that whoever
    publishes has looked at the words that may be a hidden name.

    Afterwards: the person is told, pages that show stories leave the caches. Raises Denied to who
    sent it in or changed it last; Refused with all that is lacking.
    """
    with transaction.atomic():
        locked(story)
        if not STORY.row(story.state, "publish").may(actor, story):
            raise Denied("story.publish")
        _check_date(review_on)
        _refuse_what_lacks(story, names_judged=names_judged)
        assert story.page is not None
        revision = story.page.get_latest_revision()
        changed = last_change(story.page)
        move(
            table=STORY,
            subject=story,
            verb="publish",
            actor=actor,
            columns={
                "review_on": review_on,
                "published_revision": revision.pk,
                "changed_by": changed.user.person_id if changed and changed.user else None,
                "consent_until": consent_until(story),
            },
            detail={"review_on": review_on.isoformat()},
        )
        revision.publish(user=actor.account, skip_permission_checks=True)
        story.page.refresh_from_db()
        _show(story)
        tell(story)


def take_down_story(*, actor: Actor, story: Story, why: str = "") -> None:
    """Hide a story that may be put right: its words, pictures and film stay, and are private.

    Afterwards: its pages leave the caches; the person is told why. Raises Denied, NoSuchMove.
    """
    with transaction.atomic():
        locked(story)
        columns = {"published_at": None, "reviewed_by": None, "published_revision": None}
        move(table=STORY, subject=story, verb="take_down", actor=actor, columns=columns)
        _hide(story)
        if why.strip():
            StoryMessage.objects.create(
                story=story, about=MessageAbout.NOTE, text=why.strip(), written_by=actor.person_id
            )
        letters.taken_down(story, why.strip())
        tell(story)


def read_again(*, actor: Actor, story: Story, review_on: date) -> None:
    """Say that a published story is still true, and when to read it next. Raises Refused."""
    with acting("story.read_again", actor=actor, subject=story, may=can_take_down) as act:
        locked(story)
        _check_date(review_on)
        if story.state != StoryState.PUBLISHED:
            raise Refused("This story is not published.", "There is nothing to read again.")
        story.review_on = review_on
        story.save(update_fields=["review_on"])
        act.note(review_on=review_on.isoformat())


# --- shared with the actions beside this ----------------------------------------------------------
def locked(story: Story) -> None:
    """Read the record anew and hold it, so that of many who change it each sees the one before."""
    story.refresh_from_db(from_queryset=Story.objects.select_for_update())
    for name in ("film", "page"):
        story._state.fields_cache.pop(name, None)


def tell(story: Story) -> None:
    """All who show stories hear of it, once it is committed."""
    publish(STORY_CHANGED.key, story_id=story.pk, slug=story.slug)


def consent_until(story: Story) -> date | None:
    """The day on which the first of its consents ends, or None."""
    ends = MediaConsent.objects.of(story.subject).standing().filter(until__isnull=False)
    return ends.order_by("until").values_list("until", flat=True).first()


# --- parts ----------------------------------------------------------------------------------------
def _refuse_what_lacks(story: Story, *, names_judged: bool) -> None:
    if lacking := gate.lacks(story):
        raise Refused(" ".join(lack.what for lack in lacking), lacking[0].remedy)
    page = shown.words_now(story)
    if page is None or names_judged:
        return
    if unsure := gate.names_told(story, page):
        words = ", ".join(f"“{leak.word}” in {leak.where}" for leak in unsure)
        raise Refused(
            f"This may be a name they do not show: {words}.",
            "Read it; if it is another word, say so and publish.",
        )


def _check_date(review_on: date) -> None:
    today = timezone.localdate()
    if not today < review_on <= today + LONGEST:
        raise Refused(
            "A story is read again within two years.", "Choose a day from tomorrow to then."
        )


def _show(story: Story) -> None:
    for picture in shown.pictures_of(story):
        pictures.make_public(picture)
    film = story.film_or_none
    if film is not None and film.film:
        films.make_public(film.film)


def _hide(story: Story) -> None:
    for picture in shown.pictures_of(story):
        if picture.is_approved:
            pictures.make_private(picture)
    film = story.film_or_none
    if film is not None and film.film and film.film.is_approved:
        films.make_private(film.film)
    if story.page is not None and story.page.live:
        story.page.unpublish(log_action=False)
