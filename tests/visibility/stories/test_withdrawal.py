"""Taken back, a story is gone from every way out at once, page cache on, and leaves no word."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, TestCase, override_settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry, Revision

from benchside.core.actions import SYSTEM, Actor, Denied
from benchside.core.models import AuditEvent, Picture
from benchside.people.actions import withdraw_consent
from benchside.people.models import MediaConsent
from benchside.visibility.enums import LinkFor, StoryState
from benchside.visibility.models import Story, StoryPage
from benchside.visibility.stories import actions, links
from benchside.visibility.stories.queries import public_stories
from benchside.website.first_pages import write_first_pages
from tests.factories import desk, stories
from tests.factories.people import person
from tests.visibility.test_obeyed_at_once import Front

HOOK, ANSWER, PLACE, ALT = "Quuxing a snark", "Jubjub morning", "Xyzzyhall", "Frabjous hands"
MARKS = (HOOK, ANSWER, PLACE, ALT, "Plughworks", "Zarquon")
# Every public way out a story has, and what it tells there; None where it is drawn, not written.
WAYS_OUT = {
    "/": HOOK,
    "/stories/": HOOK,
    "/stories/?nation=scotland": HOOK,
    "/stories/{slug}/": ANSWER,
    "/stories/{slug}/embed/": HOOK,
    "/stories/embed/": HOOK,
    "/stories.atom": HOOK,
    "/oembed?url={base}/stories/{slug}/": "{slug}",
    "/stories/{slug}/card.png": None,
    "/stories/{slug}/square.png": None,
    "/search/?q=Quuxing": "{slug}",
    "/sitemap.xml": "{slug}",
    "/careers/roles/rov-pilot-technician/": HOOK,
}


@override_settings(REQUIRE_SECOND_FACTOR=False)
class Withdrawn(TestCase):
    """A story with pictures, edited once, published, read by everybody twice."""

    @classmethod
    def setUpTestData(cls) -> None:
        call_command("load_catalogue", verbosity=0)
        write_first_pages()
        cls.reviewer = stories.reviewer("Reviewer")
        cls.editor = desk.person("Editor", "Editors", is_staff=True)
        cls.account = person("edie@benchside.example")

    def setUp(self) -> None:
        with self.captureOnCommitCallbacks(execute=True):
            self.story = self.told()
        self.front = Front()
        self.token = links.new_link(self.story)

    def told(self) -> Story:
        words = {"day": ANSWER}
        story = stories.a_draft(
            photos=0, name="Zarquon", hook=f"{HOOK}, once", answers=words, employer="Plughworks",
            region=PLACE,
        )  # fmt: skip
        actions.add_picture(
            actor=stories.teller(story), story=story, file=stories.a_photograph(), description=ALT
        )
        yes = stories.signed(on_social=True, in_print=True, by_partners=True)
        actions.sign_consent(actor=stories.teller(story), story=story, yes=yes)
        actions.send_story(actor=stories.teller(story), story=story)
        page = StoryPage.objects.get(pk=story.page_id)
        page.title = HOOK
        page.save_revision(user=self.editor)
        stories.agreed(story, self.reviewer)
        actions.publish_story(
            actor=Actor.of(self.reviewer), story=story, review_on=stories.in_a_year()
        )
        return story

    def test_by_the_person_s_link(self) -> None:
        with self.gone():
            answer = Client().post(f"/stories/tell/{self.token}/withdraw/")
            assert "It is gone" in answer.content.decode()

    def test_by_a_parent_s_link(self) -> None:
        Story.objects.filter(pk=self.story.pk).update(
            is_minor=True, parent_consent_at=self.story.consent_at
        )
        token = links.new_link(self.story, LinkFor.PARENT)
        with self.gone():
            Client().post(f"/stories/parent/{token}/withdraw/")

    def test_by_their_account(self) -> None:
        mine = Client()
        mine.force_login(self.account)
        assert "Take it back" in mine.get("/my/stories/").content.decode()
        with self.gone():
            mine.post(f"/my/stories/{self.story.pk}/withdraw/")
        assert "No story yet" in mine.get("/my/stories/").content.decode()

    def test_by_the_desk(self) -> None:
        client = Client()
        client.force_login(self.reviewer)
        with self.gone():
            client.post(f"/desk/stories/{self.story.pk}/", {"verb": "withdraw"})

    def test_by_taking_the_consent_back(self) -> None:
        consent = MediaConsent.objects.of(self.story.subject).standing().first()
        assert consent is not None
        with self.gone():
            withdraw_consent(actor=SYSTEM, consent=consent)

    def test_taken_down_for_a_while_nothing_is_seen_and_nothing_is_lost(self) -> None:
        before = self.told_now()
        with self.captureOnCommitCallbacks(execute=True):
            actions.take_down_story(actor=Actor.of(self.reviewer), story=self.story)
        self.tells_nothing(before)
        picture = Picture.objects.get(pk=self.story.photo_id)
        assert not picture.is_approved
        assert StoryPage.objects.filter(pk=self.story.page_id).exists()

    def test_nobody_else_takes_it_back(self) -> None:
        others = [
            Actor.of(self.editor),
            Actor.of(person("other@example.org")),
            Actor.holding_link(scope=f"story:{self.story.pk + 1}"),
        ]
        for actor in others:
            with pytest.raises(Denied):
                actions.withdraw_story(actor=actor, story=self.story)
        assert public_stories().exists()

    # --- how it is looked at ----------------------------------------------------------------------
    @contextmanager
    def gone(self) -> Iterator[None]:
        before = self.told_now()
        files = self.files()
        assert files, "its picture was drawn"
        with self.captureOnCommitCallbacks(execute=True):
            yield
        self.tells_nothing(before)
        assert [path for path in files if path.exists()] == []
        self.leaves_no_word()

    def told_now(self) -> dict[str, str]:
        """Each way out tells of it, twice, so that the page cache keeps it."""
        self.picture = Picture.objects.get(pk=self.story.photo_id)
        self.address = self.picture.get_rendition("width-320").url
        assert self.address.startswith("/media/"), "public while it is published"
        said = {}
        for way, word in WAYS_OUT.items():
            where = way.format(slug=self.story.slug, base=settings.BASE_URL)
            assert self.front.status(where).startswith("200"), where
            said[where] = self.front.get(where)
            told = (word or "").format(slug=self.story.slug)
            assert told in said[where], f"{where} does not tell {told}"
        assert Client().get(self.address).status_code == 200
        return said

    def tells_nothing(self, before: dict[str, str]) -> None:
        for where in before:
            if f"/{self.story.slug}/" in where:
                assert self.front.status(where).startswith("404"), where
                continue
            answer = self.front.get(where)
            told = [mark for mark in (*MARKS, self.story.slug) if mark in answer]
            assert told == [], f"{where} still tells {told}"
        assert Client().get(self.address).status_code == 404

    def files(self) -> list[Path]:
        roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_MEDIA_ROOT))
        folders = [root / "pictures" / self.picture.key.hex for root in roots]
        return [path for folder in folders if folder.exists() for path in folder.iterdir()]

    def leaves_no_word(self) -> None:
        """No table holds a word, a picture or an address of it; consents stay, and have ended."""
        story = Story.objects.get(pk=self.story.pk)
        assert story.state == StoryState.WITHDRAWN
        assert story.withdrawn_at is not None
        assert not StoryPage.objects.exists()
        assert not Revision.objects.filter(object_id=str(self.story.page_id)).exists()
        assert not PageLogEntry.objects.filter(page_id=self.story.page_id).exists()
        assert not Redirect.objects.exists()
        assert not Picture.objects.exists()
        consents = MediaConsent.objects.of(story.subject)
        assert consents.exists()
        assert not consents.standing().exists()
        assert links.story_of(self.token) is None
        found = {table: marks for table in tables() if (marks := told_in(table))}
        found.pop("people_mediaconsent", None)  # who said yes, and that it has ended
        found.pop("core_outgoingmail", None)  # letters that are on their way
        assert found == {}
        verbs = AuditEvent.objects.about(story).values_list("verb", flat=True)
        assert "story.withdraw" in verbs


def tables() -> list[str]:
    return [
        name for name in connection.introspection.table_names()
        if not name.startswith(("sqlite_", "django_migrations")) and "_fts" not in name
    ]  # fmt: skip


def told_in(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        rows: Any = cursor.fetchall()
    text = "\n".join(str(value) for row in rows for value in row)
    return [mark for mark in MARKS if mark in text]
