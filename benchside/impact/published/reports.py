"""Write, publish and take down the report on all public plans of a charter."""

from collections.abc import Mapping

from django.utils import timezone

from benchside.core.actions import Actor, acting
from benchside.core.registries import publish
from benchside.impact.models import AnalysisReport, Charter
from benchside.impact.published import analysis, rules
from benchside.impact.published.events import REPORT_CHANGED

WRITTEN = ("title", "intro", "closing")


def write_report(
    *, actor: Actor, charter: Charter, year: int, words: Mapping[str, str]
) -> AnalysisReport:
    """Keep the words of a year's report; figures of a public one stay as they were published."""
    with acting("report.write", actor=actor, subject=charter, may=rules.can_report) as act:
        chosen = {name: words[name] for name in WRITTEN}
        report, is_new = AnalysisReport.objects.update_or_create(
            charter=charter, year=year, defaults=chosen
        )
        act.note(year=year, new=is_new)
        if report.published_at is not None:
            publish(REPORT_CHANGED.key, charter=charter.slug)
    return report


def publish_report(*, actor: Actor, report: AnalysisReport) -> None:
    """Put it before everyone with the figures of today; again, to bring them up to today."""
    with acting("report.publish", actor=actor, subject=report.charter, may=rules.can_report) as act:
        report.figures = analysis.of_charter(report.charter)
        report.published_at = timezone.now()
        report.save(update_fields=["figures", "published_at"])
        act.note(year=report.year)
        publish(REPORT_CHANGED.key, charter=report.charter.slug)


def take_down_report(*, actor: Actor, report: AnalysisReport) -> None:
    """Show it to nobody. Its words are kept."""
    with acting(
        "report.take_down", actor=actor, subject=report.charter, may=rules.can_report
    ) as act:
        report.published_at = None
        report.save(update_fields=["published_at"])
        act.note(year=report.year)
        publish(REPORT_CHANGED.key, charter=report.charter.slug)
