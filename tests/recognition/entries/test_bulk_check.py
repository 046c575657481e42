"""Many at once, as employers write them: with titles, letters, the last name first, no comma."""

import html
import io
import re

import pytest
from django.test import Client

from benchside.recognition.entries.bulk import read, written
from benchside.recognition.models import Register
from tests.factories.registers import an_entry
from tests.recognition.entries.test_public import answers, no_limits_yet, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_limits_yet.__name__)]
NOW = "Registered now"


@pytest.fixture(autouse=True)
def two(db: None) -> None:
    an_entry("Regina Made-Up")
    an_entry("Ada Made-Up")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("RT-000001, Regina Made-Up RTMade", "RT-000001"),
        ("Regina Made-Up RTMade, RT-000001", "RT-000001"),
        ("RT-000001,RTMade", "RT-000001"),
        ("RT-000002 Ada Made-Up", "RT-000002"),
        ("Ada Made-Up (RT 000002)", "RT-000002"),
        ("rt 000002 ada madeup", "RT-000002"),
        ("2 Ada", "RT-000002"),
        ("Made-Up, Ada", "RT-000002"),
        ("Made-Up, Ms Ada, RTMade", "RT-000002"),
        ("Made-Up Ada", "RT-000002"),
        ("Ms Ada Made-Up", "RT-000002"),
        ("Dr. Ada Made-Up RTMade", "RT-000002"),
        ("RT-000002, Ada Made-Up, 12/03/1980", "RT-000002"),
        ("000 002", "RT-000002"),
        ("#RT-000002", "RT-000002"),
        ("rt2", "RT-000002"),
        ("RT1, Regina Made-Up", "RT-000001"),
    ],
)
def test_who_is_meant_is_read_right(client: Client, line: str, number: str) -> None:
    (row,) = answers(client, line)
    assert (row["Answer"], row["Number"]) == (NOW, number)
    table = "Name;Number\n{};{}".format(row["Name given"], row["Number given"])
    assert answers(client, table)[0]["Number"] == number


@pytest.mark.parametrize("line", ["=1+1", "'=1+1", "+2", "-2", "1/1", "@2", "1.1", "0=2", "£2"])
def test_a_sum_is_nobodys_number(client: Client, line: str) -> None:
    for people in (line, f"Number\n{line}", f"Number;Name\n{line};"):
        assert answers(client, people)[0]["Answer"] == "No published entry"


def test_a_wrong_pair_says_nothing_of_whose_the_number_is(client: Client) -> None:
    Register.objects.create(
        slug="other", name="Other", letters="OthMade", standard="other", content={}
    )
    for line in (
        "RT-000001 Ada Made-Up",
        "RT-000001, Ada RTMade",
        "RT-000002, Ada Made-Up OthMade",
    ):
        (row,) = answers(client, line)
        assert row["Answer"] == "Number and name do not fit"
        assert row["Name"] == row["Status"] == ""
    # Letters of another register are not theirs.
    assert answers(client, "Ada Made-Up OthMade")[0]["Answer"] == "No published entry"


def test_a_list_and_a_file_at_once_are_refused(client: Client) -> None:
    def a_file() -> io.BytesIO:
        file = io.BytesIO(b"RT-000002")
        file.name = "x.csv"
        return file

    both = post(client, "/registers/check/", people="RT-000001", file=a_file())
    assert both.status_code == 422
    said = both.content.decode()
    assert "You pasted a list and chose a file" in said
    assert ">\nRT-000001</textarea>" in said
    assert post(client, "/registers/check/", people=" \n", file=a_file()).status_code == 200


def test_only_what_numbers_begin_with_stands_apart_from_them() -> None:
    (one,) = read("Ann RT 000123 Example 7", frozenset({"rt"}))
    assert (one.number, one.name) == ("RT 000123", "Ann Example")
    (one,) = read("Ann 000123")
    assert (one.number, one.name) == ("000123", "Ann")


def from_the_page(client: Client, page: str) -> list[dict[str, str]]:
    """The spreadsheet, by the button beside the answers."""
    pasted = re.search(r"<textarea[^>]* hidden[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert pasted is not None
    return answers(client, html.unescape(pasted[1]).removeprefix("\n"))


@pytest.mark.parametrize(
    ("text", "rows", "verdicts"),
    [
        ("Registration number,Name\nn/a,Ada Made-Up", [2], [NOW]),
        ("Registration number,Name\n\n,,\n2,Ada\n\nRT-999999,Ada Made-Up", [4, 6], [NOW, NOW]),
        ("RT-000001\n\n\nAda Made-Up, 12/03/1980\n", [1, 4], [NOW, NOW]),
        ('Name;Number\n"Made-Up; Ada";2\n""\'Ada"" Made-Up;', [2, 3], [NOW, NOW]),
        ("Number\n1.1\nRT-000001 x", [2, 3], ["No published entry", "No published entry"]),
    ],
)
def test_the_spreadsheet_answers_as_the_page_it_is_taken_from(
    client: Client, text: str, rows: list[int], verdicts: list[str]
) -> None:
    page = post(client, "/registers/check/", people=text).content.decode()
    shown = re.findall(r'data-label="Row">(\d+)</td>.*?<span class="tag">([^<]+)</span>', page)
    assert shown == list(zip(map(str, rows), verdicts, strict=True))
    taken = from_the_page(client, page)
    assert [(one["Row"], one["Answer"]) for one in taken] == shown
    assert taken == [
        {**one, "As of": each["As of"]}
        for one, each in zip(answers(client, text), taken, strict=True)
    ]


def test_what_was_read_is_read_again_to_the_same() -> None:
    for text in (
        f"First name,Last name\n{'x' * 300},''O'Neil '",
        "''\"7\", 'Ann\n\n' ' 'B;ob",
        "Row,No\nA,2",
    ):
        asked = read(text)
        assert read(written(asked)) == asked
