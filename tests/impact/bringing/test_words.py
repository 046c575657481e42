"""What words of a file mean: how it goes, days, owners, measures; and that no cell is lost."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.impact.bringing.columns import propose
from benchside.impact.bringing.records import (
    Answers,
    Record,
    cost_of,
    note_of,
    questions,
    record_of,
)
from benchside.impact.bringing.rows import Line, read_rows
from benchside.impact.bringing.tables import Table
from benchside.impact.bringing.words import (
    DONE_HOUSE,
    TRACK_HOUSE,
    Meaning,
    Years,
    colour_of,
    day_of,
    meaning_of,
)
from tests.impact.bringing.messy import CODES, FIVE_COLUMNS, YEARS, Rows

YEARS_OF_PLAN = Years(date(2025, 8, 1), date(2028, 7, 31))
ANSWERS = Answers(years=YEARS_OF_PLAN)


def lines(rows: Rows) -> list[Line]:
    tables = [Table("Plan", [[str(cell) for cell in row] for row in rows])]
    return read_rows(tables, propose(tables, {}), {}, {}).lines


def records(rows: Rows, answers: Answers = ANSWERS) -> list[Record]:
    return [record_of(line, answers, {}) for line in lines(rows)]


@pytest.mark.parametrize(
    ("text", "ends", "starts", "exact"),
    [
        ("2026-07-31", "2026-07-31", None, True),
        ("31/07/2026", "2026-07-31", None, True),
        ("31.7.26", "2026-07-31", None, True),
        ("31st July 2026", "2026-07-31", None, True),
        ("July 2026", "2026-07-31", None, False),
        ("Feb 2028", "2028-02-29", None, False),
        ("By end of Sept 2026", "2026-09-30", None, False),
        ("Spring 2026", "2026-05-31", None, False),
        ("Autumn term 2026", "2026-11-30", None, False),
        ("Y2", "2027-07-31", "2026-08-01", False),
        ("Year 1", "2026-07-31", "2025-08-01", False),
        ("Q3 24/25", "2025-04-30", "2025-02-01", False),
        ("Q1 2026", "2026-03-31", "2026-01-01", False),
        ("2024/25", "2025-07-31", "2024-08-01", False),
        ("2024-26", "2026-12-31", "2024-01-01", False),
        ("end of 2027", "2027-12-31", None, False),
        ("Jan 2026 - Mar 2027", "2027-03-31", "2026-01-01", False),
        ("Jan – Mar 2027", "2027-03-31", "2027-01-01", False),
    ],
)  # fmt: skip
def test_days_in_many_words(text: str, ends: str, starts: str | None, exact: bool) -> None:
    day = day_of(text, YEARS_OF_PLAN)
    assert day is not None
    assert day.on == date.fromisoformat(ends)
    assert day.starts == (date.fromisoformat(starts) if starts else None)
    assert day.is_exact is exact


@pytest.mark.parametrize(
    "text",
    ["when funds allow", "31/02/2026", "Y9", "Q5 2026", "2026/24", "Spring", "soon", "99/99/9999"],
)  # fmt: skip
def test_what_names_no_day_is_asked(text: str) -> None:
    assert day_of(text, YEARS_OF_PLAN) is None


def test_ongoing_is_no_day_and_no_question() -> None:
    day = day_of("Ongoing", YEARS_OF_PLAN)
    assert day is not None
    assert day.on is None


def test_years_that_begin_in_april_are_counted_so() -> None:
    finance = Years(date(2025, 4, 1), date(2028, 3, 31), begins_in=4)
    day = day_of("Q3 24/25", finance)
    assert day is not None
    assert (day.starts, day.on) == (date(2024, 10, 1), date(2024, 12, 31))


def test_letters_are_asked_and_words_are_not() -> None:
    assert [colour_of(one) for one in ("G", "green", "🟢", "R", "Yellow", "x")] == [
        "green", "green", "green", "red", "amber", "",
    ]  # fmt: skip
    assert meaning_of("G") is None
    assert meaning_of("Completed") == Meaning.COMPLETE
    assert meaning_of("G - complete") == Meaning.COMPLETE
    assert meaning_of("Green: on track") == Meaning.ON_TRACK
    assert meaning_of("Delayed owing to the move") == Meaning.OFF_TRACK
    assert meaning_of("Lovely") is None


def test_the_two_houses_of_rag_differ_where_it_matters() -> None:
    assert TRACK_HOUSE["green"] == Meaning.ON_TRACK
    assert DONE_HOUSE["green"] == Meaning.COMPLETE
    first = records(
        CODES, Answers(years=YEARS_OF_PLAN, rag={"g": "complete", "a": "ongoing", "r": "off-track"})
    )
    assert [(one.values["state"], one.values["delivery"]) for one in first] == [
        ("complete", "blue"), ("in-progress", ""), ("in-progress", "red"), ("in-progress", ""),
        ("complete", "blue"),
    ]  # fmt: skip
    assert first[2].values["delivery_why"] == "The file says “R”."
    assert not any(one.doubts for one in first)


def test_a_letter_nobody_explained_waits() -> None:
    assert {what for one in records(CODES) for what, _ in one.doubts} == {"meaning"}


def test_prose_status_takes_its_reason_from_the_comment() -> None:
    found = records(YEARS)
    assert [one.values["state"] for one in found] == [
        "complete",
        "in-progress",
        "in-progress",
        "agreed",
    ]
    assert found[1].values["delivery_why"] == "No lift yet"


def test_bullets_in_a_cell_are_measures_each() -> None:
    assert records(CODES)[1].values["successes"] == ["one seat each", "minutes sent"]


def test_owners_are_members_or_stay_words_and_nobody_is_made() -> None:
    answers = Answers(
        years=YEARS_OF_PLAN,
        owners={"events team": "", "hr": "7"},
        members={"lena lead": ["3"], "l lead": ["3"], "deans": ["1", "2"]},
    )
    found = records(FIVE_COLUMNS, answers)
    assert [(one.values["owner"], one.values["owner_post"]) for one in found] == [
        ("3", ""), ("", "Events team"), ("7", ""), ("7", ""), ("", "Deans"),
    ]  # fmt: skip
    assert ("owner", "More than one of you is called “Deans”.") in found[4].doubts


def test_questions_are_each_word_once_with_what_it_is_taken_for() -> None:
    asked = {
        (one.kind, one.word): (one.times, one.answer, one.is_open)
        for one in questions(lines(FIVE_COLUMNS), ANSWERS)
    }
    assert asked["day", "Spring 2027"] == (1, "2027-05-31", False)
    assert asked["day", "when funds allow"] == (1, "", True)
    assert ("day", "31/12/2026") not in asked
    rag = {one.word: one.times for one in questions(lines(CODES), ANSWERS) if one.kind == "rag"}
    assert rag == {"G": 2, "A": 2, "R": 1}


@pytest.mark.parametrize(
    ("text", "cost"),
    [("£5,000", "5000.00"), ("5k", "5000.00"), ("1200.50", "1200.50"), ("about £5k", ""), ("", ""),
     ("staff time", ""), ("£1,000,000,000,000", "")],
)  # fmt: skip
def test_costs(text: str, cost: str) -> None:
    assert cost_of(text) == cost


def test_a_row_too_long_to_keep_whole_is_refused_not_cut() -> None:
    (found,) = records([["Action", "Notes", "Lead"], ["Do a thing well", "x" * 5_000, "HR"]])
    assert "letters too long" in found.bad[0][1]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=400).map(
    str.strip
)
HEADINGS = st.permutations(
    [
        "Action",
        "Objective",
        "Lead",
        "When",
        "RAG",
        "Success measure",
        "Theme",
        "Cost",
        "Ref",
        "Zebra",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(heads=HEADINGS, body=st.lists(st.lists(WORDS, max_size=11), min_size=1, max_size=6))
def test_no_cell_is_ever_lost(heads: list[str], body: list[list[str]]) -> None:
    """Every cell of every row stands in a field as it is, in the note word for word, among the
    rows that were left out, or in a row that is refused whole."""
    tables = [Table("Plan", [heads, *body])]
    layouts = propose(tables, {})
    read = read_rows(tables, layouts, {}, {})
    found: dict[int, str] = {}
    for line in read.lines:
        record = record_of(line, ANSWERS, {})
        kept = [str(record.values[name]) for name in ("title", "text", "objective", "rationale")]
        text = "\n".join([*kept, note_of(line, record.values)])
        for row in line.rows:
            found[row] = text
    for one in read.skipped:
        found[one.row] = found.get(one.row, "") + one.text
    used = layouts[0].used
    for number, row in enumerate(tables[0].rows, start=1):
        if number <= layouts[0].header or not any(row):
            continue
        for cell in row:
            assert not used or cell in found[number] or " ".join(cell.split()) in found[number]
