"""Somebody is nominated, says yes on a phone, comes onto the shortlist, and wins at the hour."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.deciding import on_a_phone

PHONE = 390
ROUND = "/nominations/made-up-prize/"
CANDY = "Candy Made-Up"
# Writing, judging and ratifying are the engine's, and other journeys press them.
FIND = """
from benchside.core.actions import Actor
from benchside.recognition.models import Nomination
from tests.factories import nominations as made
one = Nomination.objects.get(name="Candy Made-Up")
"""
WRITE_AND_JUDGE = FIND + 'made.judged(made.sent_in(one), "outstanding", "strong")'
# The days of a round are long. All but the hour itself is as the site does it.
DECIDE_AND_WAIT = (
    FIND
    + """
from datetime import timedelta
from django.utils import timezone
from benchside.assessment.actions import ratify_decision, recommend_decision
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.models import Duty
from benchside.recognition.models import NominationRound
from benchside.recognition.nominations.tasks import name_winners
from tests.factories.people import person
board = person("board@prize.example")
Duty.objects.create(user=board, standard=made.STANDARD, kind=DutyKind.RATIFY)
decision = recommend_decision(actor=Actor.of(made.an_officer()), submission=one.submission,
                              outcome=DecisionOutcome.APPROVE, reasons="Points. Made up.")
ratify_decision(actor=Actor.of(board), decision=decision)
today = timezone.localdate()
NominationRound.objects.filter(pk=one.round_id).update(
    closes_on=today - timedelta(days=2), shortlist_on=today - timedelta(days=1),
    announce_at=timezone.now())
name_winners.func()
"""
)


def test_from_a_nomination_to_a_winner(
    as_: Callable[..., Page],
    visit: Callable[..., Page],
    site: Site,
    axe: Callable[[Any], list[str]],
) -> None:
    lead = as_("lead")
    lead.goto(site.address + ROUND)
    lead.get_by_role("link", name="Nominate somebody").click()
    on_a_phone(lead, axe)
    lead.get_by_label("Work in research").check()
    lead.get_by_label(re.compile("^Their name")).fill(CANDY)
    lead.get_by_label(re.compile("e-mail", re.I)).fill("candidate@benchside.example")
    lead.get_by_label(re.compile("^Why")).fill("She mends what others throw away. Made up.")
    lead.get_by_role("button", name="Ask them").click()

    letter = site.letter_to("candidate@benchside.example", holding="/nominations/yes/")
    link = re.search(r"https?://\S+/nominations/yes/\S+", letter)
    assert link
    nominee = as_("candidate", width=PHONE)
    nominee.goto(link.group())
    expect(nominee.get_by_text("She mends what others throw away.")).to_be_visible()
    assert axe(nominee) == []
    nominee.get_by_role("button", name="Yes, I agree").click()
    expect(nominee.get_by_role("heading", level=1)).to_have_text("Thank you")

    lead.goto(f"{site.address}/my/nominations/")
    expect(lead.get_by_role("link", name=f"Write it for {CANDY}")).to_be_visible()
    site.manage("shell", "-c", WRITE_AND_JUDGE)

    officer = as_("mark-officer")
    officer.goto(f"{site.address}/assess/nominations/")
    officer.get_by_role("link", name="Made-up technician prize").click()
    on_a_phone(officer, axe)
    officer.get_by_role("button", name=f"Put on the shortlist: {CANDY}").click()
    expect(officer.get_by_text(f"{CANDY} is on the shortlist.")).to_be_visible()
    expect(officer.get_by_role("heading", name="Not decided")).to_be_visible()
    public = visit(ROUND, width=PHONE)
    expect(public.get_by_text(CANDY)).to_have_count(0)  # before its day

    site.manage("shell", "-c", DECIDE_AND_WAIT)
    public.reload()
    winner = public.get_by_role("listitem").filter(has_text=CANDY)
    expect(winner.get_by_text("Winner")).to_be_visible()
    assert axe(public) == []
    site.letter_to("candidate@benchside.example", holding="Made-up technician prize")
