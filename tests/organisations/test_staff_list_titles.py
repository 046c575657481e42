"""Job titles matched to the ONS coding index and sorted by a definition."""

import csv
from pathlib import Path

import pytest

from benchside.organisations.staff_list import (
    STARTING_RULES,
    About,
    BadDefinition,
    By,
    Definition,
    Entry,
    Facts,
    Person,
    Post,
    Rule,
    Sorter,
    TitleIndex,
    Verdict,
    compare_definitions,
    plain_title,
)
from benchside.organisations.staff_list.definition import LEAST_SCORE

SMALL = TitleIndex(
    [
        Entry("Technician, laboratory", "3111"),
        Entry("Technician", "3119"),
        Entry("Technician", "2312", industry="further education"),
        Entry("Technician", "3111", additional="laboratory, chemical"),
        Entry("Demonstrator", "7129"),
        Entry("Demonstrator", "2311", industry="higher education, university"),
        Entry("Theatre assistant", "6131", industry="hospital service"),
        Entry("Theatre assistant", "6211", industry="entertainment"),
        Entry("Specialist, product", "}}}}"),
    ]
)
NONE = TitleIndex([])
TECHNICIAN, LIKELY, UNLIKELY = Verdict


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Snr. Lab Tech (Grade 6, 0.6 FTE)", "senior laboratory technician"),
        ("  LABORATORY   TECHNICIAN ", "laboratory technician"),
        ("Technician – part time", "technician"),
        ("A/V Technician G5", "av technician"),
        ("Audio-Visual Technicians", "av technician"),
        ("Head of Technical Services", "head of technical services"),
        ("Café Assistant", "cafe assistant"),
        ("Grade 6", "grade 6"),
        ("技師", ""),
    ],
)
def test_titles_are_compared_without_grades_terms_and_abbreviations(title, plain) -> None:
    assert plain_title(title) == plain


def test_a_title_is_found_either_way_round_with_a_score_and_a_reason() -> None:
    found = SMALL.match("Laboratory Technician")
    assert (found.code, found.score, found.entry) == ("3111", 1.0, "Technician, laboratory")
    senior = SMALL.match("Senior Lab Technician")
    assert (senior.code, senior.score) == ("3111", 0.95)
    assert "senior" in senior.reason


def test_the_industry_nearest_ours_decides_between_codes() -> None:
    assert SMALL.match("Demonstrator").code == "2311"
    # Further education is an industry of ours too, but a plain entry stands beside it.
    assert SMALL.match("Theatre Assistant").score < LEAST_SCORE
    assert SMALL.match("Theatre Assistant").others


def test_what_is_not_there_is_not_guessed() -> None:
    assert SMALL.match("Bursar") is None
    assert SMALL.match("") is None
    assert SMALL.match("Product specialist") is None  # the index only points elsewhere
    assert NONE.match("Technician") is None


def test_confident_matches_agree_with_codes_looked_up_by_hand(shared_data: Path) -> None:
    """`roles_facts.csv` names the code of 100 roles, chosen by a person with the same index."""
    with (shared_data / "soc2020" / "soc2020_coding_index.csv").open(newline="") as file:
        index = TitleIndex(
            Entry(row["index_occupation"], row["soc_2020"], row["additional"], row["industry"])
            for row in csv.DictReader(file)
        )
    with (shared_data / "roles_facts.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["soc2020_code"].isdigit()]
    found = [(row["soc2020_code"], index.match(row["title"])) for row in rows]
    sure = [(code, match.code) for code, match in found if match and match.score >= LEAST_SCORE]
    right = sum(code == matched for code, matched in sure)
    assert len(sure) >= 0.6 * len(rows)
    assert right >= 0.96 * len(sure)


# --- definition ----------------------------------------------------------------------------------
def ruling(title: str, **facts: str):
    return Definition(1, STARTING_RULES).ruling(Facts(title, **facts))


@pytest.mark.parametrize(
    ("title", "facts", "verdict"),
    [
        ("Senior Laboratory Technician", {}, TECHNICIAN),
        ("Animal Technologist", {}, TECHNICIAN),
        ("Technical Officer", {"family": "Technical"}, TECHNICIAN),
        ("Analyst", {"soc": "3111"}, TECHNICIAN),
        ("Experimental Officer", {}, LIKELY),
        ("Precision Machinist", {"soc": "5221"}, LIKELY),
        ("Lecturer in Laboratory Science", {"family": "Technical"}, UNLIKELY),
        ("Technical Author", {}, UNLIKELY),
        ("Porter", {"soc": "9253"}, UNLIKELY),
    ],
)
def test_the_rules_an_organisation_begins_with(title, facts, verdict) -> None:
    assert ruling(title, **facts).verdict == verdict


def test_the_first_rule_that_fits_decides_and_is_named() -> None:
    rules = (
        Rule(About.UNIT, ("Library",), UNLIKELY),
        Rule(About.GRADE, ("Grade 6", "Grade 7"), LIKELY),
        Rule(About.TITLE, ("technician",), TECHNICIAN),
    )
    first = Definition(1, rules).ruling(Facts("Technician", unit_above="library", grade="GRADE 6"))
    assert (first.verdict, first.by, first.rule) == (UNLIKELY, By.RULE, 1)
    assert "Library" in first.reason
    turned = Definition(2, rules[::-1]).ruling(Facts("Technician", unit="Library"))
    assert (turned.verdict, turned.rule) == (TECHNICIAN, 1)
    assert Definition(3, rules).ruling(Facts("Cook")).by == By.NO_RULE


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (None, "no rules"),
        ([{"about": "shoe size", "words": ["9"], "verdict": "technician"}], "Rule 1"),
        ([{"about": "title", "words": [], "verdict": "technician"}], "no words|empty"),
        ([{"about": "title", "words": ["a", " "], "verdict": "technician"}], "empty"),
        ([{"about": "title", "words": "technician", "verdict": "technician"}], "no words"),
        ([{"about": "soc", "words": ["31x"], "verdict": "technician"}], "SOC"),
        ([{"about": "soc", "words": ["³"], "verdict": "technician"}], "SOC"),
        ([{"about": "title", "words": ["…"], "verdict": "technician"}], "letters"),
        ([{"about": "title", "words": ["x"], "verdict": "maybe"}], "Rule 1"),
        (["technician"], "Rule 1"),
        ([{"about": "title", "words": ["x"], "verdict": "likely"}] * 101, "more than 100"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused_by_number(rules, said) -> None:
    with pytest.raises(BadDefinition, match=said):
        Definition.from_json({"version": 1, "rules": rules})


def test_a_definition_survives_being_stored() -> None:
    made = Definition(3, STARTING_RULES, LIKELY)
    assert Definition.from_json(made.as_json()) == made


# --- people sorted -------------------------------------------------------------------------------
def person(number: str, *titles: str, soc: str | None = None, grade: str = "") -> Person:
    posts = tuple(
        Post(None, title, "Physics", None, None, grade, soc, 1, None, None, None, None, None)
        for title in titles
    )
    return Person(f"number:{number}", number, None, None, None, None, None, None, posts)


def sorter(rules=STARTING_RULES, **known) -> Sorter:
    return Sorter(Definition(1, tuple(rules)), soc=SMALL, roles=NONE, **known)


def test_ones_own_word_wins_over_decisions_and_rules() -> None:
    people = [person("1", "Technician"), person("2", "Cook"), person("3", "Technician")]
    known = {
        "decisions": {"technician": UNLIKELY, "cook": TECHNICIAN},
        "own_words": {"number:1": TECHNICIAN},
    }
    found = sorter(**known).sort(people).rulings
    assert [(one.verdict, one.by) for one in found.values()] == [
        (TECHNICIAN, By.OWN_WORD),
        (TECHNICIAN, By.DECISION),
        (UNLIKELY, By.DECISION),
    ]


def test_the_best_of_two_posts_counts() -> None:
    assert sorter().ruling(person("1", "Lecturer", "Technician")).verdict == TECHNICIAN


def test_titles_nothing_decides_wait_once_and_a_decision_ends_it() -> None:
    people = [
        person("1", "Dark Arts Wrangler"),
        person("2", "DARK ARTS  Wrangler (Grade 5)"),
        person("3", "Demonstrator"),  # the index knows it, and no rule wants it
        person("4", "Workshop Manager"),
    ]
    waiting = sorter().sort(people).waiting
    assert [(one.plain, one.likely, one.people) for one in waiting] == [
        ("workshop manager", True, 1),
        ("dark arts wrangler", False, 2),
    ]
    assert len(waiting[1].spellings) == 2
    decided = sorter(decisions={"dark arts wrangler": TECHNICIAN, "workshop manager": UNLIKELY})
    assert not decided.sort(people).waiting
    assert decided.sort(people).counts() == {TECHNICIAN: 2, LIKELY: 0, UNLIKELY: 2}


def test_a_matched_code_counts_where_the_file_has_none_and_never_against_it() -> None:
    by_code = [Rule(About.SOC, ("3111",), TECHNICIAN)]
    assert sorter(by_code).ruling(person("1", "Lab Technician")).verdict == TECHNICIAN
    assert sorter(by_code).ruling(person("1", "Lab Technician", soc="311")).verdict == TECHNICIAN
    assert sorter(by_code).ruling(person("1", "Lab Technician", soc="2112")).verdict == UNLIKELY


def test_two_definitions_are_compared_on_the_same_people() -> None:
    people = [person("1", "Technician"), person("2", "Cook"), person("3", "Porter")]
    wider = [*STARTING_RULES[:2], Rule(About.TITLE, ("cook",), TECHNICIAN)]
    narrower = [Rule(About.TITLE, ("cook",), TECHNICIAN)]
    found = compare_definitions(people, sorter(), sorter(wider))
    assert [one.key for one in found.enters] == ["number:2"]
    assert (found.leaves, found.unchanged, found.by_rule) == ([], 2, {(By.RULE, 3): 1})
    found = compare_definitions(people, sorter(), sorter(narrower))
    assert [one.key for one in found.leaves] == ["number:1"]
    assert found.by_rule == {(By.RULE, 1): 1, (By.RULE, 2): 1}
