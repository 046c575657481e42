"""The made-up university's workbook: the one its generator makes, and as messy as it says."""

from collections import Counter
from io import BytesIO

from openpyxl import load_workbook

from benchside.organisations.staff_list import (
    STARTING_RULES,
    Definition,
    Sorter,
    TitleIndex,
    Verdict,
    plain_title,
)
from scripts.make_staff_list import DAY, OUT, TECHNICIAN_COUNT, make
from tests.factories.staff_lists import read


def cells(data: bytes) -> list[tuple[str, tuple]]:
    book = load_workbook(BytesIO(data))
    return [(sheet.title, row) for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_kept_is_the_one_the_generator_makes() -> None:
    kept = OUT.read_bytes()
    assert len(kept) < 300_000
    assert cells(make()) == cells(kept)


def test_it_is_as_messy_as_it_says_and_still_read() -> None:
    staff = read(OUT.read_bytes(), as_of=DAY)
    bad = {problem.row for problem in staff.problems}
    # Seven spoilt rows, a twin, and the row whose number the twin has.
    assert len(bad) == 9
    assert len(staff.leavers) == 30
    assert any(len(one.posts) == 2 for one in staff.people)
    assert any(one.posts[0].mode == "dormant" for one in staff.people)
    messages = " ".join(one.message for one in staff.notices)
    for word in (
        "header stands again",
        "Totals",
        "heading",
        "hourly-paid",
        "begin after",
        "Hidden",
    ):
        assert word in messages
    assert all(one.email.endswith("@benchside.example") for one in staff.people if one.email)


def test_about_240_technicians_under_more_than_a_hundred_titles() -> None:
    staff = read(OUT.read_bytes(), as_of=DAY)
    sorter = Sorter(Definition(1, STARTING_RULES), soc=TitleIndex([]), roles=TitleIndex([]))
    rulings = sorter.sort(staff.people).rulings
    found = [one for one in staff.people if rulings[one.key].verdict != Verdict.UNLIKELY]
    titles = Counter(plain_title(post.title) for one in found for post in one.posts)
    assert abs(len(found) - TECHNICIAN_COUNT) <= 5
    assert len(titles) > 100
