"""From rows to people: columns chosen, contracts folded, leavers told from movers."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from benchside.organisations.staff_list import (
    Unreadable,
    at_row,
    confirm,
    open_book,
    propose,
)
from benchside.organisations.staff_list import read as read_book
from benchside.organisations.staff_list.returned import returned_workbook, template_workbook
from tests.factories.staff_lists import (
    DAY,
    EDIE,
    HEADER,
    OLU,
    SECRET,
    read,
    read_rows,
    text,
    with_columns,
    workbook,
)

LONG = ("Staff No", "Post No", "Name", "Job Title", "Department", "FTE", "Contract type",
        "Start date", "End date", "Leaving date", "Reason for leaving")  # fmt: skip


def contract(number: str = "1", **said: str) -> list[str]:
    """One row under LONG; names as in LONG, lower case, with underscores."""
    cells = {"staff_no": number, "name": f"Nobody {number}", "job_title": "Technician"} | said
    return [cells.get(name.lower().replace(" ", "_"), "") for name in LONG]


def from_contracts(*rows: list[str]):
    return read_rows(*rows, header=LONG)


# --- columns -------------------------------------------------------------------------------------
def test_a_mapping_a_person_made_is_remembered_by_the_header() -> None:
    book = open_book(text([["Who", "What", "Where"], ["1", "Technician", "Physics"]]))
    (unknown,) = propose(book, {})
    assert not unknown.used
    asked = at_row(book.sheets[0], 1)
    assert asked.mapping == {"who": "", "what": "", "where": ""}
    answered = confirm(asked, {"who": "number", "what": "title", "where": "unit"})
    staff = read_book(book, [answered], as_of=DAY, secret=SECRET)
    assert staff.people[0].posts[0].unit == "Physics"
    known = at_row(book.sheets[0], 1)
    remembered = {known.fingerprint: answered.mapping}
    # Next month the same header comes with names we know around it.
    later = open_book(text([HEADER, EDIE]))
    assert propose(later, remembered)[0].known is False
    assert propose(later, {propose(later, {})[0].fingerprint: {"staff no": "contract"}})[0].known


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"staff no": "title"}, "both Job title"),
        ({"fte": "salary"}, "no field called"),
        ({"staff no": "", "work e mail": "", "name": ""}, "who people are"),
        ({"job title": ""}, "job titles"),
        ({"ni number": "number"}, "never read"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(mapping: dict[str, str], said: str) -> None:
    (layout,) = propose(open_book(text([(*HEADER, "NI number"), EDIE])), {})
    with pytest.raises(Unreadable, match=said):
        confirm(layout, mapping)


def test_two_columns_of_one_name_raise_a_doubt_only_where_they_differ() -> None:
    header = ["Staff no", "Job title", "Start date", "Start date"]
    (differing,) = propose(open_book(text([header, ["1", "x", "01/01/2020", "02/01/2020"]])), {})
    assert differing.doubts == (
        "“Start date”: Another column of this name is taken for Start date instead.",
    )
    assert differing.mapping["start date #2"] == ""
    (same,) = propose(open_book(text([header, ["1", "x", "01/01/2020", "01/01/2020"]])), {})
    assert not same.doubts


def test_the_better_name_wins_and_faculty_is_above_department() -> None:
    header = ["Staff no", "Continuous service date", "Start date", "Faculty", "School", "Role"]
    rows = [header, ["1", "01/01/2001", "01/01/2020", "Science", "Physics", "Technician"]]
    post = read(text(rows)).people[0].posts[0]
    assert post.start == date(2020, 1, 1)
    assert (post.unit, post.unit_above) == ("Physics", "Science")


def test_a_faculty_alone_is_the_unit() -> None:
    post = with_columns(faculty="Science").people[0].posts[0]
    assert (post.unit, post.unit_above) == ("Science", None)


def test_the_largest_share_of_cost_centres_is_the_unit() -> None:
    said = {"ccentre1": "Physics", "ccentre2": "Music", "ccprop1": "30", "ccprop2": "70"}
    assert with_columns(**said).people[0].posts[0].unit == "Music"


def test_hours_become_parts_of_the_usual_week() -> None:
    rows = [["Staff no", "Role", "Hours"], *([str(n), "Cook", "36.5"] for n in range(3))]
    rows.append(["9", "Cook", "18.25"])
    staff = read(text(rows))
    assert staff.people[-1].posts[0].fte == 0.5
    assert "36.5 hours" in staff.notices[0].message
    assert read(text(rows), full_time_hours=73).people[-1].posts[0].fte == 0.25


def test_a_file_without_a_staff_list_is_refused() -> None:
    with pytest.raises(Unreadable, match="No sheet"):
        read(text([["a", "b"], ["1", "2"]]))


# --- rows with mistakes --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({6: "7.5"}, "FTE"),
        ({3: "31/02/1980"}, "DOB"),
        ({3: "01/02/2020"}, "DOB"),
        ({5: ""}, "Job Title"),
        ({5: "#REF!"}, "Job Title"),
        ({0: "1.2E+09"}, "Staff No"),
        ({2: "edie at work"}, "Work E-mail"),
        ({0: "", 1: "", 2: ""}, ""),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_read(changes: dict[int, str], column: str) -> None:
    bad = [changes.get(place, cell) for place, cell in enumerate(EDIE)]
    staff = read_rows(OLU, bad)
    assert [one.name for one in staff.people] == ["Olu Notreal"]
    (problem,) = staff.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.remedy
    assert not any(year in str(staff) for year in ("1980", "1990", "2020"))


def test_a_date_of_birth_leaves_the_reader_as_a_band_only() -> None:
    staff = read_rows(EDIE, OLU)
    assert [one.age_band for one in staff.people] == ["45-49", "35-39"]
    assert "1980" not in repr(staff)


def test_nobody_is_told_by_a_name_alone() -> None:
    staff = read_rows(("", "Edie Made-Up", "", "", "Physics", "Technician", "1"))
    assert not staff.people
    assert "name alone" in staff.problems[0].remedy


def test_ends_before_starts_are_mistakes() -> None:
    staff = from_contracts(contract(start_date="01/02/2020", end_date="01/01/2020"))
    assert "before the start" in staff.problems[0].remedy


# --- people --------------------------------------------------------------------------------------
def test_two_contracts_are_one_person_with_the_larger_first() -> None:
    staff = from_contracts(
        contract(post_no="A", fte="0.4", department="Music"),
        contract(post_no="B", fte="0.5", department="Physics"),
    )
    (person,) = staff.people
    assert [post.unit for post in person.posts] == ["Physics", "Music"]
    assert person.fte == 0.9


def test_more_than_full_time_is_full_time() -> None:
    staff = from_contracts(contract(post_no="A", fte="0.8"), contract(post_no="B", fte="0.6"))
    assert staff.people[0].fte == 1


def test_rows_without_a_number_join_the_one_person_with_their_address() -> None:
    staff = read_rows(EDIE, ("", "E. Made-Up", EDIE[2], "", "Music", "Sound Technician", "0.2"))
    (person,) = staff.people
    assert {post.unit for post in person.posts} == {"Physics", "Music"}


def test_an_address_of_several_people_joins_nobody() -> None:
    shared = "stores@benchside.example"
    staff = read_rows(
        (*EDIE[:2], shared, *EDIE[3:]),
        (*OLU[:2], shared, *OLU[3:]),
        ("", "Somebody", shared, "", "Music", "Technician", "1"),
    )
    assert [one.number for one in staff.people] == ["1001", "1002"]
    assert staff.problems[0].row == 4


def test_name_and_birth_make_a_key_that_cannot_be_read_back() -> None:
    row = ("", "Made-Up, Edie", "", "01/02/1980", "Physics", "Technician", "1")
    (person,) = read_rows(row).people
    assert person.name == "Edie Made-Up"
    turned = ("", "Edie Made-Up", "", "1980-02-01", "Physics", "Technician", "1")
    assert read_rows(turned).people[0].key == person.key
    assert "1980" not in person.key
    book = open_book(text([HEADER, row]))
    other = read_book(book, propose(book, {}), as_of=DAY, secret=b"of another organisation")
    assert other.people[0].key != person.key


def test_one_number_with_two_dates_of_birth_is_nobody() -> None:
    staff = read_rows(EDIE, (EDIE[0], "Olu", "", "03/04/1990", "Music", "Technician", "1"))
    assert not staff.people
    assert [one.row for one in staff.problems] == [2, 3]
    assert {one.who for one in staff.problems} == {"number:1001"}


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [
        contract(post_no="A", fte="0.5"),
        contract(post_no="B", fte="0.5", department="Music"),
        contract("2", leaving_date="01/01/2026", reason_for_leaving="7"),
        contract("3"),
    ]
    first, last = from_contracts(*rows), from_contracts(*rows[::-1])
    plain = [replace(one, people=[], leavers=[]) for one in (first, last)]
    assert [one.people for one in plain] == [[], []]
    for one, other in ((first.people, last.people), (first.leavers, last.leavers)):
        assert [p._replace(row=0) for p in one] == [p._replace(row=0) for p in other]


# --- leaving -------------------------------------------------------------------------------------
def test_leavers_by_date_and_those_who_will_leave() -> None:
    staff = from_contracts(
        contract("1", leaving_date="30/10/2026", reason_for_leaving="7"),
        contract("2", leaving_date="01/12/2026"),
    )
    assert [(one.number, one.left, one.reason) for one in staff.leavers] == [
        ("1", date(2026, 10, 30), "retired")
    ]
    assert [one.number for one in staff.people] == ["2"]


@pytest.mark.parametrize("code", ["1", "10"])
def test_reasons_that_are_no_leaving(code: str) -> None:
    staff = from_contracts(contract(leaving_date="01/09/2026", reason_for_leaving=code))
    assert not staff.leavers
    assert [one.number for one in staff.people] == ["1"]
    assert "new contract" in staff.notices[0].message


@pytest.mark.parametrize("code", ["2", "3", "4", "5", "6", "7", "8", "9"])
def test_reasons_that_are_leaving(code: str) -> None:
    staff = from_contracts(contract(leaving_date="01/09/2026", reason_for_leaving=code))
    assert [one.number for one in staff.leavers] == ["1"]


def test_an_old_contract_and_a_new_one_is_no_leaver() -> None:
    staff = from_contracts(
        contract(post_no="A", leaving_date="01/09/2026", reason_for_leaving="1"),
        contract(post_no="B", department="Music"),
    )
    assert not staff.leavers
    assert [post.unit for post in staff.people[0].posts] == ["Music"]


def test_a_fixed_term_that_has_ended_is_left() -> None:
    staff = from_contracts(contract(end_date="31/07/2026", contract_type="FTC"))
    assert staff.leavers[0].reason == "fixed term ended"


def test_a_leavers_sheet_wins_over_the_staff_sheet() -> None:
    staff = ["Staff No", "Job Title", "Department"]
    left = ["Staff No", "DATELEFT", "RESCON"]
    data = workbook(
        {
            "Staff": [staff, ["1", "Technician", "Music"], ["2", "Technician", "Music"]],
            "Leavers 25-26": [left, ["1", date(2026, 7, 31), 7], ["2", date(2026, 7, 31), 1]],
        }
    )
    found = read(data)
    assert [one.number for one in found.people] == ["2"]
    assert [(one.number, one.reason) for one in found.leavers] == [("1", "retired")]


def test_who_came_back_after_leaving_is_here() -> None:
    staff = ["Staff No", "Job Title", "Start date"]
    left = ["Staff No", "DATELEFT", "RESCON"]
    data = workbook(
        {
            "Staff": [staff, ["1", "Technician", date(2026, 9, 1)]],
            "Leavers": [left, ["1", date(2026, 7, 31), 6]],
        }
    )
    found = read(data)
    assert [one.number for one in found.people] == ["1"]
    assert not found.leavers


def test_casual_work_is_no_post_and_future_starts_wait() -> None:
    staff = from_contracts(
        contract("1", contract_type="Casual"), contract("2", start_date="01/12/2026")
    )
    assert not staff.people
    assert not staff.leavers
    assert [one.times for one in staff.notices] == [1, 1]


# --- what goes back ------------------------------------------------------------------------------
def test_bad_rows_go_back_with_their_reasons_and_without_birth_dates() -> None:
    import io

    formula = ("1003", "=1+1", "not an address", "01/02/1980", "Physics", "", "9")
    book = open_book(text([HEADER, EDIE, formula]))
    layouts = propose(book, {})
    staff = read_book(book, layouts, as_of=DAY, secret=SECRET)
    made = load_workbook(io.BytesIO(returned_workbook(book, layouts, staff.problems)))
    rows = list(made.active.iter_rows())
    assert [cell.value for cell in rows[0]][:4] == ["Row", "What to correct", "Staff No", "Name"]
    assert rows[1][0].value == 3
    for word in ("Work E-mail: “not an address”", "Job Title", "FTE: “9”"):
        assert word in rows[1][1].value
    assert (rows[1][3].value, rows[1][3].data_type) == ("=1+1", "s")
    assert not any("1980" in str(cell.value) for row in rows for cell in row)
    assert len(rows) == 2


def test_the_template_needs_no_recognising() -> None:
    (staff, about) = propose(open_book(template_workbook()), {})
    assert staff.used
    assert all(column.field for column in staff.columns)
    assert not about.used


def test_a_column_that_is_read_month_first_is_told_and_no_other() -> None:
    american = from_contracts(
        contract("1", start_date="12/25/2019", end_date="01/02/2030"),
        contract("2", start_date="03/04/2020", end_date="31/12/2030"),
    )
    said = [one.message for one in american.notices if "month first" in one.message]
    assert len(said) == 1
    assert said[0].startswith("“Start date” is read with the month first, month/day/year")
    ours = from_contracts(contract("1", start_date="25/12/2019"))
    assert not [one for one in ours.notices if "month first" in one.message]
