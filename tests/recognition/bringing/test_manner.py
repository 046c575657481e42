"""What is asked of a file as a whole: the order of its days, and of its names."""

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.recognition.bringing import columns
from benchside.recognition.models import BroughtList, Entry, Register
from tests.factories.people import sign_in
from tests.recognition.bringing.lists import csv, entry
from tests.recognition.bringing.test_pages import _as_proposed, read, upload, work_off

pytestmark = pytest.mark.django_db
AMERICAN = csv(
    entry("RT-1", "Ada", Admitted="01/02/2019", **{"Period until": "01/03/2099"}),
    entry("RT-2", "Bea", Admitted="03/04/2020", **{"Period until": "05/03/2099"}),
    entry("RT-3", "Cyd", Admitted="12/31/2020", **{"Period until": "12/04/2099"}),
)
SORTED = csv(entry("RT-1", "O’BRIEN, Séan"), entry("RT-2", "Tess Made-Up"))


@pytest.fixture
def desk(client: Client, register: Register, reg: User) -> Client:
    return sign_in(client, reg)


def kept(where: str) -> BroughtList:
    return BroughtList.objects.get(pk=int(where.split("/")[-2]))


def days(one: BroughtList) -> list[tuple[str, str]]:
    assert one.run is not None
    fields = [each["fields"] for each in one.run.changes("added")]
    return [(each["admitted"]["after"], each["ends"]["after"]) for each in fields]


def test_days_are_day_first_and_what_does_not_fit_is_wrong(desk: Client) -> None:
    where = upload(desk, AMERICAN)
    page = desk.get(f"{where}columns/").content.decode()
    assert "“12/31/2020” can only be month/day/year" in page
    assert 'value="day" checked' in page
    read(desk, where)
    one = kept(where)
    assert one.run is not None
    assert days(one) == [("2019-02-01", "2099-03-01"), ("2020-04-03", "2099-03-05")]
    (wrong,) = one.run.problems
    assert (wrong["row"], wrong["column"], wrong["value"]) == (4, "Admitted", "12/31/2020")
    assert "go back to the columns and say that all days" in wrong["remedy"]


def test_month_first_holds_for_every_column_of_a_file_and_is_said(desk: Client) -> None:
    where = upload(desk, AMERICAN)
    read(desk, where, **_as_proposed(desk, where), days="month")
    one = kept(where)
    assert days(one) == [
        ("2019-01-02", "2099-01-03"), ("2020-03-04", "2099-05-03"), ("2020-12-31", "2099-12-04"),
    ]  # fmt: skip
    assert (
        "are read as month/day/year, as you said of this file" in desk.get(where).content.decode()
    )
    assert 'value="month" checked' in desk.get(f"{where}columns/").content.decode()
    # Said in error: what can only be day first is wrong then, with the way back.
    where = upload(desk, csv(entry("RT-9", "Ada", Admitted="31/01/2019")))
    read(desk, where, **_as_proposed(desk, where), days="month")
    run = kept(where).run
    assert run is not None
    assert "This can only be day/month/year, and you said" in run.problems[0]["remedy"]


def test_surname_first_is_asked_about_row_by_row_and_turned_when_said(desk: Client) -> None:
    where = upload(desk, SORTED)
    read(desk, where)
    page = desk.get(where).content.decode()
    assert (
        "1 name is written with the surname first or in capitals, such as “O’BRIEN, Séan”" in page
    )
    assert page.count("Surname first?") == 1
    assert ",Surname first?," in desk.get(f"{where}entries.csv").content.decode()
    assert (
        "write “O’BRIEN, Séan” as “Séan O’Brien”" in desk.get(f"{where}columns/").content.decode()
    )
    read(desk, where, **_as_proposed(desk, where), names="surname")
    assert "Surname first?" not in desk.get(where).content.decode()
    desk.post(f"{where}apply/")
    work_off()
    assert set(Entry.objects.values_list("name", flat=True)) == {"Séan O’Brien", "Tess Made-Up"}


def test_a_name_of_a_wrong_row_is_pointed_out_too(desk: Client) -> None:
    where = upload(desk, csv(entry("RT-1", "O’BRIEN, Séan", Admitted="soon")))
    read(desk, where)
    assert "such as “O’BRIEN, Séan”" in desk.get(where).content.decode()


def test_nothing_is_asked_of_a_file_that_says_it_one_way(desk: Client) -> None:
    where = upload(desk, csv(entry("RT-1", "Ada", Admitted="2019-02-01",
                                   **{"Period until": "2099-02-01"})))  # fmt: skip
    page = desk.get(f"{where}columns/").content.decode()
    assert "Days in this file" not in page
    assert "Names in this file" not in page


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Expiry", "ends"), ("Expires on", "ends"), ("Valid to", "ends"), ("End date", "ends"),
     ("Renewal date", "ends"), ("Reg. No.", "number"), ("Registration no", "number"),
     ("Membership no", "membership"), ("Admitted on", "admitted"), ("Start date", "starts")],
)  # fmt: skip
def test_plain_headings_are_known(heading: str, field: str) -> None:
    assert columns.KNOWN[columns.plain_name(heading)] == field


def test_who_stands_there_twice_is_shown_beside_wrong_rows(desk: Client) -> None:
    rows = [entry("RT-1", "Tess"), entry("RT-2", "TESS", Admitted="soon"), entry("RT-3", "Rob"),
            entry("RT-4", "Rob"), entry("RT-5", "", State="Sacked")]  # fmt: skip
    where = upload(desk, csv(*rows))
    read(desk, where)
    page = desk.get(where).content.decode()
    assert "Correct the file first" in page
    assert "These may be one person" in page
    assert "(row 3)" in page, "a wrong row too"
    assert "(row 5)" in page
    assert page.index("Correct the file first") < page.index("These may be one person")


def test_a_name_with_the_surname_first_is_the_same_name(desk: Client) -> None:
    where = upload(desk, csv(entry("RT-1", "O’Brien, Séan"), entry("RT-2", "Séan O’Brien")))
    read(desk, where)
    assert len(kept(where).groups) == 1
