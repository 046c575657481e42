"""Which column says what, whatever it is called; and how rows become lines."""

import pytest

from benchside.impact.bringing.columns import area_within, by_name, confirmed, propose, read_at
from benchside.impact.bringing.fields import Field
from benchside.impact.bringing.rows import Line, read_rows
from benchside.impact.bringing.tables import Table
from tests.impact.bringing.messy import CODES, FIVE_COLUMNS, YEARS, Rows


def table(rows: Rows, name: str = "Plan") -> Table:
    return Table(name, [[str(cell) for cell in row] for row in rows])


def fields(*tables: Table) -> list[list[str]]:
    return [[str(column.field) for column in one.columns] for one in propose(tables, {})]


def lines(*tables: Table) -> list[Line]:
    return read_rows(tables, propose(tables, {}), {}, {}).lines


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Action", Field.TITLE), ("ACTIONS:", Field.TITLE), ("Step", Field.TITLE),
        ("What is to be done?", Field.TITLE), ("Support actions", Field.TITLE),
        ("Planned action / output", Field.TITLE), ("By whom", Field.OWNER),
        ("Lead(s)", Field.OWNER),
        ("Person responsible", Field.OWNER), ("Action owner", Field.OWNER), ("When", Field.DUE),
        ("Timescale (by)", Field.DUE), ("Target completion date", Field.DUE), ("RAG", Field.RAG),
        ("BRAG status", Field.RAG), ("R/A/G", Field.RAG), ("Success measure", Field.MEASURE),
        ("Measures of success", Field.MEASURE), ("KPI", Field.MEASURE), ("Pillar", Field.AREA),
        ("Progress to date (June)", Field.PROGRESS), ("Ref.", Field.CODE), ("#", Field.CODE),
        ("Objectve", Field.OBJECTIVE), ("Respnsible", Field.OWNER), ("Cost (£)", Field.COST),
    ],
)  # fmt: skip
def test_headings_are_known_in_many_words(heading: str, field: Field) -> None:
    found = by_name(heading)
    assert found is not None
    assert found[1] == field


@pytest.mark.parametrize("heading", ["", "Zebra", "Kingfisher count", "Telephone"])
def test_other_headings_are_not_guessed(heading: str) -> None:
    assert by_name(heading) is None


def test_five_columns_under_a_title_and_with_headings_again() -> None:
    assert fields(table(FIVE_COLUMNS)) == [["objective", "title", "area", "due", "owner"]]
    found = lines(table(FIVE_COLUMNS))
    assert [one.rows for one in found] == [[4], [5], [6], [8], [9]]
    assert [one.areas for one in found] == [
        ["visibility"], ["visibility", "recognition"], ["recognition"], ["careers"],
        ["sustainability"],
    ]  # fmt: skip


def test_codes_tell_the_area_where_nothing_else_does() -> None:
    assert fields(table(CODES)) == [["code", "title", "owner", "measure", "rag"]]
    found = {one.code: one.areas for one in lines(table(CODES))}
    assert found == {
        "V1": ["visibility"], "V2": ["visibility"], "R1": ["recognition"], "CD1": ["careers"],
        "S1": ["sustainability"],
    }  # fmt: skip


def test_a_row_of_one_cell_is_the_area_of_those_below_it() -> None:
    found = [(one.title[:4], one.section, one.areas) for one in lines(table(YEARS))]
    assert found == [
        ("Film", "VISIBILITY", ["visibility"]),
        ("Open", "VISIBILITY", ["visibility"]),
        ("Ment", "RECOGNITION", ["recognition"]),
        ("Surv", "EVALUATING IMPACT", ["impact"]),
    ]


def test_a_plan_over_several_tables_without_headings_of_their_own() -> None:
    first = table(CODES[:3], "Theme 1: Visibility")
    more = table([["R1", "Write a policy", "TBC", "Adopted", "R"]], "Theme 2: Recognition")
    layouts = propose([first, more], {})
    assert [one.goes_on for one in layouts] == [False, True]
    assert [one.code for one in lines(first, more)] == ["V1", "V2", "R1"]


def test_no_headings_at_all_are_told_by_what_stands_below() -> None:
    rows = [list(row) for row in CODES[1:]]
    assert fields(table(rows)) == [["code", "title", "note", "note", "rag"]]


def test_a_merged_action_with_several_rows_is_one_line_with_all_its_cells() -> None:
    rows = [
        ["Action", "Lead", "Measure"],
        ["Send a newsletter each term", "Comms", "Three issues"],
        ["Send a newsletter each term", "Comms", "Half of us open it"],
        ["", "IT", "List kept"],
        ["Hold a day", "Events", "80 come"],
    ]
    first, second = lines(table(rows, "Visibility"))
    assert first.rows == [2, 3, 4]
    assert first.values[Field.MEASURE] == ["Three issues", "Half of us open it", "List kept"]
    assert first.values[Field.OWNER] == ["Comms", "IT"]
    assert second.rows == [5]


def test_the_same_words_twice_and_a_lone_cell_wait_for_a_person() -> None:
    rows = [
        ["Action", "Lead", "When"],
        ["Hold a day", "Events", "2026"],
        ["Train all managers", "HR", "2027"],
        ["Hold a day", "Comms", "2027"],
        ["Sundries"],
    ]
    found = lines(table(rows, "Visibility"))
    assert [[doubt for doubt, _ in one.doubts] for one in found] == [[], [], ["twin"], ["is"]]
    settled = {"0-5": {"is": "heading"}}
    layouts = propose([table(rows, "Visibility")], {})
    again = read_rows([table(rows, "Visibility")], layouts, {}, settled)
    assert [one.text for one in again.skipped] == ["Sundries"]


def test_a_theme_column_is_an_area_only_where_areas_stand_in_it() -> None:
    rows = [["Action", "Theme"], ["Write role profiles", "Pathways"], ["Hold a day", "Networking"]]
    assert fields(table(rows)) == [["title", "theme"]]


def test_a_mapping_is_confirmed_remembered_and_refused_when_it_cannot_be_meant() -> None:
    (layout,) = propose([table(CODES)], {})
    changed = confirmed(layout, {"lead": "note"}, used=True, area="impact")
    assert not changed.problem
    again = propose([table(CODES)], {changed.fingerprint: changed.mapping})[0]
    assert again.known
    assert [str(one.field) for one in again.columns] == ["code", "title", "note", "measure", "rag"]
    twice = confirmed(layout, {"ref": "title"}, used=True, area="")
    assert "“Ref” and “What will be done” are both" in twice.problem
    none = confirmed(layout, {"what will be done": "no such field"}, used=True, area="")
    assert "what is to be done" in none.problem


def test_the_header_row_can_be_named_by_hand() -> None:
    rows = [["Zebra", "Yak"], ["a long line about what we do", "Someone"]]
    assert read_at(table(rows), 1, {}).columns[0].heading == "Zebra"


def test_areas_in_headings() -> None:
    assert area_within("Theme 2: Recognition") == "recognition"
    assert area_within("The impact of recognition") == "recognition"
    assert area_within("5. Evaluating impact") == "impact"
    assert area_within("Visibility and recognition") == ""
    assert area_within("Introduction") == ""
