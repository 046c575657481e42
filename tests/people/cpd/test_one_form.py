"""The page of an activity is one form: no button on it loses what was typed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from benchside.core.actions import Refused
from benchside.people.cpd import actions
from benchside.people.models import CpdActivity, CpdEvidence
from tests.factories.cpd import actor_of

pytestmark = pytest.mark.django_db
TYPED = {
    "title": "Laser safety", "category": "formal", "begins": "2026-03-04", "is_done": "yes",
    "learned": "Goggles come first.",
}  # fmt: skip


def note(name: str = "note.txt", data: bytes = b"I was there") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def send(client: Client, one: CpdActivity, where: str, **more: Any) -> Any:
    return client.post(f"{one.get_absolute_url()}{where}", {**TYPED, **more})


def test_every_control_of_what_shows_it_belongs_to_the_form_of_the_words(
    edie: Client, mine: CpdActivity
) -> None:
    page = edie.get(mine.get_absolute_url()).content.decode()
    for name in ("photo-file", "photo-file_title", "file", "file_title", "url", "link_title"):
        tag = page.split(f'name="{name}"')[1].split(">")[0]
        assert 'form="whole"' in tag, name
    assert page.count('form="whole" formaction=') == 4
    main = page.split("<main")[1].split("</main>")[0]
    assert main.count("<form") == 1
    assert 'id="whole" method="post" enctype="multipart/form-data"' in page


@pytest.mark.parametrize(
    ("where", "more"),
    [
        ("file/", {"file": note(), "add": "file"}),
        ("file/", {"photo-file": note(), "add": "photo"}),
        ("link/", {"url": "https://www.benchside.example/page"}),
        ("", {"file": note()}),
        ("", {"url": "https://www.benchside.example/page"}),
    ],
)
def test_either_button_keeps_the_words_and_what_shows_it(
    edie: Client, mine: CpdActivity, where: str, more: dict[str, Any]
) -> None:
    for one in more.values():
        if isinstance(one, SimpleUploadedFile):
            one.seek(0)
    assert send(edie, mine, where, **more).status_code == 302
    mine.refresh_from_db()
    assert mine.learned == "Goggles come first."
    assert CpdEvidence.objects.get().activity == mine


@pytest.mark.parametrize(
    ("where", "more", "words"),
    [
        ("file/", {"file": note("a.exe", b"MZ")}, "Programs are not taken in"),
        ("file/", {"add": "file"}, "Choose a file."),
        ("file/", {"add": "photo"}, "Take a photograph."),
        ("link/", {"url": "javascript:alert(1)"}, "It begins with https://"),
        ("", {"file_title": "A certificate"}, "Choose a file."),
    ],
)
def test_what_is_refused_costs_no_word(
    edie: Client, mine: CpdActivity, where: str, more: dict[str, Any], words: str
) -> None:
    answer = send(edie, mine, where, **more)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Goggles come first.</textarea>" in page
    mine.refresh_from_db()
    assert mine.learned == "Goggles come first."
    assert not CpdEvidence.objects.exists()


def test_a_file_is_kept_beside_words_that_are_not_and_these_stand_there_again(
    edie: Client, mine: CpdActivity
) -> None:
    answer = send(edie, mine, "file/", title="", file=note(), file_title="My notes")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Fill this in." in page
    assert "Goggles come first.</textarea>" in page
    assert CpdEvidence.objects.get().title == "My notes"
    # The file's own part begins anew, so the next press asks for no second file.
    assert 'value="My notes"' not in page
    assert send(edie, mine, "").status_code == 302


@pytest.mark.parametrize(
    ("where", "more", "field"),
    [
        ("", {"title": ""}, "#id_title"),
        ("", {"begins": ""}, "#id_begins"),
        ("file/", {"file": note("a.exe", b"MZ")}, "#file_file"),
        ("file/", {"add": "photo"}, "#photo_photo-file"),
        ("link/", {"url": ""}, "#link_url"),
        ("again/", {"on": ""}, "#again_on"),
    ],
)
def test_what_is_refused_is_said_where_the_page_opens_with_a_way_to_its_field(
    edie: Client, mine: CpdActivity, where: str, more: dict[str, Any], field: str
) -> None:
    page = send(edie, mine, where, **more).content.decode()
    assert page.count('role="alert"') == 1
    top = page.split('aria-label="Your CPD log"')[0]
    assert f'href="{field}"' in top
    assert f'id="{field[1:]}"' in page


@pytest.mark.parametrize("where", ["settings/", "bring-in/"])
def test_so_it_is_beside_the_log(edie: Client, where: str) -> None:
    page = edie.post(f"/my/cpd/{where}", {"begins": ""}).content.decode()
    assert page.count('role="alert"') == 1
    assert 'role="alert"' in page.split('aria-label="Your CPD log"')[0]


def test_what_was_planned_is_done_with_the_words_that_were_typed_beside(
    edie: Client, mine: CpdActivity
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    CpdActivity.objects.update(is_done=False, begins=tomorrow, ends=tomorrow)
    page = edie.get(mine.get_absolute_url()).content.decode()
    # Enter in a field presses the first button of the form: that keeps, and does no more.
    assert page.index("Keep it") < page.index("I have done it")
    planned = {"is_done": "no", "begins": tomorrow.isoformat()}
    assert send(edie, mine, "done/", **planned, title="").status_code == 422
    mine.refresh_from_db()
    assert not mine.is_done
    assert send(edie, mine, "done/", **planned).status_code == 302
    mine.refresh_from_db()
    assert (mine.is_done, mine.learned) == (True, "Goggles come first.")
    assert mine.ends == timezone.localdate()


def test_nothing_is_done_before_its_day_by_any_way_in(mine: CpdActivity) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        actions.change_activity(
            actor=actor_of(mine.technician),
            activity=mine,
            values={"begins": tomorrow, "ends": tomorrow, "is_done": True},
        )


def test_what_shows_it_is_taken_out_with_the_words_kept_that_were_typed_beside(
    edie: Client, mine: CpdActivity
) -> None:
    shown = actions.add_file(
        actor=actor_of(mine.technician), activity=mine, name="a.txt", data=b"I was there", title=""
    )
    where = f"evidence/{shown.pk}/remove/"
    page = edie.get(mine.get_absolute_url()).content.decode()
    assert f'form="whole" formaction="{mine.get_absolute_url()}{where}"' in page
    answer = send(edie, mine, where, title="")
    assert answer.status_code == 422
    assert "Goggles come first.</textarea>" in answer.content.decode()
    assert CpdEvidence.objects.exists()
    assert send(edie, mine, where).status_code == 302
    mine.refresh_from_db()
    assert mine.learned == "Goggles come first."
    assert not CpdEvidence.objects.exists()


def test_it_is_done_again_with_the_words_kept_that_were_typed_beside(
    edie: Client, mine: CpdActivity
) -> None:
    beside = {"did": "Looked at every laser.", "on": "2026-03-11", "every": "week", "times": "3"}
    answer = send(edie, mine, "again/", **beside, title="")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="2026-03-11"' in page
    assert page.count("Fill this in.") == 2  # above, and at the title
    assert CpdActivity.objects.count() == 1
    assert send(edie, mine, "again/", **beside).status_code == 302
    mine.refresh_from_db()
    assert (mine.learned, mine.did) == ("Goggles come first.", "Looked at every laser.")
    copies = CpdActivity.objects.exclude(pk=mine.pk)
    assert [(one.title, one.did, one.learned) for one in copies] == [
        ("Laser safety", "Looked at every laser.", "")
    ] * 3
