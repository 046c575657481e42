"""What a mark puts into an application: the hours sheet, and that there is an order number."""

from collections.abc import Sequence

from django.urls import reverse

from benchside.assessment.annexes import Annex, Table
from benchside.assessment.models import Submission
from benchside.recognition.enums import Subject
from benchside.recognition.marks.actions import as_line
from benchside.recognition.marks.service_factor import (
    REFERENCE,
    REFERENCE_SOURCE,
    Line,
    Worked,
    hours_a_year,
    work_out,
)
from benchside.recognition.models import Application, SubjectHours, TaughtHours

COLUMNS = ("Subject", "Technicians", "Hours a week", "Weeks a year")


def lines_of(submission: Submission) -> list[Line]:
    order = list(Subject.values)
    found = [as_line(one) for one in SubjectHours.objects.filter(submission=submission)]
    return sorted(found, key=lambda one: order.index(one.subject))


def worked_of(submission: Submission) -> Worked | None:
    taught = TaughtHours.objects.filter(submission=submission).first()
    return work_out(lines_of(submission), taught.hours) if taught else None


def hours_tables(submission: Submission) -> Sequence[Table]:
    lines = lines_of(submission)
    rows = tuple(
        (str(Subject(one.subject).label), str(one.people), f"{one.hours.normalize():f}",
         str(one.weeks))
        for one in lines
    )  # fmt: skip
    tables = [Table(title="Paid hours of technicians", columns=COLUMNS, rows=rows)]
    if worked := worked_of(submission):
        verdict = "yes" if worked.is_adequate else f"no, {worked.short} hours a week are missing"
        tables.append(
            Table(
                title="Technician hours for each hour of science",
                columns=("What", "Figure"),
                rows=(
                    ("Technician hours a week, in term", str(worked.science_hours)),
                    ("Hours of science taught a week", f"{worked.taught.normalize():f}"),
                    ("Technician hours for each hour taught", str(worked.factor)),
                    (f"At least {REFERENCE} ({REFERENCE_SOURCE})", verdict),
                    ("Paid hours a year, all subjects", f"{hours_a_year(lines).normalize():f}"),
                ),
            )
        )
    return tables


def hours_gaps(submission: Submission) -> Sequence[str]:
    lines = lines_of(submission)
    if not lines:
        return ["Fill in the hours sheet: one row for each subject with a technician."]
    has_science = any(one.subject == Subject.SCIENCE for one in lines)
    if has_science and not TaughtHours.objects.filter(submission=submission).exists():
        return ["Say how many hours of science lessons there are in a week."]
    return []


def hours_concerns(submission: Submission) -> Sequence[str]:
    worked = worked_of(submission)
    if worked is None or worked.is_adequate:
        return []
    return [
        f"There are {worked.factor} technician hours for each hour of science, below {REFERENCE}. "
        f"{worked.short} hours a week are missing."
    ]


def hours_url(submission: Submission) -> str:
    slug = submission.organisation.slug if submission.organisation else ""
    return reverse("recognition:hours", args=[slug, submission.key])


def no_tables(_: Submission) -> Sequence[Table]:
    """An order number is the office's, not a part of what the head signs."""
    return ()


def order_gaps(submission: Submission) -> Sequence[str]:
    application = Application.objects.filter(submission=submission).first()
    if application is None or application.order_number or application.is_free:
        return []
    return ["Give the purchase order number: without it nobody can begin to read."]


def order_url(submission: Submission) -> str:
    slug = submission.organisation.slug if submission.organisation else ""
    return reverse("recognition:inside_marks", args=[slug])


ANNEXES = (
    Annex(
        key="recognition.hours",
        title="Hours sheet",
        tables=hours_tables,
        url=hours_url,
        gaps=hours_gaps,
        concerns=hours_concerns,
        order=10,
    ),
    Annex(
        key="recognition.order",
        title="Purchase order",
        tables=no_tables,
        url=order_url,
        gaps=order_gaps,
        order=20,
    ),
)
