"""A certificate for an entry: for a school's wall, with a line to write a name on by hand."""

from django.http import HttpResponse
from django.utils import timezone

from benchside.visibility.contests.setting import Certificate, certificate_pdf
from benchside.visibility.models import Entry


def response(entry: Entry) -> HttpResponse:
    """The PDF, to be kept by nobody on the way."""
    answer = HttpResponse(certificate_pdf(of(entry)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="certificate-{entry.number}.pdf"'
    return answer


def of(entry: Entry) -> Certificate:
    competition = entry.competition
    told = timezone.localtime(competition.results_at or competition.closes_at)
    return Certificate(
        competition=competition.title,
        school=entry.school,
        prizes=tuple(prize.title for prize in entry.prizes.all()),
        category=entry.category.title,
        ages=f"{entry.age_group}",
        number=str(entry.number),
        day=f"{told:%-d %B %Y}",
    )
