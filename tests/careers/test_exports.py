"""The catalogue as a table that no spreadsheet can be tricked by."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from benchside.careers.exports import COLUMNS, ROUTE_COLUMNS
from benchside.careers.models import Role
from benchside.core.exports import csv_text, safe_cell

ROOT = Path(__file__).parent.parent.parent


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/careers/roles.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="technician-roles.csv"'
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("\r\n=1", "'\r\n=1"),
        ("Vet nurse", "Vet nurse"),
        ("3D printer", "3D printer"),
        ("a=b", "a=b"),
        (-3, "-3"),
        (2.5, "2.5"),
        (None, ""),
        ("", ""),
    ],
)
def test_cell_is_never_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_text_reads_back_as_it_was_written() -> None:
    rows = [['He said "no", twice', "two\nlines", "café"]]
    text = csv_text(["a", "b", "c"], rows)
    assert text.startswith("\ufeffa,b,c\r\n")
    assert list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))[1:] == rows


@pytest.mark.usefixtures("catalogue")
def test_all_roles_with_their_sources(client: Client) -> None:
    rows = table(client)
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 101)]
    nurse = rows[34]
    assert nurse["slug"] == "veterinary-nurse"
    assert nurse["soc2020"] == "3240"
    assert nurse["realistic"] == "6.71"
    assert nurse["subjects"] == "Biology; Chemistry; Maths"
    assert nurse["url"] == "http://testserver/careers/roles/veterinary-nurse/"
    assert "Office for National Statistics, Open Government Licence v3.0" in nurse["sources"]
    assert "O*NET 29.3 Database by the U.S. Department of Labor" in nurse["sources"]
    assert "CC BY 4.0" in nurse["sources"]


@pytest.mark.usefixtures("catalogue")
def test_table_holds_the_selection_on_all_its_pages(client: Client) -> None:
    rows = table(client, "?sector=health&page=2&bogus=1")
    assert len(rows) == Role.objects.filter(sector__slug="health").count()
    assert {row["sector"] for row in rows} == {"Health"}


@pytest.mark.usefixtures("catalogue")
def test_hostile_words_of_an_editor_stay_words(client: Client) -> None:
    role = Role.objects.get(slug="veterinary-nurse")
    role.sentence = '=HYPERLINK("http://evil.example","Click")'
    role.save()
    assert table(client)[34]["sentence"] == '\'=HYPERLINK("http://evil.example","Click")'


@pytest.mark.usefixtures("catalogue")
def test_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    table(client)
    with django_assert_num_queries(1):
        table(client)


def test_every_column_is_explained_in_the_guide() -> None:
    guide = (ROOT / "docs" / "guides" / "open-data.md").read_text()
    explained = set(re.findall(r"`(\w+)`", guide))
    assert set(COLUMNS) | set(ROUTE_COLUMNS) <= explained
