"""One line of an official list as plain values, whoever published it and whatever is in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.careers.official_lists import routes as lists
from benchside.careers.official_lists.soc import words_of

NEEDS = ("reference", "title")
GOOD = {"reference": "ST0343", "title": "Veterinary nurse"}


def read(**cells: object) -> lists.Found:
    return lists.read_line(7, GOOD | cells, needs=NEEDS)


def test_names_of_three_publishers_mean_the_same() -> None:
    ours = {"reference": "ST0001", "title": "Smith", "level": 3, "months": 18, "status": "open"}
    merged = {
        "reference": "ST0001", "title": "Smith", "level": "3",
        "typical_duration_months_2018": "18", "approved_for_delivery_2021": "yes",
    }  # fmt: skip
    register = {"Name": "Smith", "Reference": "st0001", "Level": "3", "Typical Duration": "18"}
    api = {
        "ReferenceNumber": "ST0001", "Title": "Smith", "Level": 3, "ProposedTypicalDuration": 18,
        "Status": "Approved for delivery",
    }  # fmt: skip
    assert lists.read_line(2, merged, needs=NEEDS).values == ours
    assert lists.read_line(2, api, needs=NEEDS).values == ours
    told = lists.read_line(2, register, needs=NEEDS).values
    assert told == {name: ours[name] for name in ("reference", "title", "level", "months")}


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ({"level": "0"}, {}),
        ({"level": "", "typicalduration": "0"}, {}),
        ({"level": "Level 4"}, {"level": 4}),
        ({"versionLatestStartDate": "2026-08-31T00:00:00"}, {"valid_to": "2026-08-31"}),
        ({"versionlateststartdate": "0001-01-01"}, {}),
        ({"valid_to": "31/08/2026"}, {"valid_to": "2026-08-31"}),
        ({"typicalJobTitles": ["Vet", "", " Vet ", "Groom"]}, {"job_titles": ["Vet", "Groom"]}),
        ({"TypicalJobTitles": "Nurse|Groom"}, {"job_titles": ["Nurse", "Groom"]}),
        ({"link": "http://example.org/x"}, {"url": "https://example.org/x"}),
        ({"status": "Withdrawn"}, {"status": "retired"}),
        ({"title": "Cooper (retired)"}, {"status": "retired", "title": "Cooper (retired)"}),
    ],
)  # fmt: skip
def test_cells_as_lists_write_them(cells: dict[str, object], values: dict[str, object]) -> None:
    found = read(**cells)
    assert found.faults == ()
    assert found.values == GOOD | values


@pytest.mark.parametrize(
    ("cells", "column", "value", "remedy"),
    [
        ({"reference": ""}, "reference", "", "is missing: fill it in"),
        ({"reference": "nurse"}, "reference", "nurse", "as in ST0343"),
        ({"title": "x" * 161}, "title", "x" * 161, "shorten it to 160"),
        ({"Level": "nine"}, "Level", "nine", "from 1 to 8"),
        ({"level": "9"}, "level", "9", "from 1 to 8"),
        ({"Typical Duration": "4000"}, "Typical Duration", "4000", "at most 120"),
        ({"Status": "maybe"}, "Status", "maybe", "“retired”"),
        ({"valid_to": "31 Feb 2026"}, "valid_to", "31 Feb 2026", "write it as 2026-09-01"),
        ({"valid_from": "2026-09-01", "valid_to": "2026-08-01"}, "valid_to", "2026-08-01", "check"),
        ({"url": "javascript:alert(1)"}, "url", "javascript:alert(1)", "begin with https://"),
    ],
)
def test_fault_names_column_value_and_remedy(
    cells: dict[str, object], column: str, value: str, remedy: str
) -> None:
    (fault,) = read(**cells).faults
    assert (fault.column, fault.value) == (column, value)
    assert remedy in fault.remedy


def test_of_versions_the_newest_that_is_open_stands() -> None:
    lines = [
        read(version="1.2", status="Approved for delivery"),
        read(version="1.10", status="Approved for delivery", level="4"),
        read(version="2.0", status="In development"),
    ]
    (kept,) = lists.newest(lines)
    assert (kept.version, kept.values["level"]) == ((1, 10), 4)


def test_without_versions_a_reference_twice_is_left_for_the_difference_to_refuse() -> None:
    assert len(list(lists.newest([read(), read()]))) == 2


@pytest.mark.parametrize("text", ["", "{}", "[1, 2]", '{"a": [], "b": []}', "[" * 50_000, "nul"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(lists.NotAList):
        lists.from_json(text)


def test_list_inside_an_object_is_found() -> None:
    assert lists.from_json('{"total": 1, "standards": [{"title": "Smith"}]}') == [
        {"title": "Smith"}
    ]


columns = st.one_of(
    st.sampled_from(sorted({name for names in lists.NAMES.values() for name in names})), st.text()
)
contents = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.lists(st.text()), st.booleans()
)


@given(st.dictionaries(columns, contents))
def test_any_line_gives_values_or_faults(line: dict[str, object]) -> None:
    found = lists.read_line(1, line, needs=NEEDS)
    assert found.faults or set(NEEDS) <= set(found.values)
    for name in ("valid_from", "valid_to"):
        if name in found.values:
            date.fromisoformat(found.values[name])
    if found.values.get("level") is not None:
        assert 1 <= found.values["level"] <= 8


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Technician, lighting, stage", "lighting stage technician"),
        ("stage LIGHTING technician", "lighting stage technician"),
        ("Maître d'hôtel", "dhotel maitre"),
        ("", ""),
        ("?!", ""),
    ],
)
def test_words_of_a_title_are_the_same_either_way_round(title: str, words: str) -> None:
    assert words_of(title) == words
