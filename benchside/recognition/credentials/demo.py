"""This part of the demonstration: somebody registered, who may have a badge; words for one."""

from datetime import timedelta

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import grant_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import loading as standards
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor
from benchside.organisations.enums import Kind, MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation
from benchside.people.models import Technician
from benchside.recognition.credentials import actions
from benchside.recognition.credentials.designs import badge_version
from benchside.recognition.entries import names
from benchside.recognition.models import Endorsement, Entry, Licence, Register
from benchside.recognition.registers.loading import make_register

STANDARD = "registered-technician"
BODY = "Made-Up Institute of Technicians"
DAYS = 200
WORDS = (
    "Two of our technicians are on this register. We know what they had to show for it. "
    "(Made up, to show how somebody speaks for a badge.)"
)


def create() -> None:
    """Once; nothing where the people are not there."""
    holder = User.objects.filter(email=f"registered{DEMONSTRATION_DOMAIN}").first()
    if holder is None:
        return
    _entry(holder)
    _spoken_for()


def _entry(holder: User) -> None:
    """On the register for a while, unless another part of the demonstration has seen to it."""
    if Award.objects.filter(technician__account=holder, version__key=STANDARD).exists():
        return
    register = _register()
    version = badge_version(STANDARD) if register else None
    if register is None or version is None:
        return
    body = _body()
    Licence.objects.get_or_create(register=register, body=body)
    technician, _ = Technician.objects.get_or_create(
        account=holder, defaults={"name": holder.name, "claimed_at": timezone.now()}
    )
    since = timezone.localdate() - timedelta(days=DAYS)
    award = grant_award(
        actor=SYSTEM, version=version, given=Given(technician=technician, starts_on=since)
    )
    entry = Entry.objects.create(
        award=award, register=register, body=body, name="Regina Made-Up", admitted_on=since
    )
    names.index(entry)


def _register() -> Register | None:
    for one in standards.compared():
        if one.standard.key == STANDARD and one.waits == standards.Waits.FIRST:
            standards.take(one)
    return make_register(STANDARD)


def _body() -> Organisation:
    slug = BODY.lower().replace(" ", "-")
    admin = User.objects.get(email=f"administrator{DEMONSTRATION_DOMAIN}")
    found, _ = Organisation.objects.get_or_create(
        slug=slug,
        defaults={
            "name": BODY,
            "kind": Kind.BODY,
            "state": OrganisationState.APPROVED,
            "applied_by": admin.person_id,
            "decided_by": admin.person_id,
            "decided_at": timezone.now(),
        },
    )
    return found


def _spoken_for() -> None:
    """A university speaks for the register’s badge, and its keeper said yes."""
    lead = Membership.objects.live().filter(
        role=MemberRole.LEAD, organisation__slug="made-up-university"
    )
    member = lead.select_related("user", "organisation").first()
    if member is None or Endorsement.objects.exists() or badge_version(STANDARD) is None:
        return
    said = actions.endorse(
        actor=Actor.of(member.user),
        organisation=member.organisation,
        words=WORDS,
        standard=STANDARD,
    )
    actions.accept_words(actor=SYSTEM, endorsement=said)
