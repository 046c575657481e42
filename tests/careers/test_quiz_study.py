"""What the quiz claims of itself, proved over the real catalogue and O*NET's own files."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchside.careers.live import live_catalogue
from benchside.careers.management.commands import quiz_study
from benchside.careers.models import Role
from benchside.careers.quiz import study
from benchside.careers.quiz.answers import Answers
from benchside.careers.quiz.engine import matcher, result_for
from benchside.careers.quiz.matching import Matcher
from benchside.careers.quiz.onet import read_interests
from benchside.careers.quiz.version import current

ASKED = current()


@pytest.fixture
def over(catalogue: None) -> Matcher:
    return matcher(live_catalogue(), ASKED.name)


def test_interest_codes_agree_with_published_high_points(shared_data: Path) -> None:
    """O*NET publishes the high-points itself (scale IH): a value from outside."""
    published = read_interests(shared_data / "onet" / "onet_29_3_interests.csv")
    assert len(published) == 923
    chief = published["11-1011.00"]
    assert chief.interests == (1.3, 3.24, 2.08, 3.52, 6.88, 5.0)
    assert chief.high_points == (5, 6, 0)
    agreed = sum(study.agrees(one.interests, one.high_points) for one in published.values())
    assert agreed >= 921


def test_ten_thousand_readers_by_chance(over: Matcher) -> None:
    found = study.exposure(over)
    assert found.readers == 10_000
    assert found.short == 0
    assert found.never == []
    assert sum(found.shown.values()) == 60_000
    assert found.gini < 0.20
    assert found.share_of_commonest() <= 0.15


def test_the_evenness_is_not_of_one_seed(over: Matcher) -> None:
    """The norms were set by other readers than these."""
    for seed in (1, 77):
        found = study.exposure(over, 4_000, seed)
        assert found.never == []
        assert found.gini < 0.20
        assert found.share_of_commonest() <= 0.15


def test_each_role_is_found_by_its_own_answers(over: Matcher) -> None:
    assert len(study.missed(over)) <= 5


def test_a_second_release_of_onet_moves_little(over: Matcher, shared_data: Path) -> None:
    old = read_interests(shared_data / "onet" / "onet_29_3_interests.csv")
    new = read_interests(shared_data / "onet" / "onet_2026_02_interests.tsv")
    codes = {role.slug: role.onet_code for role in live_catalogue().roles}
    before, after = (
        Matcher(
            study.with_values(
                over.profiles, {slug: of[code].interests for slug, code in codes.items()}
            ),
            ASKED,
        )
        for of in (old, new)
    )
    found = study.agreement(before, after, 1_000)
    assert found.places_shared >= 5
    assert found.same_first >= 700


def test_gini_is_the_textbooks() -> None:
    """Incomes 1, 2, 3, 4: 0.25; all to one of four: 0.75; all the same: 0."""
    for times, gini in (((1, 2, 3, 4), 0.25), ((0, 0, 0, 9), 0.75), ((5, 5, 5, 5), 0.0)):
        shown = {str(place): count for place, count in enumerate(times)}
        assert study.Exposure(1, shown, 0).gini == pytest.approx(gini)


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("kinds", "subjects", "switches", "expected"),
    [
        (
            {"investigative"},
            ("biology", "chemistry"),
            {"indoors": "indoors"},
            {"microbiology-technician", "laboratory-technician", "healthcare-laboratory-technician",
             "university-research-technician", "anatomical-pathology-technician"},
        ),
        (
            {"artistic"},
            ("music", "drama"),
            {},
            {"sound-technician", "lighting-technician", "theatre-technician",
             "musical-instrument-technician"},
        ),
        (
            {"realistic"},
            ("geography",),
            {"indoors": "outdoors"},
            {"forestry-technician", "wind-turbine-technician", "power-network-technician",
             "rail-engineering-technician"},
        ),
        (
            {"social"},
            ("health-and-social-care", "biology"),
            {"people": "people"},
            {"ambulance-technician", "veterinary-nurse", "hearing-aid-dispenser"},
        ),
        (
            {"conventional"},
            ("computing", "maths"),
            {"hands": "screen"},
            {"data-technician", "cyber-security-technician", "software-development-technician",
             "it-support-technician"},
        ),
    ],
)  # fmt: skip
def test_a_reader_with_a_bent_sees_roles_anybody_would_expect(
    kinds: set[str], subjects: tuple[str, ...], switches: dict[str, str], expected: set[str]
) -> None:
    cards = {card.slug: 2 if card.type in kinds else 0 for card in ASKED.cards}
    result = result_for(Answers(ASKED.name, cards, subjects, switches))
    assert len(expected & {pick.slug for pick in result.picks}) >= 2
    assert result.picks[0].band.pips >= 2


def test_the_catalogue_is_asked_once_a_request(
    catalogue: None, django_assert_num_queries: object
) -> None:
    live_catalogue()
    with django_assert_num_queries(1):  # type: ignore[operator]
        result_for(Answers(ASKED.name, {"calm-dog": 2, "cake-stall": 0}))
    live = live_catalogue()
    with django_assert_num_queries(0):  # type: ignore[operator]
        result_for(Answers(ASKED.name, {"calm-dog": 2}), live)


# --- the command, and what the guide says of it ---------------------------------------------------
def test_the_command_prints_and_writes_the_figures(
    catalogue: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text("Before\n<!-- figures -->\nold\n<!-- /figures -->\nAfter\n")
    monkeypatch.setattr(quiz_study, "GUIDE", guide)
    out = StringIO()
    call_command(
        "quiz_study", readers=200, onet=tmp_path / "none", write=True, stdout=out, stderr=StringIO()
    )
    assert "| a role's own answers put it among the six | 100 of 100 |" in out.getvalue()
    assert guide.read_text().startswith("Before\n<!-- figures -->\n| what | measured | goal |\n")
    assert guide.read_text().endswith("<!-- /figures -->\nAfter\n")
    assert "old" not in guide.read_text()


def test_the_command_says_what_to_do_without_roles(catalogue: None) -> None:
    Role.objects.all().delete()
    with pytest.raises(CommandError, match="load_catalogue"):
        call_command("quiz_study")


def test_the_guide_says_what_is_measured(over: Matcher) -> None:
    """The figures of the guide are those of this code and this catalogue."""
    text = quiz_study.GUIDE.read_text()
    found = study.exposure(over)
    said = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]* \|$", text, re.M))
    assert said["Gini coefficient of how often a role is shown"] == f"{found.gini:.3f}"
    assert said["roles reached"] == f"{100 - len(found.never)} of 100"
    commonest = said["share of all places taken by the ten commonest roles"]
    assert commonest == f"{found.share_of_commonest():.1%}"
