"""Who ratifies for one professional body reads nothing of another's."""

from django.db.models import Q

from benchside.accounts.models import User
from benchside.assessment.narrowing import Narrowing
from benchside.organisations.models import Membership
from benchside.recognition.models import Entry, RegisterApplication


def _bodies(user: User) -> Q:
    here = Membership.objects.live().filter(user=user)
    return Q(body__in=here.values("organisation"))


def applications_elsewhere(user: User) -> Q:
    """Submissions that go through a body they are no member of."""
    others = RegisterApplication.objects.exclude(_bodies(user))
    return Q(pk__in=others.values("submission"))


def entries_elsewhere(user: User) -> Q:
    """Awards of somebody registered through a body they are no member of."""
    return Q(pk__in=Entry.objects.exclude(_bodies(user)).values("award"))


OF_ANOTHER_BODY = Narrowing(
    key="recognition.registers", submissions=applications_elsewhere, awards=entries_elsewhere
)
