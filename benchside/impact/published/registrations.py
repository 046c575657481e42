"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.core.registries import PagePurge, Plain, page_purges
from benchside.impact.plans import tabs
from benchside.impact.published.events import PLAN_CHANGED, REPORT_CHANGED


def pages_of_plans(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/plans/*", "/charters/*", "/api/v1/plans*", "/sitemap.xml")


def pages_of_reports(payload: Mapping[str, Plain]) -> Iterable[str]:
    return (f"/charters/{payload['charter']}/analysis/*",)


# Sheets of a plan in the workspace: what everyone sees of it, and putting it on one's own site.
SHEETS = [("Public", "impact:plan_publish")]


def register() -> None:
    tabs.SHEETS += SHEETS
    page_purges.register(
        PagePurge(key="impact.plans", event=PLAN_CHANGED.key, addresses=pages_of_plans)
    )
    page_purges.register(
        PagePurge(key="impact.reports", event=REPORT_CHANGED.key, addresses=pages_of_reports)
    )
