"""Whose awards the status of a signatory is: where it is shown, and who is written to about it."""

from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from benchside.assessment.awarding.offers import AwardHome
from benchside.assessment.models import Award, Submission
from benchside.assessment.rail import FormHome
from benchside.impact.charters import addresses, mails
from benchside.impact.models import Charter, Cycle, Signatory


def covers(standard: str) -> bool:
    found = Q(status_standard=standard) | Q(supporter_standard=standard)
    return Charter.objects.filter(found).exists()


def _signatory(award: Award) -> Signatory:
    found = Signatory.objects.select_related("charter", "organisation")
    return found.get(award=award)


def url_of(award: Award) -> str:
    return addresses.of_signatory(_signatory(award))


def renew_url_of(award: Award) -> str:
    """Where the organisation sees its stages: what keeps a status is the next of them."""
    held = _signatory(award)
    return reverse("impact:inside_charter", args=[held.organisation.slug, held.charter.slug])


def readers_of(award: Award) -> Sequence[str]:
    return sorted(one.email for one in mails.leads_of(_signatory(award)))


HOME = AwardHome(
    key="impact.charters",
    covers=covers,
    url=url_of,
    renew_url=renew_url_of,
    write_to=readers_of,
)


def sheet_of(submission: Submission) -> str:
    """The sheet of the charter whose stage a self-assessment is of."""
    found = Cycle.objects.filter(submission=submission).values_list(
        "signatory__organisation__slug", "signatory__charter__slug"
    )
    at = found.first()
    return reverse("impact:inside_charter", args=at) if at else ""


FORM_HOME = FormHome(key="impact.charters", url=sheet_of)
