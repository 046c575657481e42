"""Technicians of the made-up university who have claimed their records, and one who has not yet."""

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.organisations.actions.claims import invite_to_claim
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.staff.indexes import role_index
from benchside.people import demo as people

GONE = "Gone-"  # surnames of those who leave before the newest list
EVERY = 3  # claims are spread over the list: one of so many


def claim_records(university: Organisation, count: int) -> None:
    """Let so many more people of the list take up their records and fill them in."""
    waiting = (
        Employment.objects.current()
        .filter(organisation=university, technician__account=None)
        .filter(technician__work_email__endswith=DEMONSTRATION_DOMAIN)
        .exclude(technician__name__contains=GONE)
        .select_related("technician")
        .prefetch_related("posts")
        .order_by("pk")
    )
    before = Employment.objects.filter(
        organisation=university, technician__account__isnull=False
    ).count()
    for place, one in enumerate(list(waiting)[::EVERY][:count], start=before):
        _claim(one, place)


def _claim(one: Employment, place: int) -> None:
    technician = one.technician
    local = technician.work_email.removesuffix(DEMONSTRATION_DOMAIN)
    user = accounts.create_people(password=None, people=[Made(local, technician.name)])[0]
    people.claim(user, technician)
    match = role_index().match(one.posts.all()[0].title)
    people.fill_in(
        user,
        place=place,
        role=match.code if match else "",
    )


def first_to_claim(university: Organisation) -> list[Made]:
    """A technician with an open profile, to sign in as; none once all have left or been erased."""
    one = (
        Employment.objects.current()
        .filter(organisation=university, technician__account__is_demonstration=True)
        .select_related("technician__account")
        .order_by("technician__claimed_at", "pk")
        .first()
    )
    account = one.technician.account if one else None
    if one is None or account is None:
        return []
    name = f"{one.technician.name} (technician with a profile, university)"
    return [Made(account.email.removesuffix(DEMONSTRATION_DOMAIN), name)]


def invite_one(university: Organisation) -> None:
    """A letter to somebody who has not claimed their record: it waits in the outbox."""
    waiting = (
        Employment.objects.current()
        .filter(organisation=university, technician__account=None)
        .exclude(technician__work_email="")
        .select_related("technician")
        .order_by("pk")
    )
    lead = User.objects.get(email=f"lead{DEMONSTRATION_DOMAIN}")
    invite_to_claim(actor=Actor.of(lead), sender=lead, employment=waiting[0])
