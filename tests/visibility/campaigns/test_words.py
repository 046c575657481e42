"""Words to share, what to do when, and when a school is reminded: plain values in and out."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.reading import grade
from benchside.visibility.campaigns import plan
from benchside.visibility.campaigns.kit import words
from benchside.visibility.campaigns.messages import LONG, SHORT, Said, messages

DAY = datetime.date(2027, 3, 12)
SAID = Said(
    campaign="Made-Up Day",
    day="Friday 12 March 2027",
    message="They make it happen.",
    tags=["#MADEUPDAY", "#ThankThem"],
    address="https://benchside.example/campaigns/made-up-day/2027/",
)


def by_key(said: Said) -> dict[str, str]:
    return {one.key: one.words for one in messages(said)}


def test_every_channel_says_when_and_where() -> None:
    for words_of_one in by_key(SAID).values():
        assert "Friday 12 March 2027" in words_of_one
        assert SAID.address in words_of_one


def test_what_the_team_wrote_goes_as_it_is() -> None:
    written = Said(**{name: getattr(SAID, name) for name in SAID.__slots__} | {"short": "Ours."})
    assert by_key(written)["short"] == "Ours. #MADEUPDAY #ThankThem"


def test_a_hashtag_that_stands_in_the_words_is_not_added_again() -> None:
    fields = {name: getattr(SAID, name) for name in SAID.__slots__}
    written = Said(**fields | {"short": "Say it with #MadeUpDay today."})
    assert by_key(written)["short"] == "Say it with #MadeUpDay today. #ThankThem"


@given(
    st.text(min_size=1, max_size=80),
    st.text(min_size=1, max_size=200),
    st.lists(st.from_regex(r"#[A-Za-z0-9]{1,30}", fullmatch=True), max_size=5),
    st.text(max_size=200),
)
def test_a_post_always_fits_its_channel(
    campaign: str, message: str, tags: list[str], school: str
) -> None:
    said = Said(
        campaign=campaign,
        day="Friday 12 March 2027",
        message=message,
        tags=tags,
        address=SAID.address,
        school=school,
    )
    found = by_key(said)
    assert len(found["short"]) <= SHORT
    assert len(found["long"]) <= LONG


def test_what_pupils_read_is_easy() -> None:
    about = words.About(
        campaign="Made-Up Day",
        day="Friday 12 March 2027",
        hashtags=SAID.tags,
        message=SAID.message,
        address="benchside.example",
        school="Northmoor High School",
    )
    slides = words.of_piece(words.PIECES["slides"], about)["slides"]
    text = " ".join(
        line if line.endswith("?") else f"{line.rstrip('.')}."
        for one in slides
        for line in (one["heading"], *one["lines"])
    )
    assert grade(text) <= 6.5
    steps = (step for part in plan.PARTS for step in part.steps)
    assert grade(" ".join(f"{step.what}. {step.how}" for step in steps)) <= 6.5


# --- the plan -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days_before", "kind"),
    [
        (29, ""), (28, "four-weeks"), (20, "four-weeks"), (8, "four-weeks"), (7, "one-week"),
        (2, "one-week"), (1, "day-before"), (0, "morning"), (-1, ""),
    ],
)  # fmt: skip
def test_the_latest_reminder_that_is_due(days_before: int, kind: str) -> None:
    assert plan.due(DAY, DAY - datetime.timedelta(days=days_before)) == kind


@pytest.mark.parametrize(
    ("days_before", "said"),
    [(0, "today"), (1, "tomorrow"), (5, "in 5 days"), (105, "in 15 weeks"), (-1, "")],
)
def test_the_countdown_in_words(days_before: int, said: str) -> None:
    assert plan.countdown(DAY, DAY - datetime.timedelta(days=days_before)) == said


def test_a_programme_is_put_in_order() -> None:
    found = plan.programme("15:00 Thank you\n\n 9.05 Assembly: six slides \n")
    assert [(one["time"], one["title"], one["text"]) for one in found] == [
        ("09:05", "Assembly", "Six slides"),
        ("15:00", "Thank you", ""),
    ]


@pytest.mark.parametrize("line", ["Assembly at nine", "25:00 Late", "09:61 No", "09:00"])
def test_a_line_without_a_time_is_named(line: str) -> None:
    with pytest.raises(plan.BadProgramme, match="does not begin with a time"):
        plan.programme(f"09:00 Assembly\n{line}")


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(plan.BadProgramme, match="At most 16"):
        plan.programme("09:00 Again\n" * 17)
