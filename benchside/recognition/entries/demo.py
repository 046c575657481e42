"""This part of the demonstration: sixty made-up people on the register, in many states."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.assessment.actions import grant_award, move_award
from benchside.assessment.actions.awards import Given
from benchside.assessment.awarding import clock, loading
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty
from benchside.core.actions import SYSTEM
from benchside.organisations.enums import Kind, OrganisationState
from benchside.organisations.models import Organisation
from benchside.people.models import Technician
from benchside.recognition.entries import actions, names, seals
from benchside.recognition.models import Entry, HidingRequest, Licence, Register
from benchside.recognition.registers.loading import make_register

STANDARD = "registered-technician"
INSTITUTE = "The Made-Up Institute of Technicians"
FORENAMES = (
    "Ada", "Bilal", "Carys", "Dafydd", "Eilidh", "Femi", "Grażyna", "Hamza", "Ifan", "Jasleen",
    "Kwame", "Llŷr", "Maeve", "Nkechi", "Oisín", "Priya", "Quinn", "Rhiannon", "Siobhán", "Tomasz",
)  # fmt: skip
# Not one of them is anybody's: each says that it is made up.
SURNAMES = ("Made-Up", "Invented-Smith", "O’Fiction")
TOWNS = ("Nowhere", "Elsewhere", "Nowhere-on-Sea", "Northmoor")


class Path(NamedTuple):
    """How a made-up entry came to be in its state: how long ago it began, and the moves since."""

    days: int
    moves: tuple[tuple[str, str], ...] = ()


PATHS = (
    Path(320),  # renewal due
    Path(400),  # in extra time
    Path(520),  # lapsed
    Path(120, (("begin-break", "Parental leave"),)),
    Path(200, (("suspend", "Conduct"),)),
    Path(210, (("suspend-for-health", "Health"),)),
    Path(90, (("suspend-meanwhile", "The public must be protected meanwhile"),)),
    Path(300, (("suspend-for-cpd", "No CPD was shown"), ("remove-for-cpd", "No CPD was shown"))),
    Path(250, (("remove", "Conduct"),)),
    Path(240, (("resign", ""),)),
    Path(280, (("retire", ""),)),
    Path(190, (("record-death", ""),)),
    Path(170, (("transfer", "To another body"),)),
    Path(60, (("annul", "Admitted in error"),)),
)


def create() -> None:
    """Once; nothing where those who run the register are not there."""
    registrar = _user("registrar")
    register = _register()
    if registrar is None or register is None:
        return
    for kind in (DutyKind.ASSIGN, DutyKind.KEEP):
        Duty.objects.get_or_create(user=registrar, standard=STANDARD, kind=kind)
    if Entry.objects.filter(register=register, name=f"{FORENAMES[0]} {SURNAMES[0]}").exists():
        return
    body = _body(register)
    own = _user("registered")
    for number in range(len(FORENAMES) * len(SURNAMES)):
        path = PATHS[number] if number < len(PATHS) else Path(20 + number * 4)
        name = f"{FORENAMES[number % 20]} {SURNAMES[number // 20]}"
        _entry(register, body, name, path, number)
    if own is not None:
        _own(register, body, own)
    _hidden(register)
    seals.write_head(register, until=timezone.now())


def _user(local: str) -> User | None:
    return User.objects.filter(email=local + DEMONSTRATION_DOMAIN).first()


def _register() -> Register | None:
    """Its standard taken from its file where nobody has loaded it."""
    for one in loading.compared():
        if one.standard.key == STANDARD and one.waits == loading.Waits.FIRST:
            loading.take(one)
    return make_register(STANDARD)


def _body(register: Register) -> Organisation:
    admin = _user("administrator")
    person = admin.person_id if admin else uuid4()
    found = Organisation.objects.filter(name=INSTITUTE).first()
    if found is None:
        found = Organisation.objects.create(
            slug="made-up-institute-of-technicians",
            name=INSTITUTE,
            kind=Kind.BODY,
            state=OrganisationState.APPROVED,
            applied_by=person,
            decided_by=person,
            decided_at=timezone.now(),
        )
    if not Licence.objects.filter(register=register, body=found).exists():
        Licence.objects.create(register=register, body=found)
    return found


def _entry(register: Register, body: Organisation, name: str, path: Path, number: int) -> Entry:
    """Granted as if long ago; then what happened since, and what the clock would have done."""
    begun: date = timezone.localdate() - timedelta(days=path.days)
    # A few cannot be written to: they stand in a queue of the desk.
    address = f"registered-{number:02d}{DEMONSTRATION_DOMAIN}" if number % 5 else ""
    holder = Technician.objects.create(name=name, work_email=address)
    years = timedelta(days=365 * (number % 6))
    made = _grant(register, body, holder, name, begun, admitted=begun - years)
    for step, (verb, reason) in enumerate(path.moves, start=1):
        day = begun + timedelta(days=30 * step)
        move_award(actor=SYSTEM, award=made.award, verb=verb, reason=reason, effective_on=day)
    if not path.moves:
        clock.walk(made.award, timezone.localdate())
    made.area, made.shows_area = TOWNS[number % len(TOWNS)], number % 3 == 0
    made.employer, made.shows_employer = "The Made-Up Laboratory", number % 5 == 0
    made.save(update_fields=["area", "shows_area", "employer", "shows_employer"])
    names.refresh(made)
    return made


def _grant(
    register: Register,
    body: Organisation,
    holder: Technician,
    name: str,
    begun: date,
    *,
    admitted: date | None = None,
) -> Entry:
    version = version_in_force(STANDARD)
    if version is None:
        raise LookupError(STANDARD)
    given = Given(technician=holder, starts_on=begun)
    award = grant_award(actor=SYSTEM, version=version, given=given)
    made = Entry.objects.create(
        award=award, register=register, body=body, name=name, admitted_on=admitted or begun
    )
    names.index(made)
    return made


def _own(register: Register, body: Organisation, user: User) -> None:
    """The entry of somebody who can sign in, with a former name."""
    found, _ = Technician.objects.get_or_create(
        account=user, defaults={"name": user.name, "claimed_at": timezone.now()}
    )
    if Entry.objects.filter(register=register, award__technician=found).exists():
        return
    begun = timezone.localdate() - timedelta(days=150)
    made = _grant(register, body, found, "Regina Invented", begun)
    actions.rename_entry(actor=SYSTEM, entry=made, name="Regina Made-Up")


def _hidden(register: Register) -> None:
    """One who may not be found, and one who asks not to be."""
    standing = Entry.objects.filter(register=register, award__state="active").order_by("pk")
    hidden, asking = standing[4], standing[6]
    actions.hide_entry(actor=SYSTEM, entry=hidden, basis="Made up: a risk to their safety")
    HidingRequest.objects.create(
        entry=asking, words="Made up: somebody follows me from job to job."
    )
