"""A story told on a phone without an account: step by step, by a link, to the end and back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Denied, Refused
from benchside.core.models import AuditEvent, Picture
from benchside.core.models.mail import OutgoingMail
from benchside.core.open_forms import make_token
from benchside.people.models import MediaConsent
from benchside.visibility.enums import StoryState
from benchside.visibility.models import Story, StoryLink
from benchside.visibility.stories import actions, links
from benchside.visibility.stories.tasks import end_stories
from tests.factories import stories

pytestmark = pytest.mark.usefixtures("site")
LINK = re.compile(r"https?://[^/\s]+(/stories/(?:tell|parent)/[^/\s]+/)")
WHO = {
    "name_mode": "first",
    "name": "Edie Made-Up",
    "email": "edie@benchside.example",
    "age": "adult",
}
JOB = {"role": "rov-pilot-technician", "employer": "Madeup Marine", "nation": "scotland"}
ANSWERS = {"hook": "I fly a robot under the sea.", "day": "I check it first."}
ROUTE = {"when-1": "2019", "what-1": "Apprentice at a boat yard", "way": "apprenticeship"}
CONSENT = {"signed_as": "Edie Made-Up", "on_social": "on", "until": "1"}


@pytest.fixture
def phone() -> Client:
    """A browser that keeps no cookie; forms come from our own pages."""
    return Client(headers={"origin": "http://testserver"})


def begin(phone: Client, **more: str) -> Any:
    sent = {**WHO, "token": make_token("tell-a-story"), **more}
    return phone.post("/stories/tell/", sent)


def begun(phone: Client, **more: str) -> str:
    """The address of the story's own page."""
    answer = begin(phone, **more)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).partition("step/")[0]


def the_story() -> Story:
    return Story.objects.get()


def letter(name: str) -> str:
    """The text of the newest letter of a kind."""
    found = OutgoingMail.objects.filter(name=f"visibility/{name}").order_by("-pk").first()
    assert found is not None, f"no letter {name}"
    return found.text


def fill_in(phone: Client, own: str) -> None:
    for key, said in (("job", JOB), ("answers", ANSWERS), ("route", ROUTE), ("consent", CONSENT)):
        answer = phone.post(f"{own}step/{key}/", said)
        assert answer.status_code == 302, answer.content.decode()
        assert "kept=" in answer["Location"]


def test_from_the_first_tap_to_sent(phone: Client) -> None:
    own = begun(phone)
    story = the_story()
    assert (story.name, story.state) == ("Edie", StoryState.DRAFT)
    fill_in(phone, own)
    shown = phone.get(f"{own}step/send/").content.decode()
    assert "I fly a robot under the sea." in shown
    answer = phone.post(f"{own}step/send/", follow=True)
    assert "We have your story" in answer.content.decode()
    story.refresh_from_db()
    assert story.state == StoryState.SENT
    assert story.slug.startswith("rov-pilot-technician-")
    assert story.page is not None
    assert not story.page.live
    assert story.on_social
    assert not story.by_partners
    consent = MediaConsent.objects.get(subject=story.subject)
    assert (consent.who, consent.signed_as) == ("Edie", "Edie Made-Up")
    assert "You may show it on social media" in consent.words
    assert "print it" not in consent.words
    assert consent.until is not None
    assert phone.cookies == {}
    assert "Set-Cookie" not in answer.headers


def test_the_link_is_mailed_and_kept_nowhere(phone: Client) -> None:
    own = begun(phone)
    mailed = LINK.search(letter("story_begun"))
    assert mailed is not None
    assert mailed[1] == own
    token = own.split("/")[-2]
    assert StoryLink.objects.get().token_hash != token
    assert token not in str(list(AuditEvent.objects.values("detail", "subject_id")))


def test_pages_behind_a_link_are_kept_nowhere_and_name_themselves_to_nobody(phone: Client) -> None:
    own = begun(phone)
    for path in (f"{own}step/job/", f"{own}step/send/", f"{own}withdraw/", "/stories/tell/no/"):
        answer = phone.get(path)
        assert "no-store" in answer["Cache-Control"], path
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        links_out = re.findall(r"(?:canonical|og:url|about=)[^>]*", answer.content.decode())
        assert own.split("/")[-2] not in " ".join(links_out)


def test_a_link_of_one_story_opens_no_other(phone: Client) -> None:
    first, second = begun(phone), begun(phone, email="olu@benchside.example", name="Olu")
    fill_in(phone, first)
    assert "under the sea" in phone.get(f"{first}step/send/").content.decode()
    assert "under the sea" not in phone.get(f"{second}step/send/").content.decode()
    other = Story.objects.get(name="Olu")
    with pytest.raises(Denied):
        actions.save_step(
            actor=links.holder_of(Story.objects.get(name="Edie")), story=other, values={}
        )


def test_a_link_ends(phone: Client) -> None:
    own = begun(phone)
    StoryLink.objects.update(expires_at=timezone.now())
    assert phone.get(f"{own}step/job/").status_code == 404
    assert phone.post(f"{own}step/job/", JOB).status_code == 404


def test_whoever_lost_it_gets_another_and_nobody_learns_who_has_a_story(phone: Client) -> None:
    begun(phone)
    asked = {"token": make_token("story-link")}
    known = phone.post("/stories/tell/link/", {**asked, "email": "EDIE@benchside.example"})
    unknown = phone.post("/stories/tell/link/", {**asked, "email": "nobody@benchside.example"})
    assert known.content == unknown.content
    mailed = LINK.search(letter("story_link"))
    assert mailed is not None
    assert phone.get(mailed[1]).status_code == 302
    assert OutgoingMail.objects.filter(name="visibility/story_link").count() == 1


# --- what is typed badly ------------------------------------------------------------------------
# --- what is typed badly --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"age": "child"}, "from 16 on"),
        ({"age": "minor"}, "Type the e-mail of a parent or carer."),
        ({"age": "minor", "parent_email": "EDIE@benchside.example"}, "This is your own."),
        ({"name": ""}, "Type the name to show"),
        ({"email": "edie"}, "This is not an e-mail address."),
        ({"name_mode": "other"}, "Select a valid choice"),
        ({"token": "x"}, "Your words are still here"),
    ],
)
def test_the_first_step_says_what_is_wrong_and_keeps_the_rest(
    phone: Client, more: dict[str, str], said: str
) -> None:
    answer = begin(phone, **more)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert (more.get("email") or WHO["email"]) in shown
    assert not Story.objects.exists()


def test_a_form_sent_from_elsewhere_begins_nothing() -> None:
    answer = begin(Client(headers={"origin": "https://evil.example"}))
    assert answer.status_code == 422
    assert not Story.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(phone: Client) -> None:
    assert begin(phone, website="https://spam.example").status_code == 302
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    ("key", "typed", "said"),
    [
        ("job", {**JOB, "role": "astronaut"}, "Choose one from the list."),
        ("job", {**JOB, "years_in_role": "-1"}, "from 0 to 60"),
        ("answers", {"hook": "", "day": "Kept words"}, "Write one line"),
        ("answers", {"hook": "Kept words"}, "Answer one question at least."),
        ("answers", {"hook": "Kept words", "day": "x" * 1501}, "Use 1,500 letters at most."),
        ("route", {"when-2": "", "what-2": "Kept words"}, "Add a year to step 2"),
        ("consent", {"signed_as": "Edie"}, "first name and surname"),
        ("film", {"link": "https://evil.example/watch?v=aaaaaaaaaaa", "transcript": "Kept words"},
         "not the address of one film"),
        ("film", {"transcript": "Kept words"}, "one of the two"),
        ("film", {"link": "https://youtu.be/aaaaaaaaaaa", "transcript": "Kept words"},
         "Check that it has captions"),
    ],
)  # fmt: skip
def test_a_step_says_what_is_wrong_and_loses_no_word(
    phone: Client, key: str, typed: dict[str, str], said: str
) -> None:
    own = begun(phone)
    answer = phone.post(f"{own}step/{key}/", typed)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    if "Kept words" in typed.values():
        assert "Kept words" in shown
    assert not the_story().told


def test_it_is_not_sent_before_each_step_is_done(phone: Client) -> None:
    own = begun(phone)
    answer = phone.post(f"{own}step/send/")
    shown = answer.content.decode()
    assert answer.status_code == 422
    for lack in ("which kind of job", "no first line", "no yes by the person"):
        assert lack in shown
    assert the_story().state == StoryState.DRAFT


def test_nothing_changes_once_it_is_sent(phone: Client) -> None:
    own = begun(phone)
    fill_in(phone, own)
    phone.post(f"{own}step/send/")
    assert phone.post(f"{own}step/answers/", {"hook": "Other", "day": "Other"}).status_code == 302
    assert the_story().told["hook"] == ANSWERS["hook"]
    with pytest.raises(Refused):
        actions.save_step(
            actor=links.holder_of(the_story()), story=the_story(), values={"name": "Other"}
        )


# --- pictures and film ----------------------------------------------------------------------------
def test_pictures_are_taken_in_one_by_one_and_shown_to_the_holder_alone(phone: Client) -> None:
    own = begun(phone)
    for colour in ("teal", "navy"):
        sent = {"verb": "add", "file": stories.a_photograph(colour), "description": colour}
        assert phone.post(f"{own}step/pictures/", sent).status_code == 302
    story = the_story()
    first, second = story.pictures.all()
    shown = phone.get(f"{own}picture/{first.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert Client().get(f"/media/private/{first.picture.file.name}").status_code == 404
    assert "made-up" not in first.picture.file.name
    phone.post(f"{own}step/pictures/", {"verb": "first", "picture": str(second.pk)})
    phone.post(f"{own}step/pictures/", {"verb": "remove", "picture": str(first.pk)})
    assert [one.picture.description for one in story.pictures.all()] == ["navy"]
    assert not Picture.objects.filter(pk=first.picture_id).exists()


def test_a_picture_of_another_story_is_out_of_reach(phone: Client) -> None:
    mine, theirs = begun(phone), begun(phone, email="olu@benchside.example", name="Olu")
    sent = {"verb": "add", "file": stories.a_photograph(), "description": "A robot"}
    phone.post(f"{theirs}step/pictures/", sent)
    one = Story.objects.get(name="Olu").pictures.get()
    assert phone.get(f"{mine}picture/{one.pk}/").status_code == 404
    assert phone.post(
        f"{mine}step/pictures/", {"verb": "remove", "picture": str(one.pk)}
    ).status_code == 409  # fmt: skip
    assert Story.objects.get(name="Olu").pictures.count() == 1


def test_what_is_no_picture_is_refused_in_words(phone: Client) -> None:
    own = begun(phone)
    evil = SimpleUploadedFile("me.jpg", b"<script>alert(1)</script>", "image/jpeg")
    answer = phone.post(f"{own}step/pictures/", {"verb": "add", "file": evil, "description": "I"})
    assert answer.status_code == 422
    assert "This is not a picture we can use." in answer.content.decode()


def test_a_film_elsewhere_needs_captions_and_a_transcript(phone: Client) -> None:
    own = begun(phone)
    film = {
        "verb": "add",
        "link": "https://www.youtube.com/watch?v=aaaaaaaaaaa&t=5",
        "has_captions": "on",
        "transcript": "This is the robot.",
    }
    assert phone.post(f"{own}step/film/", film).status_code == 302
    held = the_story().film
    assert held.site_url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    phone.post(f"{own}step/film/", {"verb": "remove"})
    assert Story.objects.get().film_or_none is None


def test_a_picture_added_after_the_yes_needs_a_yes_of_its_own(phone: Client) -> None:
    own = begun(phone)
    fill_in(phone, own)
    sent = {"verb": "add", "file": stories.a_photograph(), "description": "A robot"}
    phone.post(f"{own}step/pictures/", sent)
    assert phone.post(f"{own}step/send/").status_code == 422
    assert phone.post(f"{own}step/consent/", CONSENT).status_code == 422, "the others are asked for"
    phone.post(f"{own}step/consent/", {**CONSENT, "others_agreed": "on"})
    assert phone.post(f"{own}step/send/").status_code == 302
    assert the_story().photo is not None


# --- followed to the end ------------------------------------------------------------------------
# --- followed to the end --------------------------------------------------------------------------
def test_a_question_is_answered_and_words_are_agreed_by_the_link(phone: Client) -> None:
    own = begun(phone)
    fill_in(phone, own)
    phone.post(f"{own}step/send/")
    story, rhoda = the_story(), stories.reviewer()
    actor = stories.Actor.of(rhoda)
    actions.ask_person(actor=actor, story=story, text="Which robot?")
    assert "Which robot?" in letter("story_question")
    assert "Which robot?" in phone.get(own).content.decode()
    assert phone.post(f"{own}do/answer/", {"text": " "}).status_code == 422
    phone.post(f"{own}do/answer/", {"text": "The yellow one."})
    page = story.page.get_latest_revision_as_object()
    page.title = "I fly a yellow robot under the sea."
    page.save_revision(user=rhoda)
    actions.propose_words(actor=actor, story=the_story())
    shown = phone.get(own).content.decode()
    assert re.search(r"<ins>\s*yellow\s*</ins>", shown)
    old = re.search(r'name="words" value="([0-9a-f]{64})"', shown)
    assert old is not None
    phone.post(f"{own}do/change/", {"text": "It is orange."})
    assert the_story().state == StoryState.SENT
    page.title = "I fly an orange robot under the sea."
    page.save_revision(user=rhoda)
    actions.propose_words(actor=actor, story=the_story())
    assert phone.post(f"{own}do/agree/", {"words": old[1]}).status_code == 409, "not what was read"
    shown = phone.get(own).content.decode()
    new = re.search(r'name="words" value="([0-9a-f]{64})"', shown)
    assert new is not None
    assert phone.post(f"{own}do/agree/", {"words": new[1]}).status_code == 302
    assert the_story().state == StoryState.AGREED


def test_a_parent_reads_it_and_signs_by_a_link_of_their_own(phone: Client) -> None:
    own = begun(phone, age="minor", parent_email="pat@benchside.example")
    fill_in(phone, own)
    phone.post(f"{own}step/send/")
    mailed = LINK.search(letter("story_parent"))
    assert mailed is not None
    address = mailed[1]
    assert "I fly a robot" in phone.get(address).content.decode()
    assert phone.get(address.replace("parent", "tell")).status_code == 404, "another kind of link"
    assert phone.get(own.replace("tell", "parent")).status_code == 404
    assert phone.post(address, {"signed_as": "Pat Made-Up"}).status_code == 302
    story = the_story()
    assert story.parent_consent_at is not None
    assert not story.on_social, "what a parent does not tick is not done"
    phone.post(f"{address}withdraw/")
    assert the_story().state == StoryState.WITHDRAWN


# --- the clock ------------------------------------------------------------------------------------
def test_what_is_over_is_deleted() -> None:
    old_draft, draft = stories.a_draft(photos=1), stories.a_draft()
    refused = stories.a_sent_story()
    actions.refuse_story(
        actor=stories.Actor.of(stories.reviewer()), story=refused, text="Not this one."
    )
    Story.objects.filter(pk=old_draft.pk).update(saved_at=timezone.now() - timedelta(days=31))
    Story.objects.filter(pk=draft.pk).update(saved_at=timezone.now() - timedelta(days=29))
    Story.objects.filter(pk=refused.pk).update(refused_at=timezone.now() - timedelta(days=91))
    end_stories.func()
    assert set(Story.objects.all()) == {draft}
    assert not Picture.objects.exists()
    assert not MediaConsent.objects.of(old_draft.subject).standing().exists()


def test_a_consent_that_ran_out_takes_the_story_back() -> None:
    story = stories.a_published_story()
    Story.objects.filter(pk=story.pk).update(consent_until=timezone.localdate() - timedelta(days=1))
    end_stories.func()
    story.refresh_from_db()
    assert story.state == StoryState.WITHDRAWN
