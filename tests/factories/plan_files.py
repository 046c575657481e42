"""Files that hold a plan, taken in and answered the way the pages do."""

from typing import Any

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.core.models import ImportRun
from benchside.impact.bringing import actions
from benchside.impact.bringing.building import preview_of
from benchside.impact.models import Plan, PlanFile
from tests.impact.bringing.messy import Rows, workbook

TRACK = {"g": "on-track", "a": "at-risk", "r": "off-track", "b": "complete"}


def taken_in(plan: Plan, lead: User, rows: Rows, name: str = "plan.xlsx", **words: Any) -> PlanFile:
    file = actions.take_in_file(
        actor=Actor.of(lead), plan=plan, data=workbook(Plan=rows), filename=name
    )
    if words:
        actions.answer_file(actor=Actor.of(lead), file=file, answers={"words": words})
    return file


def brought(file: PlanFile, lead: User, **said: Any) -> ImportRun:
    seen = preview_of(PlanFile.objects.select_related("plan__organisation").get(pk=file.pk)).digest
    return actions.bring_in(actor=Actor.of(lead), file=file, seen=seen, **said)
