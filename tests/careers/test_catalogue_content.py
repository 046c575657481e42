"""What the hundred roles say: enough of their own words, plain ones, and true facts."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from benchside.careers.actions import FOLDER
from benchside.careers.catalogue_files import RoleShape, RouteShape, read
from benchside.careers.models import INTERESTS
from benchside.core.reading import grade

CATALOGUE = read(FOLDER)
ROLES = list(CATALOGUE.roles.values())
LIMIT = 6.5
FEWEST_WORDS = 150
LIKEST = 0.2  # of word triples two roles may share


def each_role() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("role", ROLES, ids=lambda role: role.slug)


def prose(role: RoleShape) -> str:
    words = role.words
    return "\n\n".join((words.what, words.where, words.takes, words.ways_in, words.next))


def everything(role: RoleShape) -> str:
    """All that a reader meets on the page, sentence by sentence."""
    moments = [f"{moment.title}.\n\n{moment.text}" for moment in role.day]
    whys = [kit.why for kit in role.kit]
    return "\n\n".join((role.sentence, prose(role), *moments, *role.lists.tasks, *whys))


def tokens(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def sentences(text: str) -> Iterator[str]:
    for one in re.split(r"(?<=[.!?])\s+|\n\n+", text):
        yield " ".join(tokens(one))


def test_there_are_a_hundred_roles_in_twelve_sectors() -> None:
    assert sorted(role.number for role in ROLES) == list(range(1, 101))
    assert len(CATALOGUE.sectors) == 12
    sizes = Counter(role.sector for role in ROLES)
    assert set(sizes) == {sector.slug for sector in CATALOGUE.sectors}
    assert min(sizes.values()) >= 4, sizes


@each_role()
def test_short_title_fits_a_tenth_of_the_sheet(role: RoleShape) -> None:
    """A longer word would be broken in the middle in its cell of the sheet of a hundred."""
    assert max(len(word) for word in re.split(r"[\s-]+", role.short)) <= 12, role.short


@each_role()
def test_role_has_words_of_its_own(role: RoleShape) -> None:
    assert len(tokens(prose(role))) >= FEWEST_WORDS


@each_role()
def test_role_is_plain_to_read(role: RoleShape) -> None:
    assert grade(prose(role)) <= LIMIT
    assert grade(everything(role)) <= LIMIT


@each_role()
def test_role_names_no_pay_and_no_share(role: RoleShape) -> None:
    text = everything(role) + " ".join((*role.other_names, *role.phrases))
    assert not re.search(r"[£€$%]|per cent|\bsalar|\bgrand\b|\ba year\b.*\bpay", text)


@each_role()
def test_role_has_no_hype(role: RoleShape) -> None:
    hype = r"\b(exciting|passionate|amazing|vital|crucial|dynamic|awesome|incredible)\b"
    assert not re.search(hype, everything(role), re.IGNORECASE)


@each_role()
def test_names_are_names_and_phrases_are_what_people_type(role: RoleShape) -> None:
    assert 3 <= len(role.other_names) <= 8
    assert 4 <= len(role.phrases) <= 8
    assert 40 <= len(role.sentence) <= 150
    for phrase in role.phrases:
        assert phrase[0].islower() or phrase.split()[0].isupper() or phrase[0].isdigit(), phrase
    names = [role.title, *role.other_names]
    assert len({name.casefold() for name in names}) == len(names)


def test_no_two_roles_are_alike() -> None:
    triples = {
        role.slug: {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
        for role in ROLES
        for words in [tokens(prose(role))]
    }
    likest = max(
        (len(a & b) / len(a | b), one, other)
        for (one, a), (other, b) in combinations(triples.items(), 2)
    )
    assert likest[0] < LIKEST, likest


def test_no_sentence_is_told_twice() -> None:
    told = Counter(
        sentence
        for role in ROLES
        for sentence in set(sentences(everything(role)))
        if len(sentence.split()) > 4
    )
    assert [sentence for sentence, times in told.items() if times > 1] == []


@pytest.mark.parametrize(
    ("vocabulary", "used"),
    [
        ("kit", {kit.term for role in ROLES for kit in role.kit}),
        ("skills", {slug for role in ROLES for slug in role.lists.skills}),
        ("subjects", {slug for role in ROLES for slug in role.lists.subjects}),
        ("settings", {slug for role in ROLES for slug in role.lists.settings}),
        ("routes", {way.route for role in ROLES for way in role.routes}),
        ("sources", {route.source for route in CATALOGUE.routes}),
    ],
)
def test_words_used_are_in_the_vocabulary(vocabulary: str, used: set[str]) -> None:
    assert used <= {term.slug for term in getattr(CATALOGUE, vocabulary)}


def test_each_kit_term_has_a_drawing() -> None:
    drawn = {path.stem for path in (FOLDER / "tools").glob("*.svg")}
    assert {kit.symbol for kit in CATALOGUE.kit} <= drawn


def test_all_four_nations_have_advice_of_their_own() -> None:
    assert {advice.nation for advice in CATALOGUE.advice} == {
        "england", "scotland", "wales", "northern-ireland",
    }  # fmt: skip
    assert len({advice.url for advice in CATALOGUE.advice}) == 4


# --- facts, against what others have published ----------------------------------------------------
@pytest.fixture(scope="module")
def soc(shared_data: Path) -> dict[str, str]:
    rows = table(shared_data / "soc2020" / "soc2020_unit_groups.csv")
    return {row["soc_2020"]: row["title"] for row in rows}


@pytest.fixture(scope="module")
def soc_index(shared_data: Path) -> set[tuple[str, str]]:
    rows = table(shared_data / "soc2020" / "soc2020_coding_index.csv")
    return {(row["soc_2020"], row["soc_2020_ext"]) for row in rows}


@pytest.fixture(scope="module")
def interests(shared_data: Path) -> dict[tuple[str, str], float]:
    rows = table(shared_data / "onet" / "onet_29_3_interests.csv")
    return {
        (row["O*NET-SOC Code"], row["Element Name"].lower()): float(row["Data Value"])
        for row in rows
        if row["Scale ID"] == "OI"
    }


@pytest.fixture(scope="module")
def occupations(shared_data: Path) -> dict[str, str]:
    rows = table(shared_data / "onet" / "onet_29_3_occupation_data.csv")
    return {row["O*NET-SOC Code"]: row["Title"] for row in rows}


@pytest.fixture(scope="module")
def standards(shared_data: Path) -> dict[str, dict[str, str]]:
    rows = table(shared_data / "pathways" / "apprenticeship_standards_merged_2021.csv")
    return {row["reference"]: row for row in rows}


@pytest.fixture(scope="module")
def t_levels(shared_data: Path) -> set[str]:
    rows = table(shared_data / "pathways" / "t_levels_2025.csv")
    return {row["title"].casefold() for row in rows}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@each_role()
def test_soc_code_is_the_published_one(
    role: RoleShape, soc: dict[str, str], soc_index: set[tuple[str, str]]
) -> None:
    assert soc.get(role.soc2020.code) == role.soc2020.title
    if role.soc2020.extension:
        assert (role.soc2020.code, role.soc2020.extension) in soc_index


@each_role()
def test_interests_are_onets(
    role: RoleShape, interests: dict[tuple[str, str], float], occupations: dict[str, str]
) -> None:
    assert role.onet.release == "29.3"
    assert occupations[role.onet.code] == role.onet.title
    ours = {name: getattr(role.onet, name) for name in INTERESTS}
    assert ours == {name: interests[role.onet.code, name] for name in INTERESTS}


def routes(*kinds: str) -> pytest.MarkDecorator:
    found = [route for route in CATALOGUE.routes if route.kind in kinds]
    assert found
    return pytest.mark.parametrize("route", found, ids=lambda route: route.slug)


@routes("apprenticeship", "higher", "degree")
def test_apprenticeship_is_the_published_standard(
    route: RouteShape, standards: dict[str, dict[str, str]]
) -> None:
    published = standards[route.reference]
    assert route.title.casefold() == published["title"].strip().casefold()
    assert route.url.endswith(f"/apprenticeships/{route.reference.lower()}")
    if published["level"]:
        assert route.level == int(published["level"])
    if published["typical_duration_months_2018"] and route.months:
        assert route.months == int(published["typical_duration_months_2018"])


@routes("t-level")
def test_t_level_exists(route: RouteShape, t_levels: set[str]) -> None:
    assert route.title.casefold() in t_levels
    assert (route.level, route.nation) == (3, "england")


def test_every_route_opens_a_role_and_has_one_slug() -> None:
    named = {way.route for role in ROLES for way in role.routes}
    assert named == {route.slug for route in CATALOGUE.routes}


def test_route_is_said_to_be_as_old_as_its_data() -> None:
    known = {"dfe-standards-2021": 2021, "t-levels-2025": 2025}
    assert {
        route.slug for route in CATALOGUE.routes if route.as_of.year != known[route.source]
    } == set()


# --- what each nation has ---------------------------------------------------------------------
@pytest.mark.parametrize("nation", ["england", "scotland", "wales", "northern-ireland"])
def test_each_nation_has_ways_in_of_its_own_in_plain_words(nation: str) -> None:
    ways = [way for way in CATALOGUE.ways if way.nation == nation]
    text = "\n\n".join(f"{way.sentence}\n\n{way.entry}\n\n{way.after}" for way in ways)
    assert {way.starts < 18 for way in ways} == {True, False}
    assert grade(text) <= LIMIT
    advice = next(one for one in CATALOGUE.advice if one.nation == nation)
    assert grade("\n\n".join(advice.change_of_mind)) <= LIMIT
    assert not re.search(r"\d{4}|[£%]|per cent", text), "general words name no year and no figure"


def test_no_kind_of_way_in_of_england_is_told_elsewhere() -> None:
    told = " ".join(
        f"{way.name} {way.sentence} {way.entry} {way.after}"
        for way in CATALOGUE.ways
        if way.nation != "england"
    ) + " ".join(
        " ".join(one.change_of_mind) for one in CATALOGUE.advice if one.nation != "england"
    )
    assert not re.search(r"T Level|V Level|technical qualification|England", told)
