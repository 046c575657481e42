"""Entering by the form: what is taken, what is refused, what is kept, and until when."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Actor, Denied
from benchside.core.models import AuditEvent, OutgoingMail, Picture
from benchside.core.open_forms import make_token
from benchside.people.models import MediaConsent
from benchside.visibility.contests import actions
from benchside.visibility.contests.actions import entries as entering
from benchside.visibility.contests.actions.entries import (
    OverTheLimit,
    TooEarly,
    TooLate,
    links_of,
)
from benchside.visibility.contests.enums import CompetitionState, EntryState
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Competition, Entry, Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_tasks import draw
from tests.core.pictures import MARK
from tests.factories.contests import (
    CLOSES,
    OPENS,
    a_file,
    an_entry,
    approve,
    open_competition,
    sent,
)
from tests.factories.people import person

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


def typed(competition: Competition, **more: Any) -> dict[str, Any]:
    said = {
        "token": make_token("contest-entry"),
        "once": "a-form-of-its-own",
        "terms_version": 1,
        "school": "Northmoor High School",
        "nation": "wales",
        "category": competition.categories.all()[0].pk,
        "age_group": competition.age_groups.all()[0].pk,
        "caption": "The lathe is set up before the class comes.",
        "in_picture": "nobody",
        "agreed": "on",
        "signed_as": "Tess Teacher",
        "reply_to": "tess@school.example",
        "file": a_file(),
    }
    return {**said, **more}


def send(client: Client, competition: Competition, **more: Any) -> Any:
    data = {k: v for k, v in typed(competition, **more).items() if v is not None}
    return client.post(f"/competitions/{competition.slug}/enter/", data, **ORIGIN)


def test_a_form_becomes_an_entry_that_waits_and_a_link(client: Client) -> None:
    competition = open_competition()
    answer = send(client, competition)
    assert answer.status_code == 302
    assert not answer.cookies
    entry = Entry.objects.get()
    assert (entry.number, entry.state, entry.school) == (1, "received", "Northmoor High School")
    assert entry.photo
    assert entry.photo.state == PhotoState.QUEUED
    assert not entry.photo.picture.is_approved
    assert (entry.photo.school, entry.photo.display_name) == ("", "")  # the wall gives nobody away
    consent = MediaConsent.objects.get(subject=entry.photo.subject)
    assert (consent.signed_as, consent.in_print) == ("Tess Teacher", False)
    letter = OutgoingMail.objects.get()
    link = re.search(r"http\S+/competitions/\S+", letter.text)[0]
    assert answer["Location"] in link
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert answer["Location"] not in page.content.decode().split("<main")[0]


def test_nothing_hidden_in_the_file_is_kept(client: Client) -> None:
    competition = open_competition()
    send(client, competition)
    with Picture.objects.get().file.open("rb") as file:
        assert MARK not in file.read()


def test_the_same_form_sent_twice_is_one_entry(client: Client) -> None:
    competition = open_competition(most_each=3)
    first, second = send(client, competition), send(client, competition)
    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == Photo.objects.count() == OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"caption": ""}, "Say in a sentence"),
        ({"agreed": None}, "Tick this"),
        ({"school": ""}, "Give the name of your school"),
        ({"code": "NOSUCHCD"}, "We do not know this code"),
        ({"reply_to": "tess"}, "Check this address"),
        ({"terms_version": 9}, "The terms have changed"),
        ({"category": 999999}, "Category"),
        ({"token": "forged"}, "Something went wrong"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(
    client: Client, more: dict[str, Any], said: str
) -> None:
    competition = open_competition()
    answer = send(client, competition, **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Tess Teacher" in page
    assert "Choose the picture again" in page
    assert not Entry.objects.exists()


def test_hostile_words_and_files_are_shown_as_words_or_refused(client: Client) -> None:
    competition = open_competition()
    answer = send(client, competition, school="<script>alert(1)</script>", caption="")
    assert "<script>alert(1)" not in answer.content.decode()
    from django.core.files.base import ContentFile

    answer = send(client, competition, file=ContentFile(b"<svg onload=x>", "x.jpg"))
    assert answer.status_code == 422
    assert not Picture.objects.exists()


def test_another_sites_page_sends_nothing(client: Client) -> None:
    competition = open_competition()
    url = f"/competitions/{competition.slug}/enter/"
    answer = client.post(url, typed(competition), HTTP_ORIGIN="https://evil.example")
    assert answer.status_code == 422
    assert not Entry.objects.exists()


def test_a_robot_is_sent_away_and_nothing_kept(client: Client) -> None:
    competition = open_competition()
    assert send(client, competition, website="http://x.example").status_code == 302
    assert not Entry.objects.exists()


def test_a_school_sends_one_in_a_category_however_it_spells_itself() -> None:
    competition = open_competition()
    an_entry(competition, "Northmoor High School")
    with pytest.raises(OverTheLimit, match="one entry in one category"):
        an_entry(competition, "The northmoor HIGH school", once="2")
    other = competition.categories.all()[1]
    an_entry(competition, "Northmoor High School", once="3", category=other)
    assert Entry.objects.count() == 2
    assert Photo.objects.count() == 2


def test_the_limit_is_data_and_what_is_withdrawn_makes_room() -> None:
    competition = open_competition(most_each=2)
    first, _ = an_entry(competition)
    an_entry(competition, once="2")
    with pytest.raises(OverTheLimit):
        an_entry(competition, once="3")
    actions.withdraw_entry(actor=links_of(first), entry=first)
    again, _ = an_entry(competition, once="4")
    assert (again.number, again.slot) == (3, 1)


# --- by the clock ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "is_in"),
    [
        (CLOSES - timedelta(microseconds=1), True),
        (CLOSES, False),  # 18:00:00 in London, in summer: 17:00 UTC
        (CLOSES + timedelta(seconds=1), False),
    ],
)
def test_it_closes_at_the_minute_in_london(client: Client, moment: Any, is_in: bool) -> None:
    with time_machine.travel(CLOSES - timedelta(days=1), tick=False):
        competition = open_competition(opens_at=OPENS, closes_at=CLOSES, results_at=None)
    with time_machine.travel(moment, tick=False):
        answer = send(client, competition)
    assert Entry.objects.exists() is is_in
    assert answer.status_code == (302 if is_in else 409)
    if not is_in:
        page = answer.content.decode()
        assert "It closed on 26 April 2017 at 18:00" in page
        assert "The lathe is set up before the class comes." in page  # their words are kept
        assert not Picture.objects.exists()


def test_what_began_before_and_waits_past_the_minute_is_refused(monkeypatch: Any) -> None:
    """The clock is read once the row is held: waiting for others lets nobody in late."""
    with time_machine.travel(CLOSES - timedelta(seconds=1), tick=False) as clock:
        competition = open_competition(opens_at=OPENS, closes_at=CLOSES, results_at=None)
        held = entering.lock

        def waits(one: Competition) -> Competition:
            clock.move_to(CLOSES)
            return held(one)

        monkeypatch.setattr(entering, "lock", waits)
        with pytest.raises(TooLate, match=r"26 April 2017 at 18:00"):
            an_entry(competition)
    assert not Photo.objects.exists()


def test_before_it_opens_the_day_is_said(client: Client) -> None:
    now = timezone.now()
    competition = open_competition(opens_at=now + timedelta(days=1))
    with pytest.raises(TooEarly):
        an_entry(competition)
    page = client.get(f"/competitions/{competition.slug}/enter/").content.decode()
    assert "It opens soon" in page


def test_once_closed_an_entry_cannot_be_changed_and_can_be_withdrawn(client: Client) -> None:
    with time_machine.travel(CLOSES - timedelta(hours=1), tick=False):
        competition = open_competition(opens_at=OPENS, closes_at=CLOSES, results_at=None)
        entry, secret = an_entry(competition)
        url = f"/competitions/{competition.slug}/entries/{secret}/"
        form = client.get(f"{url}change/")
        assert form.status_code == 200
        assert 'name="reply_to"' not in form.content.decode()
    said = {k: v for k, v in typed(competition).items() if k != "file"} | {"caption": "Later words"}
    with time_machine.travel(CLOSES, tick=False):
        answer = client.post(f"{url}change/", said)
        assert answer.status_code == 409
        assert "Later words" in answer.content.decode()
        entry.refresh_from_db()
        assert "Later words" not in entry.caption
        assert client.post(f"{url}withdraw/").status_code == 302
    entry.refresh_from_db()
    assert (entry.state, entry.photo, entry.caption, entry.reply_to) == ("withdrawn", None, "", "")
    gone = Photo.objects.get()  # the row is counted, and says nothing
    assert (gone.state, gone.caption, gone.picture) == (PhotoState.WITHDRAWN, "", None)
    assert not Picture.objects.exists()
    assert not MediaConsent.objects.standing().exists()


def test_a_change_goes_back_into_the_queue_and_out_of_sight(client: Client) -> None:
    competition = open_competition()
    entry, secret = an_entry(competition)
    approve(entry)
    before = entry.photo.picture.pk
    url = f"/competitions/{competition.slug}/entries/{secret}/change/"
    said = {k: v for k, v in typed(competition).items() if k != "file"} | {"caption": "New words"}
    assert client.post(url, said).status_code == 302
    entry.refresh_from_db()
    assert (entry.caption, entry.photo.state) == ("New words", PhotoState.QUEUED)
    assert not Picture.objects.get(pk=before).is_approved
    assert client.post(url, said | {"file": a_file()}).status_code == 302
    entry.refresh_from_db()
    assert entry.photo.picture.pk != before
    assert not Picture.objects.filter(pk=before).exists()


# --- permission -----------------------------------------------------------------------------------
def test_another_link_opens_another_entry_only(client: Client) -> None:
    competition, other = open_competition(), open_competition("other")
    first, secret = an_entry(competition)
    second, _ = an_entry(competition, "Southmoor School")
    with pytest.raises(Denied):
        actions.change_entry(actor=links_of(second), entry=first, sent=sent(competition))
    for url in (
        f"/competitions/{other.slug}/entries/{secret}/",
        f"/competitions/{competition.slug}/entries/{secret[:-1]}/",
        f"/competitions/{competition.slug}/entries/{first.secret_hash}/",
    ):
        assert client.get(url).status_code == 404


def test_a_changed_entry_is_on_no_wall_before_its_sizes_are_there_again(client: Client) -> None:
    """Its sizes go with the yes. Approved anew it waits for them, and the wall shows no hole."""
    competition = open_competition()
    entry, _ = an_entry(competition)
    approve(entry)
    draw.func(entry.photo_id)
    assert Photo.objects.on_wall().exists()
    actions.change_entry(
        actor=links_of(entry), entry=Entry.objects.get(), sent=sent(competition, caption="Newer.")
    )
    moderator = person("mo@example.org")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    moderation.approve(actor=Actor.of(moderator), photo=Photo.objects.get())
    assert not Photo.objects.on_wall().exists()
    assert client.get("/wall/").status_code == 200


def test_a_yes_given_while_it_is_changed_is_taken_back() -> None:
    """The page of the change was read before a moderator said yes."""
    competition = open_competition()
    an_entry(competition)
    read_before = Entry.objects.select_related("photo__picture").get()
    approve(Entry.objects.get())
    actions.change_entry(
        actor=links_of(read_before), entry=read_before, sent=sent(competition, caption="Newer.")
    )
    assert Photo.objects.get().state == PhotoState.QUEUED
    assert not Picture.objects.filter(approved_at__isnull=False).exists()


def test_terms_are_versioned_and_an_entry_holds_its_own(client: Client) -> None:
    from tests.factories.contests import team

    competition = open_competition()
    entry, _ = an_entry(competition)
    actions.write_terms(actor=team(), competition=competition, text="Newer terms.")
    assert send(client, competition, school="Southmoor").status_code == 422
    assert send(client, competition, school="Southmoor", terms_version=2).status_code == 302
    assert [one.terms.version for one in Entry.objects.order_by("number")] == [1, 2]
    shown = client.get(f"/competitions/{competition.slug}/terms/1/").content.decode()
    assert "Entries are sent in by adults." in shown
    assert entry.terms.text == "Entries are sent in by adults."


def test_no_event_holds_a_word_of_the_sender() -> None:
    competition = open_competition()
    entry, _ = an_entry(competition)
    told = " ".join(str(one.detail) for one in AuditEvent.objects.about(entry))
    assert "Northmoor" not in told
    assert "@" not in told


def test_senders_are_forgotten_half_a_year_after(client: Client) -> None:
    from benchside.core.actions import SYSTEM
    from benchside.visibility.contests.tasks import forget_senders_of_contests

    competition = open_competition()
    kept, secret = an_entry(competition)
    gone, _ = an_entry(competition, "Southmoor")
    actions.withdraw_entry(actor=links_of(gone), entry=gone)
    now = timezone.now()
    Competition.objects.filter(pk=competition.pk).update(
        state=CompetitionState.CANCELLED, cancelled_at=now
    )
    with time_machine.travel(now + timedelta(days=182)):
        forget_senders_of_contests.func()
        assert Entry.objects.exclude(reply_to="").exists()
    with time_machine.travel(now + timedelta(days=184)):
        forget_senders_of_contests.func()
    kept.refresh_from_db()
    assert (kept.reply_to, kept.secret_hash) == ("", None)
    assert not Entry.objects.filter(pk=gone.pk).exists()
    assert client.get(f"/competitions/{competition.slug}/entries/{secret}/").status_code == 404
    with pytest.raises(Denied):
        actions.forget_senders(actor=links_of(kept), competition=competition)
    assert actions.forget_senders(actor=SYSTEM, competition=competition) == 1


def test_a_code_stands_for_the_school(client: Client) -> None:
    from benchside.visibility.enums import PledgeState
    from benchside.visibility.models import Campaign, CampaignDay, Pledge

    day = timezone.localdate()
    campaign = Campaign.objects.create(
        slug="c", name="Campaign", message="m", starts_on=day, ends_on=day
    )
    kept_on = CampaignDay.objects.create(
        campaign=campaign, day=day, pledges_until=day, photos_until=day
    )
    pledge = Pledge.objects.create(
        day=kept_on, school="Westmoor College", nation="scotland", state=PledgeState.CONFIRMED,
        confirmed_at=timezone.now(),
    )  # fmt: skip
    competition = open_competition()
    code = f"{pledge.code[:4]} {pledge.code[4:].lower()}"
    assert send(client, competition, code=code, school="").status_code == 302
    assert Entry.objects.get().school == "Westmoor College"
    assert Entry.objects.get().state == EntryState.RECEIVED
    answer = send(client, competition, code=code, school="Else", once="another")
    assert "A school can send one entry" in answer.content.decode()


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    call_command("first_pages", verbosity=0)
