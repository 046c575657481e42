"""Reviewing at the desk, asking from a workspace, one's own list, what is held and forgotten."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchside.core.models import Film, Picture
from benchside.core.models.mail import OutgoingMail
from benchside.core.personal_data import erase_person, export_person
from benchside.organisations.enums import MemberRole
from benchside.visibility.enums import Gender, NameMode, StoryState
from benchside.visibility.models import Story, StoryFilm, StoryPage
from benchside.visibility.stories import actions
from benchside.visibility.stories.queries import public_stories
from tests.factories import desk, stories
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person

pytestmark = pytest.mark.usefixtures("site")


def at_desk(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def press(client: Client, story: Story, verb: str, **more: Any) -> str:
    answer = client.post(f"/desk/stories/{story.pk}/", {"verb": verb, **more}, follow=True)
    assert answer.status_code in {200, 422}, answer.status_code
    return str(answer.content.decode())


def test_from_sent_to_published_by_two_people_at_the_desk() -> None:
    story = stories.a_sent_story(photos=1)
    first, second = stories.reviewer("First"), stories.reviewer("Second")
    page = StoryPage.objects.get(pk=story.page_id)
    page.title = "I fly a robot under the North Sea."
    page.save_revision(user=first)
    client = at_desk(first)
    shown = client.get(f"/desk/stories/{story.pk}/").content.decode()
    assert "<ins>" in shown
    assert "The person has not agreed to these words." in shown
    press(client, story, "propose")
    now = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    actions.agree_words(
        actor=stories.teller(story), story=story,
        words=stories.shown.digest(Story.objects.get(pk=story.pk), now),
    )  # fmt: skip
    shown = client.get(f"/desk/stories/{story.pk}/").content.decode()
    assert 'value="publish"' not in shown
    assert "You changed its words last" in shown
    client.post(f"/desk/stories/{story.pk}/", {"verb": "publish", "review_on": "2027-06-01"})
    assert not public_stories().exists()
    said = press(at_desk(second), story, "publish", review_on=stories.in_a_year().isoformat())
    assert "Everybody can read it now." in said
    assert public_stories().get() == story


def test_refused_with_a_reason_the_person_reads() -> None:
    story, client = stories.a_sent_story(), at_desk(stories.reviewer())
    assert "Write what the person should read." in press(client, story, "refuse", text=" ")
    press(client, story, "refuse", text="Tell us about your day instead.")
    story.refresh_from_db()
    assert story.state == StoryState.REFUSED
    assert story.messages.last().text == "Tell us about your day instead."


def test_a_refusal_in_words_for_what_cannot_be_done_now() -> None:
    story, client = stories.a_sent_story(), at_desk(stories.reviewer())
    said = press(client, story, "publish", review_on=stories.in_a_year().isoformat())
    assert "cannot be done now: it is sent in" in said


def test_details_and_descriptions_are_put_right_and_agreed_to_again() -> None:
    by = stories.reviewer()
    story, client = stories.an_agreed_story(by, photos=1), at_desk(by)
    one = story.pictures.get()
    press(client, story, "describe", picture=one.pk, description="Two hands on a yellow robot")
    assert Picture.objects.get(pk=one.picture_id).description == "Two hands on a yellow robot"
    shown = client.get(f"/desk/stories/{story.pk}/").content.decode()
    assert "It was changed after the person agreed." in shown
    values = {"name": "Edie", "role": story.role_id, "employer": "Other Marine"}
    assert "Kept." in press(client, story, "details", **values)
    story.refresh_from_db()
    assert story.employer == "Other Marine"


def test_the_words_of_a_film_are_checked_at_the_desk() -> None:
    story, client = stories.a_sent_story(), at_desk(stories.reviewer())
    film = Film.objects.create(file="private/films/x/film.mp4", state="ready", description="It")
    StoryFilm.objects.create(story=story, film=film)
    bad = SimpleUploadedFile("words.vtt", b"no captions", "text/vtt")
    said = press(client, story, "captions", captions=bad, transcript="Said.")
    assert "Line 1 has no time." in said
    good = SimpleUploadedFile("w.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b>Hello</b>\n")
    press(client, story, "captions", captions=good, transcript="Hello.")
    film.refresh_from_db()
    assert film.captions == "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"


@pytest.mark.parametrize("group", ["Editors", "Safeguarding", None])
def test_to_others_there_are_no_stories_at_the_desk(group: str | None) -> None:
    story = stories.a_sent_story(photos=1)
    user = desk.person("Edith", *([group] if group else []), is_staff=bool(group))
    client, one = at_desk(user), story.pictures.get()
    for where in ("/desk/stories/", f"/desk/stories/{story.pk}/"):
        assert client.get(where).status_code in {302, 403, 404}, where
    assert client.get(f"/desk/stories/{story.pk}/picture/{one.pk}/").status_code in {302, 403, 404}


def test_a_draft_is_its_person_s_alone() -> None:
    story = stories.a_draft()
    client = at_desk(stories.reviewer())
    assert client.get(f"/desk/stories/{story.pk}/").status_code == 404
    assert story.slug not in client.get("/desk/stories/").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_as_much_of_the_database_for_many_as_for_one(
    count: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(count):
        stories.a_sent_story()
    client = at_desk(stories.reviewer())
    client.get("/desk/stories/")
    with django_assert_max_num_queries(22):
        shown = client.get("/desk/stories/?state=sent&ordering=name").content.decode()
    assert shown.count("Madeup Marine") == count


def test_the_spreadsheet_of_the_desk_is_safe_and_tells_no_address() -> None:
    stories.a_sent_story(employer="=1+1 Marine")
    answer = at_desk(stories.reviewer()).get("/desk/stories/?export=csv")
    text = b"".join(answer).decode() if answer.streaming else answer.content.decode()
    assert "'=1+1 Marine" in text
    assert "edie@benchside.example" not in text
    assert "robot" not in text.replace("rov-pilot-technician", "")


# --- from a workspace -----------------------------------------------------------------------------
ASKED = {
    "name": "Edie Made-Up",
    "email": "edie@benchside.example",
    "role": "rov-pilot-technician",
    "day": "She checks the robot first.",
}


def test_an_employer_asks_and_the_person_decides() -> None:
    here = an_organisation()
    lead = a_member(here)
    client = at_desk(lead)
    where = f"/org/{here.slug}/visibility/stories/"
    assert "No stories yet" in client.get(where).content.decode()
    assert client.post(f"{where}new/", {**ASKED, "email": "x"}).status_code == 422
    client.post(f"{where}new/", ASKED)
    story = Story.objects.get()
    assert (story.name, story.author, story.employer) == ("Edie", lead.person_id, here.name)
    letter = OutgoingMail.objects.get(name="visibility/story_invited")
    assert letter.to == ["edie@benchside.example"]
    own = letter.text.split("/stories/tell/")[1].split("/")[0]
    page = Client().get(f"/stories/tell/{own}/", follow=True)
    assert "Who are you?" in page.content.decode(), "the employer does not say how old they are"
    values = stories.told(name="Edie", employer=here.name)
    actions.save_step(actor=stories.teller(story), story=story, values=values)
    actions.sign_consent(actor=stories.teller(story), story=story, yes=stories.signed())
    actions.send_story(actor=stories.teller(story), story=story)
    shown = client.get(where).content.decode()
    assert "Sent in" in shown
    assert "under the sea" not in shown, "how far it is, not what they wrote"
    assert b"Edie" in client.get(where.rstrip("/") + ".csv").content


def test_whoever_asked_for_it_does_not_publish_it() -> None:
    here = an_organisation()
    lead = a_member(here)
    lead.groups.set(desk.Group.objects.filter(name="Moderators"))
    story = stories.a_draft()
    Story.objects.filter(pk=story.pk).update(organisation=here, author=lead.person_id)
    actions.send_story(actor=stories.teller(story), story=story)
    stories.agreed(story, stories.reviewer())
    assert at_desk(lead).post(
        f"/desk/stories/{story.pk}/",
        {"verb": "publish", "review_on": stories.in_a_year().isoformat()},
    ).status_code in {302, 403}
    assert not public_stories().exists()


def test_another_organisation_sees_nothing_and_a_steward_has_no_part_in_it() -> None:
    here, there = an_organisation(), an_organisation("southmoor")
    steward = a_member(here, MemberRole.HR_STEWARD)
    where = f"/org/{here.slug}/visibility/stories/"
    assert at_desk(a_member(there)).get(where).status_code == 404
    assert at_desk(steward).get(where).status_code == 403
    assert at_desk(steward).post(f"{where}new/", ASKED).status_code == 403


def test_what_somebody_tells_by_themselves_is_not_their_employer_s_to_know() -> None:
    here = an_organisation()
    story = stories.a_sent_story()
    Story.objects.filter(pk=story.pk).update(organisation=here, author=None)
    where = f"/org/{here.slug}/visibility/stories/"
    assert "No stories yet" in at_desk(a_member(here)).get(where).content.decode()


# --- one's own ------------------------------------------------------------------------------------
def test_somebody_signed_in_begins_and_finds_their_stories() -> None:
    tess = person("tess@benchside.example")
    client = at_desk(tess)
    answer = client.post("/my/stories/")
    assert answer["Location"].startswith("/stories/tell/")
    story = Story.objects.get()
    assert (story.person_id, story.email) == (tess.person_id, tess.email)
    other = at_desk(person("other@benchside.example"))
    assert other.get(f"/my/stories/{story.pk}/withdraw/").status_code == 404
    assert other.post("/my/stories/", {"story": story.pk}).status_code == 404


def test_an_address_nobody_has_proven_opens_no_story() -> None:
    story = stories.a_sent_story()
    client = at_desk(person("EDIE@benchside.example", verified=False))
    assert client.post(f"/my/stories/{story.pk}/withdraw/").status_code == 404


def test_all_that_is_held_is_given_and_all_of_it_forgotten() -> None:
    tess = person("tess@benchside.example")
    story = stories.a_published_story(photos=1, email=tess.email, gender=Gender.WOMAN)
    Story.objects.filter(pk=story.pk).update(person_id=tess.person_id)
    given = str(export_person(tess.person_id))
    for word in ("I fly a robot under the sea.", "Madeup Marine", "Hands on a robot", "A woman"):
        assert word in given, word
    erase_person(tess.person_id)
    assert not Story.objects.exists()
    assert not StoryPage.objects.exists()
    assert not Picture.objects.exists()


def test_a_name_is_cut_to_what_is_shown() -> None:
    story = stories.a_draft(name_mode=NameMode.EMPLOYER, name="Edie Made-Up")
    assert (story.name, story.shown_as) == ("", "A technician at Madeup Marine")
