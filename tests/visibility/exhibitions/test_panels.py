"""Panels: made only of what may be printed, printed so that it is read, down when taken back."""

import re
import shutil
import subprocess
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import pictures
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models import OutgoingMail
from benchside.people.actions.media_consents import withdraw_consent
from benchside.people.models import MediaConsent
from benchside.visibility.enums import NameMode, PhotoState
from benchside.visibility.exhibitions import actions, prints, queries
from benchside.visibility.exhibitions.enums import PanelState
from benchside.visibility.exhibitions.sheets.setting import Sheet, dots_per_inch, pdf_of
from benchside.visibility.exhibitions.tasks import look_at_panels
from benchside.visibility.models import Panel, Photo
from benchside.visibility.stories.actions import withdraw_story
from tests.core.pictures import encoded
from tests.factories import stories
from tests.factories.contests import a_panel, a_photo, a_stop, an_exhibition, team
from tests.factories.people import person
from tests.services import need

pytestmark = pytest.mark.django_db
MM = 72 / 25.4  # points


@pytest.fixture(autouse=True)
def _pages(db: None) -> None:
    call_command("first_pages", verbosity=0)


# --- what may hang --------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [PhotoState.QUEUED, PhotoState.HIDDEN, PhotoState.WITHDRAWN])
def test_what_is_not_shown_is_not_hung(state: str) -> None:
    photo, exhibition = a_photo(), an_exhibition()
    Photo.objects.filter(pk=photo.pk).update(state=state)
    photo.refresh_from_db()
    with pytest.raises(Refused, match="not shown to everybody"):
        a_panel(exhibition, photo)
    assert photo not in queries.photos_to_hang(exhibition)


def test_a_yes_to_the_screen_is_no_yes_to_print() -> None:
    photo, exhibition = a_photo(in_print=False), an_exhibition()
    with pytest.raises(Refused, match="No consent covers print"):
        a_panel(exhibition, photo)
    assert not queries.photos_to_hang(exhibition).exists()


def test_one_of_two_people_who_says_no_is_enough() -> None:
    from benchside.people.actions.media_consents import Signed, give_consent
    from benchside.people.enums import Covers

    photo = a_photo()
    give_consent(
        actor=VISITOR, subject=photo.subject, covers=Covers.PICTURE,
        signed=Signed(who="Bo", signed_as="Bo", words="Screen only.", in_print=False),
    )  # fmt: skip
    with pytest.raises(Refused, match="No consent covers print"):
        a_panel(an_exhibition(), photo)


def test_the_same_picture_hangs_once_in_an_exhibition() -> None:
    exhibition, photo = an_exhibition(), a_photo()
    a_panel(exhibition, photo)
    with pytest.raises(Refused, match="hangs in this exhibition already"):
        a_panel(exhibition, photo)
    assert a_panel(an_exhibition("other"), photo).number == 1


def test_only_the_team_hangs_and_takes_down() -> None:
    exhibition, photo = an_exhibition(), a_photo()
    stranger = Actor.of(person("x@example.org"))
    with pytest.raises(Denied):
        actions.hang(actor=stranger, exhibition=exhibition, source=photo, heading="x", words="")
    panel = a_panel(exhibition, photo)
    for verb in (actions.take_down, actions.is_down):
        with pytest.raises(Denied):
            verb(actor=stranger, panel=panel)


@pytest.mark.parametrize("mode", [NameMode.FIRST, NameMode.EMPLOYER])
def test_a_panel_tells_no_name_its_story_does_not_show(mode: NameMode) -> None:
    call_command("load_catalogue", verbosity=0)
    story = stories.a_published_story(name_mode=mode, name="Edie")
    MediaConsent.objects.of(story.subject).update(in_print=True)
    exhibition, actor = an_exhibition(), team()
    hang = partial(actions.hang, actor=actor, exhibition=exhibition, source=story)
    for heading, words in (("Edie Made-Up", "A robot."), ("A robot", "By E. MADE-UP.")):
        with pytest.raises(Refused, match="A name they do not show"):
            hang(heading=heading, words=words)
    panel = hang(heading="She flies a robot", words="Under the sea.")
    with pytest.raises(Refused, match="A name they do not show"):
        actions.change_panel(actor=actor, panel=panel, heading="Made-Up", words="")


# --- taken back -----------------------------------------------------------------------------------
def withdraw_the_consent(photo: Photo) -> None:
    withdraw_consent(actor=SYSTEM, consent=MediaConsent.objects.get(subject=photo.subject))


def destroy_the_picture(photo: Photo) -> None:
    picture = photo.picture
    Photo.objects.filter(pk=photo.pk).update(
        state=PhotoState.WITHDRAWN, picture=None, withdrawn_at=timezone.now()
    )
    pictures.destroy(picture)


def hide_it(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.HIDDEN)
    pictures.make_private(photo.picture)


@pytest.mark.parametrize("take_back", [withdraw_the_consent, destroy_the_picture, hide_it])
def test_what_is_taken_back_comes_down_and_the_team_hears_where_it_hangs(
    take_back: Any, django_capture_on_commit_callbacks: Any
) -> None:
    exhibition, photo = an_exhibition(), a_photo()
    panel = a_panel(exhibition, photo)
    actions.open_exhibition(actor=team(), exhibition=exhibition)
    today = timezone.localdate()
    a_stop(exhibition, today - timedelta(days=2), today + timedelta(days=2))
    a_stop(exhibition, today + timedelta(days=9), today + timedelta(days=12), venue="Later Hall")
    client = Client()
    assert "She sets the lathe" in client.get(exhibition.get_absolute_url()).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        take_back(photo)
    panel.refresh_from_db()
    assert panel.state == PanelState.TAKE_DOWN
    assert panel.take_down_at
    assert (panel.heading, panel.words) == ("", "")
    letter = OutgoingMail.objects.get(name="visibility/panel_down")
    assert letter.to == ["cara@example.org"]
    assert "Made-Up Library" in letter.text
    assert "Libby Private" in letter.text
    assert "Later Hall" not in letter.text
    assert "lathe" not in letter.text  # whose it was is not said again
    page = client.get(exhibition.get_absolute_url()).content.decode()
    assert "She sets the lathe" not in page

    actions.is_down(actor=team(), panel=panel)
    panel.refresh_from_db()
    assert (panel.state, panel.photo, panel.number) == (PanelState.GONE, None, 1)


def test_a_story_without_a_picture_comes_down_by_its_own_word(
    django_capture_on_commit_callbacks: Any,
) -> None:
    call_command("load_catalogue", verbosity=0)
    story = stories.a_published_story()
    MediaConsent.objects.of(story.subject).update(in_print=True)
    panel = actions.hang(
        actor=team(), exhibition=an_exhibition(), source=story, heading="Robots", words=""
    )
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_story(actor=SYSTEM, story=story)
    panel.refresh_from_db()
    assert panel.state == PanelState.TAKE_DOWN


def test_it_is_not_printed_from_the_moment_it_is_taken_back() -> None:
    """Whether or not anybody has marked it yet."""
    exhibition, photo = an_exhibition(), a_photo()
    panel = a_panel(exhibition, photo)
    client = Client()
    client.force_login(User.objects.get(email="cara@example.org"))
    url = f"/desk/exhibitions/{exhibition.slug}/panels/{panel.pk}.pdf"
    assert client.get(url)["Content-Type"] == "application/pdf"
    MediaConsent.objects.of(photo.subject).take_back()
    assert client.get(url).status_code == 404
    assert client.get(f"/desk/exhibitions/{exhibition.slug}/panels.pdf").status_code == 404
    labels = client.get(f"/desk/exhibitions/{exhibition.slug}/labels.csv").content.decode()
    assert "lathe" not in labels


def test_a_consent_that_runs_out_is_seen_within_the_hour() -> None:
    photo = a_photo()
    panel = a_panel(an_exhibition(), photo)
    MediaConsent.objects.update(until=timezone.localdate())
    look_at_panels.func()
    panel.refresh_from_db()
    assert panel.state == PanelState.HANGING
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        look_at_panels.func()
        look_at_panels.func()
    panel.refresh_from_db()
    assert panel.state == PanelState.TAKE_DOWN
    assert OutgoingMail.objects.filter(name="visibility/panel_down").count() == 1


def test_whether_many_may_hang_is_one_question(django_assert_num_queries: Any) -> None:
    exhibition = an_exhibition()
    for _ in range(6):
        a_panel(exhibition, a_photo())
    with django_assert_num_queries(2):
        assert len(queries.panels_shown(exhibition)) == 6


# --- printed --------------------------------------------------------------------------------------
SHEET = Sheet(
    number="3", of="6", heading="She keeps the lights alive", words="Edie rigs lamps. #[x] $1$",
    role="Lighting technician", place="Made-Up Playhouse", picture="3.jpg",
    alt="A technician on a ladder", link="https://benchside.example/stories/x/",
    exhibition="Hands on tour",
)  # fmt: skip


def poppler(name: str) -> str:
    found = shutil.which(name)
    need(f"{name} (apt-get install poppler-utils)", found)
    return str(found)


def told(program: str, path: Path, *more: str) -> str:
    words = [poppler(program), *more, path]
    run = subprocess.run(words, capture_output=True, text=True, check=True)
    return run.stdout


@pytest.mark.parametrize(("with_bleed", "size"), [(False, (594, 841)), (True, (620, 867))])
def test_a_sheet_is_a1_and_tagged_and_read_aloud(
    tmp_path: Path, with_bleed: bool, size: tuple[int, int]
) -> None:
    pdf = tmp_path / "panel.pdf"
    pdf.write_bytes(pdf_of([SHEET], {"3.jpg": encoded("JPEG")}, with_bleed=with_bleed))
    info = told("pdfinfo", pdf)
    assert re.search(r"Tagged:\s+yes", info)
    found = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info)
    assert found
    assert [float(one) / MM for one in found.groups()] == pytest.approx(size, abs=0.5)
    structure = told("pdfinfo", pdf, "-struct-text")
    assert "H1" in structure
    assert structure.index("She keeps the lights alive") < structure.index("Edie rigs lamps")
    assert structure.count("Figure") == 2  # the picture and the QR code


def test_words_are_large_enough_for_a_metre_and_a_half(tmp_path: Path) -> None:
    """Letters of at least a two-hundredth of the distance (7.5 mm) in a capital: 42 points and a
    capital of 0.65 of it are 9.6 mm."""
    pdf, out = tmp_path / "panel.pdf", tmp_path / "out.html"
    pdf.write_bytes(pdf_of([SHEET], {"3.jpg": encoded("JPEG")}, with_bleed=False))
    subprocess.run([poppler("pdftotext"), "-bbox-layout", pdf, out], check=True)
    heights = {
        word: (float(bottom) - float(top)) / MM
        for top, bottom, word in re.findall(
            r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)</word>', out.read_text()
        )
    }
    assert heights["rigs"] >= 12  # the whole line of letters, up and down strokes included
    assert "#[x]" in heights  # nothing of it was markup


def test_a_picture_too_small_to_print_says_so() -> None:
    """534 mm across at 150 dots an inch are 3,154 pixels."""
    assert dots_per_inch(3154, 2366) == 150
    assert dots_per_inch(3000, 4000) < 150
    exhibition = an_exhibition()
    small = a_panel(exhibition, a_photo(size=(800, 600)))
    large = a_panel(exhibition, a_photo(size=(3400, 2500)))
    assert "800 by 600 pixels print at 38 dots an inch" in prints.warning(small)
    assert prints.warning(large) == ""


def test_hostile_words_are_set_as_words() -> None:
    exhibition = an_exhibition()
    panel = actions.hang(
        actor=team(), exhibition=exhibition, source=a_photo(),
        heading='#image("/etc/passwd") \\ $ ] "', words="// */ #panic()",
    )  # fmt: skip
    answer = prints.response(exhibition, [panel], with_bleed=True)
    assert answer.content.startswith(b"%PDF-1.7")
    assert Panel.objects.count() == 1
