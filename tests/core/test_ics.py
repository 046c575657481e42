"""The calendar, read by somebody else's parser (icalendar), and by RFC 5545's own rules."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.ics import AllDay, calendar, folded
from benchside.visibility.exhibitions import actions
from tests.factories.contests import a_panel, a_stop, an_exhibition, team

DAY = date(2027, 3, 28)  # clocks go forward on it


def entry(**more: object) -> AllDay:
    said = {
        "uid": "1@benchside.example", "sequence": 0, "first": DAY, "last": DAY,
        "changed_at": datetime(2027, 1, 1, 12, tzinfo=UTC), "title": "Hands on tour",
    }  # fmt: skip
    return AllDay(**{**said, **more})  # type: ignore[arg-type]


def read(text: str) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


@given(title=st.text(max_size=300), place=st.text(max_size=300), words=st.text(max_size=2000))
def test_no_words_break_out_of_their_line(title: str, place: str, words: str) -> None:
    text = calendar("Tour", [entry(title=title, place=place, words=words)], made_by="Benchside")
    found = read(text)
    assert len(found) == 1
    kept = "".join(sign for sign in title.replace("\r\n", "\n").replace("\r", "\n")
                   if sign == "\n" or sign.isprintable())  # fmt: skip
    assert str(found[0]["SUMMARY"]) == kept
    assert set(found[0]) <= {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION",
        "STATUS", "TRANSP",
    }  # fmt: skip
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in b"".join(lines)


def test_a_line_is_never_cut_within_a_letter() -> None:
    assert folded("é" * 60).encode().decode() == "é" * 37 + "\r\n " + "é" * 23


def test_the_last_day_is_counted() -> None:
    (found,) = read(calendar("T", [entry(last=date(2027, 4, 2))], made_by="B"))
    assert found.decoded("DTSTART") == DAY
    assert found.decoded("DTEND") == date(2027, 4, 3)  # the day after: RFC 5545, 3.6.1


@pytest.mark.django_db
def test_a_feed_moves_an_entry_and_tells_nobody_the_contact() -> None:
    call_command("first_pages", verbosity=0)
    exhibition = an_exhibition()
    a_panel(exhibition)
    actions.open_exhibition(actor=team(), exhibition=exhibition)
    stop = a_stop(exhibition, DAY, date(2027, 4, 2))
    client = Client()
    url = f"/exhibitions/{exhibition.slug}.ics"
    (first,) = read(client.get(url).content.decode())
    assert first["SEQUENCE"] == 0
    assert client.get(url)["Content-Type"] == "text/calendar; charset=utf-8"
    for private in ("Libby", "library.example", "960001"):
        assert private not in client.get(url).content.decode()

    actions.change_stop(actor=team(), stop=stop, values={"contact": "Somebody Else"})
    assert read(client.get(url).content.decode())[0]["SEQUENCE"] == 0  # nobody's business
    actions.change_stop(actor=team(), stop=stop, values={"venue": "Another, hall; here"})
    (moved,) = read(client.get(url).content.decode())
    assert moved["UID"] == first["UID"]
    assert moved["SEQUENCE"] == 1
    assert "Another, hall; here" in str(moved["LOCATION"])
    actions.cancel_stop(actor=team(), stop=stop)
    (off,) = read(client.get("/exhibitions.ics").content.decode())
    assert (off["UID"], off["SEQUENCE"], off["STATUS"]) == (first["UID"], 2, "CANCELLED")
