"""What single cells say. Expected values are written by hand, from calendars and manuals."""

from datetime import date, datetime
from typing import Any

import pytest

from benchside.organisations.staff_list.bands import BANDS, age_on, band_of, read_band
from benchside.organisations.staff_list.fields import FIELDS, KNOWN_NAMES, NEVER, Kind, plain_name
from benchside.organisations.staff_list.values import Context, Unknown, Wrong, read_column
from tests.factories.staff_lists import DAY, read, text, with_columns

CONTEXT = Context(DAY)


def one(kind: Kind, cell: Any) -> Any:
    return read_column(kind, [cell], CONTEXT)[cell]


@pytest.mark.parametrize(
    "written",
    [
        "31/07/2019",
        "31-07-2019",
        "31.07.2019",
        "31/7/19",
        "2019-07-31",
        "2019-07-31T00:00:00",
        "31/07/2019 00:00",
        "31 Jul 2019",
        "31-Jul-19",
        "31st July 2019",
        "July 31, 2019",
        "20190731",
        20190731.0,
        "43677",
        43677,
        43677.5,
        date(2019, 7, 31),
        datetime(2019, 7, 31, 9, 30),
    ],
)
def test_one_day_however_it_is_written(written: Any) -> None:
    # 43,677 is what LibreOffice shows for 31 July 2019 as a number.
    assert one(Kind.DATE, written) == date(2019, 7, 31)


@pytest.mark.parametrize(
    "written",
    ["", "-", "n/a", "00/00/0000", "01/01/1900", "31/12/9999", date(9999, 12, 31), "  "],
)
def test_what_systems_write_for_no_date(written: Any) -> None:
    assert one(Kind.DATE, written) is None


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2020",
        "2020",
        2020,
        "soon",
        "32/01/2020",
        "1/2/3/4",
        True,
        1e300,
        "12/2020",
        "0/0/20",
        "t" * 32_000,
    ],
)
def test_what_is_no_date_has_a_remedy(written: Any) -> None:
    assert isinstance(one(Kind.DATE, written), Wrong)


def test_a_column_with_the_month_first_is_read_so_as_a_whole() -> None:
    found = read_column(Kind.DATE, ["03/04/2020", "12/25/2019"], CONTEXT)
    assert found == {"03/04/2020": date(2020, 3, 4), "12/25/2019": date(2019, 12, 25)}


def test_a_column_with_both_orders_is_read_day_first() -> None:
    found = read_column(Kind.DATE, ["03/04/2020", "12/25/2019", "25/12/2019"], CONTEXT)
    assert found["03/04/2020"] == date(2020, 4, 3)
    assert isinstance(found["12/25/2019"], Wrong)


def test_two_digits_of_a_birth_are_never_a_child() -> None:
    assert one(Kind.BIRTH, "01/02/68") == date(1968, 2, 1)
    assert one(Kind.BIRTH, "01/02/05") == date(2005, 2, 1)
    assert one(Kind.BIRTH, "01/02/20") == Wrong(
        "Somebody born that day is too young or too old to be employed: check it."
    )
    assert one(Kind.DATE, "01/02/20") == date(2020, 2, 1)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (1, 1), (1.0, 1), ("1", 1), ("1.0", 1), (100, 1), ("100", 1), ("100%", 1), (0.6, 0.6),
        ("0.6", 0.6), (".6", 0.6), ("0,6", 0.6), ("60%", 0.6), ("60 %", 0.6), (60, 0.6),
        ("0.6 FTE", 0.6), (0, 0), (1.1, 1), ("", None), ("N/A", None), ("5%", 0.05),
    ],
)  # fmt: skip
def test_full_time_equivalents(written: Any, value: float | None) -> None:
    assert one(Kind.FTE, written) == value


@pytest.mark.parametrize(
    "written", [7.5, 2, -1, "many", "1/2", "nan", "inf", "1e9", 1000, "9" * 400]
)
def test_what_is_no_part_of_a_post(written: Any) -> None:
    assert isinstance(one(Kind.FTE, written), Wrong)


@pytest.mark.parametrize(
    ("written", "value"),
    [("001234", "1234"), (1234.0, "1234"), (1234, "1234"), (" ab 12 ", "AB12"), ("", None),
     ("E100", "E100"), ("12E3", "12E3"), ("0", None)],
)  # fmt: skip
def test_staff_numbers_with_and_without_leading_noughts(written: Any, value: str | None) -> None:
    assert one(Kind.NUMBER, written) == value


@pytest.mark.parametrize("written", ["1.23E+05", 12.5, date(2020, 1, 1), "#REF!", "x" * 41])
def test_staff_numbers_a_spreadsheet_has_spoilt(written: Any) -> None:
    assert isinstance(one(Kind.NUMBER, written), Wrong)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (Kind.SEX, "10", "female"),  # HESA, SEXID
        (Kind.SEX, "11", "male"),
        (Kind.SEX, "F", "female"),
        (Kind.MODE, "2", "full time"),  # HESA, MOEMP
        (Kind.MODE, "3", "part time"),
        (Kind.MODE, "5", "atypical"),
        (Kind.MODE, 6.0, "dormant"),
        (Kind.MODE, "Part-Time", "part time"),
        (Kind.TERMS, "1 Open-ended/permanent", "permanent"),  # HESA, TERMS
        (Kind.TERMS, "FTC", "fixed term"),
        (Kind.REASON, "01", "new contract"),  # HESA, RESCON
        (Kind.REASON, 10.0, "moved to another staff group"),
        (Kind.REASON, "7", "retired"),
        (Kind.REASON, "Resignation", "resigned"),
        (Kind.DISABILITY, "95", "no"),
        (Kind.SOC, "3111/01", "3111"),
        (Kind.SOC, 3111.0, "3111"),
        (Kind.SOC, "311", "311"),
        (Kind.EMAIL, "MAILTO:Edie@Benchside.example ; x@y.org", "edie@benchside.example"),
    ],
)
def test_codes_and_words(kind: Kind, written: Any, value: str) -> None:
    assert one(kind, written) == value


def test_a_word_nobody_knows_is_told_and_stops_nothing() -> None:
    assert one(Kind.TERMS, "Core funded") == Unknown("Core funded")
    staff = with_columns(contract_type="Core funded")
    assert staff.people[0].posts[0].terms is None
    assert "Core funded" in staff.notices[0].message


# --- ages ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("birth", "age"),
    [(date(1980, 10, 31), 46), (date(1980, 11, 1), 45), (date(1980, 10, 30), 46)],
)
def test_ages_turn_on_the_birthday(birth: date, age: int) -> None:
    assert age_on(DAY, birth) == age


def test_a_leap_day_child_is_a_year_older_in_march() -> None:
    assert age_on(date(2026, 2, 28), date(2000, 2, 29)) == 25
    assert age_on(date(2026, 3, 1), date(2000, 2, 29)) == 26


@pytest.mark.parametrize(
    ("age", "band"),
    [(16, "under 20"), (19, "under 20"), (20, "20-24"), (24, "20-24"), (25, "25-29"),
     (69, "65-69"), (70, "70 and over"), (99, "70 and over")],
)  # fmt: skip
def test_bands_of_five_years(age: int, band: str) -> None:
    assert band_of(age) == band
    assert band in BANDS


@pytest.mark.parametrize(
    ("worded", "band"),
    [("26-35", "26-35"), ("26 to 35", "26-35"), ("66+", "66 and over"), ("Under 25", "under 25"),
     ("25 and under", "under 26"), ("over 65", "66 and over"), ("Age 35–39", "35-39"),
     ("35-26", None), ("old", None)],
)  # fmt: skip
def test_bands_as_files_word_them(worded: str, band: str | None) -> None:
    assert read_band(worded) == band


# --- names of columns ----------------------------------------------------------------------------
def test_the_names_of_the_domain_document_are_known() -> None:
    """The left column of section 7: what each field is seen as in real exports."""
    seen = {
        "number": "STAFFID, Employee No, Personnel No, Payroll No, Staff ID",
        "contract": "CONTID, Post No, Position ID",
        "birth": "BIRTHDTE, DOB",
        "age": "Age",
        "age_band": "Age Band",
        "sex": "SEXID, Gender",
        "ethnicity": "ETHNIC",
        "disability": "DISABLE",
        "unit": "CCENTRE1, Cost Centre, Org Unit, Department",
        "title": "Job Title, Role",
        "family": "Technical Family",
        "soc": "ACTSOC2020, SOC",
        "grade": "LEVELS, GRADE, SPOINT, Spine Point, Band",
        "fte": "CONFTE, FTE, WTE",
        "hours": "Hours",
        "mode": "MOEMP",
        "terms": "TERMS, Contract Type",
        "start": "STARTCON, Continuous Service Date, Date Joined",
        "end": "ENDCON",
        "left": "DATELEFT, Leaving Date",
        "reason": "RESCON",
        "destination": "ACTLEAVE",
    }
    for field, names in seen.items():
        for name in names.split(", "):
            assert field in {key for _, key in KNOWN_NAMES[plain_name(name)]}, name


def test_no_field_can_be_reached_by_a_name_that_is_never_read() -> None:
    assert not NEVER.keys() & KNOWN_NAMES.keys()
    assert all(plain_name(name) == name for name in [*NEVER, *KNOWN_NAMES])


def test_every_label_is_recognised_as_its_own_field() -> None:
    for key, field in FIELDS.items():
        assert (0, key) in KNOWN_NAMES[plain_name(field.label)]


def test_a_title_that_is_mr_or_dr_is_no_job() -> None:
    staff = read(
        text([["Staff no", "Title", "Role"], ["1", "Dr", "Technician"], ["2", "Ms", "Cook"]])
    )
    assert [one.posts[0].title for one in staff.people] == ["Technician", "Cook"]
    staff = read(text([["Staff no", "Title"], ["1", "Technician"]]))
    assert staff.people[0].posts[0].title == "Technician"
