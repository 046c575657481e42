"""The page on privacy says what the programs do: every number in it is one of theirs."""

import re
from datetime import timedelta

import pytest

from benchside.outreach.models import orders
from benchside.people import tasks as people
from benchside.visibility.campaigns.actions import pledges
from benchside.visibility.contests.actions import forgetting
from benchside.visibility.credit import actions as credit
from benchside.visibility.exhibitions.actions import stops
from benchside.visibility.models import contributions, story_parts
from benchside.visibility.photos import keeping
from benchside.visibility.stories import tasks as stories
from benchside.website.content import FOLDER

WORDS = {
    timedelta(days=7): "a week",
    timedelta(days=183): "half a year",
    timedelta(days=365): "a year",
    timedelta(days=3 * 365): "three years",
    timedelta(days=6 * 365 + 2): "six years",
}
PAGE = (FOLDER / "privacy.md").read_text()

SAID = [
    ("A story that is never sent is deleted after {}", story_parts.DRAFT_LIFE),
    ("One that we cannot use is deleted after {}", stories.KEEP_REFUSED),
    ("For {} we keep a note that there was a story", stories.KEEP_WITHDRAWN),
    ("The yes you signed we keep for {} after it ends", people.KEEP_ENDED),
    ("The yes you signed we keep for {} after that", people.KEEP_ENDED),
    ("{} later we delete your name and e-mail", orders.KEEP_CONTACT),
    ("An order you never say yes to is deleted after {}", orders.KEEP_UNCONFIRMED),
    ("We keep which school had how much for {}", orders.KEEP_ORDER),
    ("A photograph that is not used is deleted after {}", keeping.KEEP_REFUSED),
    ("hear nothing, it is deleted after {}", keeping.KEEP_UNANSWERED),
    ("on the wall we keep your e-mail for {} more", keeping.KEEP_ADDRESS),
    ("They are deleted {} after the day", pledges.KEEP_CONTACT),
    ("all of it is deleted after {}", pledges.KEEP_UNCONFIRMED),
    ("{} after the winners are told", forgetting.KEEP),
    ("They are deleted {} after the last day there", stops.KEEP_CONTACT),
    ("What a technician takes back is deleted after {}", credit.KEEP_WITHDRAWN),
]


@pytest.mark.parametrize(("sentence", "life"), SAID, ids=[said for said, _ in SAID])
def test_the_page_says_how_long(sentence: str, life: timedelta) -> None:
    words = WORDS.get(life, f"{life.days} days")
    assert re.search(re.escape(sentence).replace(r"\{\}", words), PAGE, re.IGNORECASE)


def test_a_letter_to_an_author_is_kept_a_month() -> None:
    assert contributions.LETTER_DAYS == 30
    assert "They are deleted when you answer, or after a month." in PAGE
