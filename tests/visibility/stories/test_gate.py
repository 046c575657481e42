"""Every way Wagtail has of putting a page up ends at the record, which is hard to please."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page, Site

from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import Film, Picture
from benchside.people.enums import ConsentBy
from benchside.people.models import MediaConsent
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryFilm, StoryPage
from benchside.visibility.stories import actions, gate
from benchside.visibility.stories.queries import public_stories
from tests.factories import desk, stories

pytestmark = pytest.mark.usefixtures("site")
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:03.000\nThis is the robot.\n"


def publish(story: Story, by: User, **values: Any) -> None:
    values = {"review_on": stories.in_a_year(), **values}
    actions.publish_story(actor=Actor.of(by), story=story, **values)


def is_seen(story: Story) -> bool:
    return public_stories().filter(pk=story.pk).exists()


def test_all_that_is_needed_lets_it_be_seen() -> None:
    story = stories.an_agreed_story(photos=1)
    publish(story, stories.reviewer())
    assert is_seen(story)
    assert story.page is not None
    assert story.page.live
    assert Picture.objects.get(pk=story.photo_id).is_approved


# --- what is lacking stops it ---------------------------------------------------------------------
def without_consent(story: Story) -> None:
    MediaConsent.objects.of(story.subject).take_back()


def with_consent_run_out(story: Story) -> None:
    MediaConsent.objects.of(story.subject).update(until=timezone.localdate() - timedelta(days=1))


def without_a_parent(story: Story) -> None:
    Story.objects.filter(pk=story.pk).update(is_minor=True, parent_email="p@benchside.example")


def without_alt_text(story: Story) -> None:
    Picture.objects.filter(pk=story.photo_id).update(description=" ")


def a_film(story: Story, **values: Any) -> None:
    words = {"captions": CAPTIONS, "transcript": "Said.", "description": "A robot", **values}
    film = Film.objects.create(file="private/films/x/film.mp4", state="ready", **words)
    StoryFilm.objects.create(story=story, film=film)
    actions.sign_consent(actor=stories.teller(story), story=story, yes=stories.signed())


def with_a_film_without_captions(story: Story) -> None:
    a_film(story, captions="")


def with_a_film_without_transcript(story: Story) -> None:
    a_film(story, transcript="")


def changed_since(story: Story) -> None:
    page = StoryPage.objects.get(pk=story.page_id)
    page.title = "I fly it higher."
    page.save_revision(user=desk.person("Changer", "Editors", is_staff=True))


def with_a_time_to_go_up(story: Story) -> None:
    page = StoryPage.objects.get(pk=story.page_id)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision()


LACKING = [
    without_consent,
    with_consent_run_out,
    without_a_parent,
    without_alt_text,
    with_a_film_without_captions,
    with_a_film_without_transcript,
    changed_since,
    with_a_time_to_go_up,
]


@pytest.mark.parametrize("spoil", LACKING, ids=lambda spoil: spoil.__name__)
def test_the_one_verb_refuses_what_is_lacking(spoil: Any) -> None:
    story = stories.an_agreed_story(photos=1)
    spoil(story)
    with pytest.raises(Refused):
        publish(story, stories.reviewer())
    story.refresh_from_db()
    assert story.state == StoryState.AGREED
    assert not is_seen(story)


@pytest.mark.parametrize("days", [0, -1, 731])
def test_a_story_is_read_again_within_two_years(days: int) -> None:
    story = stories.an_agreed_story()
    with pytest.raises(Refused):
        publish(story, stories.reviewer(), review_on=timezone.localdate() + timedelta(days=days))


def test_a_minor_s_story_waits_for_a_parent_s_yes_to_all_of_it() -> None:
    story = stories.an_agreed_story(photos=1, is_minor=True, parent_email="p@benchside.example")
    with pytest.raises(Refused, match="parent"):
        publish(story, stories.reviewer())
    yes = stories.signed(signed_as="Pat Made-Up")
    actions.sign_as_parent(actor=stories.parent(story), story=story, yes=yes)
    assert gate.consents_missing(story, ConsentBy.PARENT) == []
    publish(story, stories.reviewer("Second"))
    assert is_seen(story)


def test_what_a_parent_says_later_holds_for_what_is_seen_already() -> None:
    """They sign once more by their link: for a month, and not for other networks."""
    story = stories.an_agreed_story(is_minor=True, parent_email="p@benchside.example")
    everywhere = {"on_social": True, "in_print": True, "by_partners": True}
    MediaConsent.objects.of(story.subject).update(**everywhere)
    said = stories.signed(signed_as="Pat Made-Up", **everywhere)
    actions.sign_as_parent(actor=stories.parent(story), story=story, yes=said)
    publish(story, stories.reviewer())
    assert Story.objects.get(pk=story.pk).on_social
    ends = timezone.localdate() + timedelta(days=30)
    for_a_month = stories.signed(signed_as="Pat Made-Up", in_print=True, until=ends)
    actions.sign_as_parent(actor=stories.parent(story), story=story, yes=for_a_month)
    held = Story.objects.get(pk=story.pk)
    assert held.consent_until == ends
    assert (held.on_social, held.in_print, held.by_partners) == (False, True, False)
    assert Story.objects.public().exists()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert not Story.objects.public().exists()


def test_a_person_who_signs_again_does_not_overrule_their_parent() -> None:
    story = stories.a_sent_story(is_minor=True, parent_email="p@benchside.example")
    no = stories.signed(signed_as="Pat Made-Up")
    actions.sign_as_parent(actor=stories.parent(story), story=story, yes=no)
    yes = stories.signed(on_social=True, in_print=True, by_partners=True)
    actions.sign_consent(actor=stories.teller(story), story=story, yes=yes)
    held = Story.objects.get(pk=story.pk)
    assert (held.on_social, held.in_print, held.by_partners) == (False, False, False)


# --- who ------------------------------------------------------------------------------------------
def test_whoever_changed_the_words_last_does_not_publish_them() -> None:
    changer, other = stories.reviewer("Changer"), stories.reviewer("Other")
    story = stories.a_sent_story()
    page = StoryPage.objects.get(pk=story.page_id)
    page.title = "I fly a robot in the sea."
    page.save_revision(user=changer)
    stories.agreed(story, changer)
    with pytest.raises(Denied):
        publish(story, changer)
    publish(story, other)
    story.refresh_from_db()
    assert (story.changed_by, story.reviewed_by) == (changer.person_id, other.person_id)


def test_nobody_publishes_what_is_their_own() -> None:
    own = stories.reviewer("Own")
    for values in ({"person_id": own.person_id}, {"author": own.person_id}, {"email": own.email}):
        story = stories.an_agreed_story(stories.reviewer(f"By{Story.objects.count()}"))
        Story.objects.filter(pk=story.pk).update(**values)
        with pytest.raises(Denied):
            publish(story, own)


@pytest.mark.parametrize("who", [["Editors"], ["Safeguarding"], []])
def test_a_right_is_needed(who: list[str]) -> None:
    with pytest.raises(Denied):
        publish(stories.an_agreed_story(), desk.person("Edith", *who, is_staff=True))


def test_the_clock_and_a_link_have_no_right() -> None:
    story = stories.an_agreed_story()
    for actor in (SYSTEM, stories.teller(story)):
        with pytest.raises(Denied):
            actions.publish_story(actor=actor, story=story, review_on=stories.in_a_year())


# --- round the record, by the database ------------------------------------------------------------
@pytest.mark.parametrize(
    "column",
    ["consent_at", "agreed_at", "review_on", "reviewed_by", "published_at", "page"],
)
def test_the_database_holds_every_stamp(column: str) -> None:
    story = stories.a_published_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**{column: None})


@pytest.mark.parametrize("column", ["author", "changed_by", "person_id"])
def test_the_database_holds_two_people(column: str) -> None:
    story = stories.a_published_story()
    story.refresh_from_db()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(**{column: story.reviewed_by})


def test_the_database_holds_a_parent_s_yes_and_a_film_that_can_be_read() -> None:
    story = stories.a_published_story()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(is_minor=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoryFilm.objects.create(story=story, site="vimeo", number="123456")


# --- every way of Wagtail's -----------------------------------------------------------------------
def lived(page: StoryPage, verb: Any) -> None:
    """Try it, whatever it answers."""
    try:
        with transaction.atomic():
            verb(page)
    except (Refused, PermissionError):
        pass


def by_the_revision(page: StoryPage) -> None:
    page.save_revision().publish()


def by_the_action(page: StoryPage) -> None:
    PublishPageRevisionAction(page.save_revision(), user=None).execute(skip_permission_checks=True)


def by_the_clock(page: StoryPage) -> None:
    revision = page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled", verbosity=0)
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None, "the clock would stop here for ever"


def by_saving_it_live(page: StoryPage) -> None:
    page.live = True
    page.save()


def by_a_bulk_update(page: StoryPage) -> None:
    Page.objects.filter(pk=page.pk).update(live=True)


def by_importing(page: StoryPage) -> None:
    page.get_parent().add_child(
        instance=StoryPage(title="Imported", slug="imported", live=True, answers=page.answers)
    )


def by_copying(page: StoryPage) -> None:
    page.copy(keep_live=True, update_attrs={"slug": "copied"})


def by_the_copy_action(page: StoryPage) -> None:
    page.live = True
    page.save()
    CopyPageAction(page, keep_live=True, update_attrs={"slug": "copied"}).execute(
        skip_permission_checks=True
    )


def by_an_alias(page: StoryPage) -> None:
    page.live = True
    page.save()
    CreatePageAliasAction(page, update_slug="alias").execute(skip_permission_checks=True)


def by_moving(page: StoryPage) -> None:
    page.live = True
    page.save()
    page.move(Site.objects.get(is_default_site=True).root_page, pos="last-child")


WAYS = [
    by_the_revision,
    by_the_action,
    by_the_clock,
    by_saving_it_live,
    by_a_bulk_update,
    by_importing,
    by_copying,
    by_the_copy_action,
    by_an_alias,
    by_moving,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_of_wagtail_s_lets_a_story_be_seen(way: Any) -> None:
    """The story lacks nothing but that somebody publishes it, and still nobody can read it."""
    story = stories.an_agreed_story()
    lived(StoryPage.objects.get(pk=story.page_id), way)
    assert not public_stories().exists()
    asked = Client()
    for page in StoryPage.objects.all():
        assert asked.get(page.get_url()).status_code == 404, page.get_url()
    assert "robot under the sea" not in asked.get("/sitemap.xml").content.decode()
    assert story.slug not in asked.get("/sitemap.xml").content.decode()
    assert "robot under the sea" not in asked.get("/search/?q=robot").content.decode()


FORM = {
    "action-publish": "yes",
    "title": "I fly a robot under the sea.",
    "answers-count": "0",
    "steps-count": "0",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


@pytest.mark.parametrize("group", ["Editors", "Moderators", "superuser"])
def test_no_button_of_the_editor_publishes(group: str) -> None:
    groups = [] if group == "superuser" else [group]
    user = desk.person("Ada", *groups, is_staff=True, is_superuser=not groups)
    client = Client()
    client.force_login(user)
    story = stories.an_agreed_story()
    page = StoryPage.objects.get(pk=story.page_id)
    shown = client.get(f"/desk/pages/{page.pk}/edit/").content.decode()
    # Whoever does not review stories does not read one that waits.
    assert ("I fly a robot under the sea." in shown) == (group != "Editors")
    for name in ("action-publish", "action-submit", "go_live_at"):
        assert f'name="{name}"' not in shown, name
    for path in (
        f"/desk/bulk/wagtailcore/page/publish/?id={page.pk}&next=/desk/",
        f"/desk/pages/{page.pk}/copy/",
        f"/desk/pages/{page.pk}/move/{page.get_parent().pk}/confirm/",
        f"/desk/pages/{page.pk}/delete/",
        f"/desk/pages/{page.pk}/unpublish/",
        f"/desk/pages/workflow/action/{page.pk}/approve/1/",
        f"/desk/pages/{page.pk}/edit/",
    ):
        client.post(path, {**FORM, "publish_copies": "on", "new_slug": "copied"})
        assert not public_stories().exists(), path
        assert StoryPage.objects.filter(pk=page.pk).exists(), path


@pytest.mark.parametrize(("group", "reads"), [("Editors", False), ("Moderators", True)])
def test_only_reviewers_find_a_waiting_story_among_the_pages(group: str, reads: bool) -> None:
    story = stories.a_sent_story(hook="Zebrafish and a lamp.")
    parent = StoryPage.objects.get(pk=story.page_id).get_parent()
    client = Client()
    client.force_login(desk.person("Ada", group, is_staff=True))
    listed = client.get(f"/desk/pages/{parent.pk}/", follow=True).content.decode()
    assert ("Zebrafish" in listed) == reads


def test_a_story_published_and_changed_shows_the_words_agreed_to() -> None:
    story = stories.a_published_story()
    page = StoryPage.objects.get(pk=story.page_id)
    page.title = "Something nobody agreed to"
    lived(page, by_the_revision)
    assert StoryPage.objects.get(pk=page.pk).title == "I fly a robot under the sea."


def test_a_page_taken_down_in_wagtail_is_not_seen_either() -> None:
    story = stories.a_published_story()
    StoryPage.objects.get(pk=story.page_id).unpublish()
    assert not is_seen(story)


def test_a_consent_that_ran_out_ends_it_on_the_day() -> None:
    story = stories.a_published_story()
    Story.objects.filter(pk=story.pk).update(consent_until=timezone.localdate())
    assert is_seen(story)
    Story.objects.filter(pk=story.pk).update(consent_until=timezone.localdate() - timedelta(days=1))
    assert not is_seen(story)


@pytest.mark.parametrize("group", ["Safeguarding", "Campaign team", "Editors", "Moderators"])
def test_a_story_that_waits_is_no_page_to_link_to_and_has_no_preview(group: str) -> None:
    story = stories.a_sent_story(hook="Zebrafish and a lamp.")
    seen = stories.a_published_story(hook="Kestrels and a wire.", email="other@benchside.example")
    page = StoryPage.objects.get(pk=story.page_id)
    client = Client()
    client.force_login(stories.reviewer("Somebody", group))
    chooser = client.get(f"/desk/choose-page/{page.get_parent().pk}/").content.decode()
    assert "Kestrels" in chooser
    assert seen.page_id
    assert "Zebrafish" not in chooser
    found = client.get("/desk/choose-page/search/?q=Zebrafish").content.decode()
    assert "and a lamp" not in found
    for way in ("view_draft/", f"revisions/{page.latest_revision_id}/view/"):
        answer = client.get(f"/desk/pages/{page.pk}/{way}")
        assert answer.status_code in {302, 403, 404}, way
