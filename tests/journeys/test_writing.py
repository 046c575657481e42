"""Two people write one answer at once, on phones; neither loses a word."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

pytestmark = pytest.mark.services
PHONE = 390
# A submission of the made-up university under the made-up mark, with two who write all of it.
BEGIN = """
import tomllib
from benchside.accounts.models import User
from benchside.assessment.actions import add_contributor, begin_submission
from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM
from benchside.organisations.models import Organisation
from pathlib import Path
version = load_standard(actor=SYSTEM, standard=read(Path("tests/assessment/made_up.toml")))
if version.state == "draft":
    publish_standard(actor=SYSTEM, version=version)
place = Organisation.objects.get(slug="made-up-university")
one = begin_submission(actor=SYSTEM, version=version, organisation=place, level="plain")
for name in ("champion", "manager"):
    user = User.objects.get(email=f"{name}@benchside.example")
    add_contributor(actor=SYSTEM, submission=one, user=user)
"""


def open_question(as_: Callable[..., Page], site: Site, who: str) -> Page:
    page = as_(who, width=PHONE)
    page.goto(f"{site.address}/forms/")
    page.get_by_role("link", name="The tidy bench mark").first.click()
    page.get_by_role("link", name="Go on writing").click()
    expect(page.get_by_label("Your statement")).to_be_visible()
    return page


def test_two_on_phones_write_one_answer_and_lose_nothing(
    as_: Callable[..., Page], site: Site, axe: Callable[[Any], list[str]]
) -> None:
    site.manage("shell", "-c", BEGIN)
    one, other = open_question(as_, site, "champion"), open_question(as_, site, "manager")
    assert axe(one) == []
    assert width_of(one) == PHONE
    one.get_by_label("Your statement").press_sequentially("The vice stands on it.")
    expect(one.locator("#status")).to_have_text(re.compile(r"Saved \d\d:\d\d"))  # by itself
    other.get_by_label("Your statement").press_sequentially("A lamp does too.")
    expect(other.get_by_text("You both wrote in one place")).to_be_visible()
    both = other.get_by_label("Your statement")
    expect(both).to_have_value("A lamp does too. The vice stands on it.")
    both.press_sequentially(" All else is put away.")
    other.get_by_role("button", name="Save and go on").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("It is mended")

    # The first goes on from their own older words while the site is out of reach, and is joined.
    one.context.set_offline(True)
    one.get_by_label("Your statement").press_sequentially(" It is oiled.")
    expect(one.locator("#status")).to_contain_text("no connection")
    one.context.set_offline(False)
    one.get_by_label("Your statement").press_sequentially(" Daily.")
    expect(one.get_by_text("Somebody else saved meanwhile")).to_be_visible()
    expect(one.get_by_label("Your statement")).to_have_value(re.compile("lamp does too"))
    text = one.get_by_label("Your statement").input_value()
    for words in ("vice stands on it", "lamp does too", "put away", "It is oiled", "Daily"):
        assert text.count(words) == 1, text
    assert axe(one) == []
    one.get_by_role("link", name="Earlier versions").click()
    expect(one.get_by_role("heading", level=1)).to_have_text("Earlier versions")
    assert axe(one) == []
