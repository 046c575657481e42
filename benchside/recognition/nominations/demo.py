"""This part of the demonstration: a round that is open, its officer, its judges, who ratifies."""

from datetime import timedelta

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, Reviewer
from benchside.core.actions import Actor
from benchside.people.models import Technician
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, links

STANDARD = "technician-prize"
JUDGES = ("mark-assessor", "second-assessor")
WHY = (
    "Whenever an instrument stops, she finds out why before anybody has called the maker. "
    "Made up, to show how a nomination reads."
)


def create() -> None:
    """Once; nothing where the people are not there."""
    officer, lead = _user("mark-officer"), _user("lead")
    if officer is None or lead is None or NominationRound.objects.exists():
        return
    _give_duties(officer)
    today = timezone.localdate()
    one = actions.begin_round(
        actor=Actor.of(officer),
        slug="made-up-prize",
        name="Made-up technician prize",
        standard=STANDARD,
        about="For technicians whose work made a difference, and is seldom seen. Made up.",
        who="Anybody who works as a technician in the United Kingdom.",
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=40),
        shortlist_on=today + timedelta(days=70),
        announce_at=timezone.now() + timedelta(days=90),
    )
    actions.nominate(
        actor=Actor.of(lead), round_=one, category="research", name="Regina Made-Up",
        email=f"registered{DEMONSTRATION_DOMAIN}", why=WHY,
    )  # fmt: skip
    agreed = actions.nominate(
        actor=Actor.of(lead), round_=one, category="teaching", name="Anwen Invented",
        email=f"anwen.invented{DEMONSTRATION_DOMAIN}", why=WHY,
    )  # fmt: skip
    _agree(agreed)


def _give_duties(officer: User) -> None:
    """Who runs it, who says the last word (never the same), and who judges."""
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=officer, standard=STANDARD, kind=kind)
    if (ratifier := _user("ratifier") or _user("administrator")) is not None:
        Duty.objects.get_or_create(user=ratifier, standard=STANDARD, kind=DutyKind.RATIFY)
    for local in JUDGES:
        if (judge := _user(local)) is None:
            continue
        found, _ = Reviewer.objects.get_or_create(
            user=judge, defaults={"trained_on": timezone.localdate() - timedelta(days=200)}
        )
        if STANDARD not in found.standards:
            found.standards = [*found.standards, STANDARD]
            found.save(update_fields=["standards"])


def _agree(nomination: Nomination) -> None:
    technician = Technician.objects.filter(account__email=nomination.email).first()
    if technician is not None:
        actions.agree(
            actor=links.holder_of(nomination),
            nomination=nomination,
            technician=technician,
            name=nomination.name,
        )


def _user(local: str) -> User | None:
    return User.objects.filter(email=f"{local}{DEMONSTRATION_DOMAIN}").first()
