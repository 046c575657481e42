"""Whatever a file holds: it is read, or refused with a remedy, and every row is accounted for."""

import zipfile
from io import BytesIO

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchside.organisations.staff_list import (
    STARTING_RULES,
    Definition,
    Sorter,
    TitleIndex,
    Unreadable,
    compare,
    open_book,
    propose,
)
from benchside.organisations.staff_list import read as read_book
from benchside.organisations.staff_list.returned import returned_workbook
from tests.factories.staff_lists import DAY, EDIE, HEADER, OLU, SECRET, text, workbook

SORTER = Sorter(Definition(1, STARTING_RULES), soc=TitleIndex([]), roles=TitleIndex([]))
GOOD = workbook({"Staff": [HEADER, EDIE, OLU], "Leavers": [["Staff No", "Date left"], ["7", ""]]})
NASTY = st.sampled_from(
    ["", "0", "-1", "1E+5", "31/02/2020", "#REF!", "=1+1", "n/a", "\u202e", "٣", "½", "9" * 50,
     "nan", "inf", "1e999", "a@b", "12/25/2020", "Total", "Staff No", "\x00", "\ud800"[:0], "100%"]
)  # fmt: skip
CELL = NASTY | st.text(max_size=12) | st.floats() | st.integers() | st.booleans() | st.dates()
ROW = st.lists(CELL.map(str), min_size=0, max_size=len(HEADER) + 2)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def taken_through(data: bytes) -> None:
    """The whole way of a file. What it may raise is Unreadable, with a remedy."""
    try:
        book = open_book(data)
        layouts = propose(book, {})
        staff = read_book(book, layouts, as_of=DAY, secret=SECRET)
    except Unreadable as refusal:
        if not (refusal.message and refusal.remedy):
            raise AssertionError("refused without a word") from refusal
        return
    for problem in staff.problems:
        assert problem.remedy
        assert problem.row > 0
    rulings = SORTER.sort(staff.people).rulings
    first = compare([], staff, rulings)
    kept = [one.after for one in first.changes if one.after]
    again = compare(kept, staff, rulings)
    assert again.changes == []
    assert returned_workbook(book, layouts, staff.problems)


@FEW
@given(st.lists(ROW, max_size=8))
@example([["1", "", "", "", "", "Technician", "1"], ["01", "", "", "", "", "Technician", "1"]])
def test_any_cells_under_a_good_header(rows) -> None:
    taken_through(text([HEADER, *rows], encoding="utf-8").replace(b"\0", b" "))


@FEW
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    taken_through(data)


@FEW
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8), st.integers(0, 40))
def test_a_workbook_with_bytes_changed_and_cut(at: int, junk: bytes, cut: int) -> None:
    taken_through((GOOD[:at] + junk + GOOD[at + len(junk) :])[: len(GOOD) - cut])


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = parts_of(GOOD)


@FEW
@given(st.sampled_from(sorted(PARTS)), st.data())
def test_a_sound_zip_with_broken_xml_inside(name: str, data: st.DataObject) -> None:
    content = PARTS[name]
    at = data.draw(st.integers(0, len(content) - 1))
    junk = data.draw(st.sampled_from([b"", b"<", b"&#0;", b"\xff", b'"', b"r=", b"9" * 30]))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, original in PARTS.items():
            whole = original[:at] + junk + original[at + 1 :] if part == name else original
            archive.writestr(part, whole)
    taken_through(out.getvalue())


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", ""]),
        st.sampled_from(["Edie Made-Up", "Olu Notreal", ""]),
        st.sampled_from(["a@b.example", "c@d.example", ""]),
        st.sampled_from(["01/02/1980", "03/04/1990", ""]),
        st.sampled_from(["Physics", "Music", ""]),
        st.sampled_from(["Technician", "Cook", "Workshop Manager"]),
        st.sampled_from(["1", "0.5", "50%", "many"]),
    ),
    max_size=7,
)


@FEW
@given(PEOPLE, st.randoms())
def test_rows_in_any_order_mean_the_same(rows, chance) -> None:
    turned = list(rows)
    chance.shuffle(turned)
    found = []
    for some in (rows, turned):
        book = open_book(text([HEADER, *some]))
        staff = read_book(book, propose(book, {}), as_of=DAY, secret=SECRET)
        people = [one._replace(row=0) for one in staff.people]
        remedies = sorted(problem.value for problem in staff.problems)
        found.append((people, len(remedies), staff.rows))
    assert found[0] == found[1]


@FEW
@given(PEOPLE)
def test_every_row_is_in_a_person_or_in_a_problem(rows) -> None:
    book = open_book(text([HEADER, *rows]))
    staff = read_book(book, propose(book, {}), as_of=DAY, secret=SECRET)
    assert staff.rows == len([row for row in rows if any(row)])
    told = {problem.row for problem in staff.problems}
    for place, row in enumerate(rows, start=2):
        if place not in told:
            assert any(row[5] in {post.title for post in one.posts} for one in staff.people)
