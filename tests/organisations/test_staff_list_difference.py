"""What a file would change, against the people who are kept."""

from datetime import date

import pytest

from benchside.organisations.staff_list import (
    STARTING_RULES,
    By,
    Definition,
    Difference,
    Kind,
    Person,
    Ruling,
    Sorter,
    StaffList,
    TitleIndex,
    Verdict,
    compare,
)
from tests.factories.staff_lists import EDIE, HEADER, OLU, read, read_rows, text, with_columns

NONE = TitleIndex([])
COOK = ("1003", "Kai Invented", "kai@benchside.example", "", "Catering", "Cook", "1")
SORTER = Sorter(Definition(1, STARTING_RULES), soc=NONE, roles=NONE)


def differ(before: list[Person], staff: StaffList, sorter: Sorter = SORTER) -> Difference:
    return compare(before, staff, sorter.sort(staff.people).rulings)


def kept(*rows: tuple[str, ...]) -> list[Person]:
    """The technicians among them, as an import into an empty organisation keeps them."""
    return [one.after for one in differ([], read_rows(*rows)).changes if one.after]


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    places = [name.lower().replace(" ", "_").replace("-", "_") for name in HEADER]
    return tuple(cells.get(name, cell) for name, cell in zip(places, row, strict=True))


def kinds(difference: Difference) -> dict[str, Kind]:
    return {one.key: one.kind for one in difference.changes}


def test_technicians_join_and_nobody_else_is_taken_in() -> None:
    found = differ([], read_rows(EDIE, OLU, COOK))
    assert kinds(found) == {"number:1001": Kind.JOINED, "number:1002": Kind.JOINED}
    assert "the title has" in found.changes[0].why


@pytest.mark.parametrize("rows", [(EDIE, OLU, COOK), (COOK, OLU, EDIE), (OLU, EDIE, EDIE, COOK)])
def test_the_same_file_twice_changes_nothing_in_any_order(rows) -> None:
    found = differ(kept(EDIE, OLU), read_rows(*rows))
    assert found.changes == []
    assert found.unchanged == 2


def test_moves_and_changes_are_told_field_by_field() -> None:
    moved = changed(EDIE, department="Chemistry", fte="0.5")
    renamed = changed(OLU, name="Olu Newname")
    found = differ(kept(EDIE, OLU), read_rows(moved, renamed))
    first, second = found.changes
    assert (first.kind, second.kind) == (Kind.MOVED, Kind.CHANGED)
    assert {(one.field, one.before, one.after) for one in first.fields} == {
        ("unit", "Physics", "Chemistry"),
        ("fte", 1.0, 0.5),
    }
    assert [tuple(one) for one in second.fields] == [("name", "", "Olu Notreal", "Olu Newname")]


def test_who_is_missing_has_left_and_who_became_a_cook_is_not_counted() -> None:
    found = differ(kept(EDIE, OLU), read_rows(changed(OLU, job_title="Cook")))
    assert kinds(found) == {"number:1001": Kind.LEFT, "number:1002": Kind.UNCOUNTED}
    gone = found.changes[0]
    assert (gone.after.left, gone.why) == (date(2026, 10, 31), "not in the file")


def test_a_leaver_of_the_file_leaves_on_their_day() -> None:
    header = [*HEADER, "Leaving date", "Reason for leaving"]
    staff = read_rows((*EDIE, "15/09/2026", "7"), (*OLU, "", ""), header=header)
    (gone,) = differ(kept(EDIE, OLU), staff).changes
    assert (gone.kind, gone.after.left, gone.why) == (Kind.LEFT, date(2026, 9, 15), "retired")


def test_who_left_before_they_were_known_is_no_change() -> None:
    header = [*HEADER, "Leaving date"]
    staff = read_rows((*EDIE, "15/09/2026"), (*OLU, ""), header=header)
    assert differ(kept(OLU), staff).changes == []


@pytest.mark.parametrize(
    "bad",
    [
        changed(EDIE, fte="many"),
        changed(EDIE, staff_no="1E+3", fte="1"),
        changed(EDIE, staff_no="1.0E+3", work_e_mail="", dob=""),
    ],
)
def test_a_bad_row_makes_nobody_a_leaver(bad) -> None:
    found = differ(kept(EDIE, OLU), read_rows(bad, OLU))
    assert found.kept == ["number:1001"] or kinds(found) == {}
    assert Kind.LEFT not in kinds(found).values()


def test_a_bad_row_of_somebody_known_holds_back_nobody_else() -> None:
    third = changed(EDIE, staff_no="1009", work_e_mail="x@benchside.example")
    found = differ(kept(EDIE, OLU, third), read_rows(changed(EDIE, fte="many"), OLU))
    assert found.kept == ["number:1001"]
    assert kinds(found) == {"number:1009": Kind.LEFT}


def test_columns_a_file_lacks_leave_what_is_known() -> None:
    short = read(text([["Staff No", "Job Title"], ["1001", "Technician"]]))
    assert differ(kept(EDIE), short).changes == []
    emptied = differ(kept(EDIE), with_columns(email="")).changes[0]
    assert [one.field for one in emptied.fields] == ["email"]


def test_a_new_numbering_is_not_everybody_leaving() -> None:
    found = differ(kept(EDIE, OLU), read_rows(changed(EDIE, staff_no="U77"), OLU))
    (one,) = found.changes
    assert one.kind == Kind.CHANGED
    assert [tuple(field) for field in one.fields] == [("number", "", "1001", "U77")]


def test_a_shared_address_takes_over_nobody() -> None:
    shared = "stores@benchside.example"
    before = kept(changed(EDIE, work_e_mail=shared), changed(OLU, work_e_mail=shared))
    new = changed(EDIE, staff_no="1009", work_e_mail=shared, dob="")
    found = differ(before, read_rows(new))
    assert kinds(found)["number:1009"] == Kind.JOINED


def test_an_address_two_newcomers_share_is_nobodys_they_knew() -> None:
    shared = "stores@benchside.example"
    before = kept(changed(EDIE, work_e_mail=shared))
    new = [changed(OLU, staff_no=number, work_e_mail=shared, dob="") for number in ("7", "8")]
    assert kinds(differ(before, read_rows(*new))) == {
        "number:1001": Kind.LEFT,
        "number:7": Kind.JOINED,
        "number:8": Kind.JOINED,
    }


def test_likely_people_already_there_stay_and_new_ones_wait() -> None:
    likely = changed(EDIE, job_title="Workshop Manager")
    assert differ([], read_rows(likely)).changes == []
    (one,) = differ(kept(EDIE), read_rows(likely)).changes
    assert one.kind == Kind.CHANGED


def test_a_post_more_and_a_post_less() -> None:
    second = changed(EDIE, department="Music", fte="0.2")
    before = kept(EDIE)
    gained = differ(before, read_rows(EDIE, second)).changes[0]
    assert [tuple(one) for one in gained.fields] == [("post", "", None, "Technician")]
    after = [gained.after]
    lost = differ(after, read_rows(EDIE)).changes[0]
    assert [tuple(one) for one in lost.fields] == [("post", "", "Technician", None)]
    # The order in which posts are held says nothing.
    turned = [gained.after._replace(posts=gained.after.posts[::-1])]
    assert not [one for one in differ(turned, read_rows(EDIE, second)).changes if one.fields]


def test_half_a_list_wants_a_yes() -> None:
    many = [changed(EDIE, staff_no=str(n), work_e_mail=f"{n}@b.example") for n in range(1, 11)]
    assert differ(kept(*many), read_rows(*many[:3])).warnings
    assert not differ(kept(*many), read_rows(*many[:9])).warnings


def test_rulings_of_their_own_word_are_obeyed() -> None:
    staff = read_rows(EDIE, COOK)
    rulings = {
        "number:1001": Ruling(Verdict.UNLIKELY, By.OWN_WORD),
        "number:1003": Ruling(Verdict.TECHNICIAN, By.OWN_WORD),
    }
    assert kinds(compare(kept(EDIE), staff, rulings)) == {
        "number:1001": Kind.UNCOUNTED,
        "number:1003": Kind.JOINED,
    }
