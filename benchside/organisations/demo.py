"""Three made-up organisations with somebody in every role, and one that waits for a yes."""

from typing import NamedTuple

from django.db import transaction

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.organisations import actions
from benchside.organisations.actions.members import start
from benchside.organisations.demo_equipment import bring_in_equipment
from benchside.organisations.demo_people import first_to_claim
from benchside.organisations.demo_staff import bring_in_lists
from benchside.organisations.enums import Kind, MemberRole
from benchside.organisations.models import Organisation, Unit

PEOPLE = [
    Made("lead", "Lena Made-Up (lead, university)"),
    Made("deputy", "Dev Made-Up (deputy lead, university)"),
    Made("hr-steward", "Hari Made-Up (HR steward, university)"),
    Made("champion", "Cham Made-Up (unit champion, university)"),
    Made("manager", "Manu Made-Up (manager, university)"),
    Made("steering", "Stella Made-Up (steering group, university)"),
    Made("signer", "Sig Made-Up (executive signer, university)"),
    Made("org-editor", "Eddo Made-Up (editor, university)"),
    Made("school-lead", "Sunny Made-Up (lead, school)"),
    Made("employer-lead", "Emmy Made-Up (lead, employer)"),
    Made("applicant", "Appa Made-Up (asks for a college)"),
]


class Place(NamedTuple):
    """One made-up organisation and who asks for it."""

    lead: str
    details: dict[str, str]


UNIVERSITY = Place(
    "lead",
    {
        "name": "Made-Up University",
        "kind": Kind.UNIVERSITY,
        "town": "Nowhere-on-Sea",
        "website": "https://university.benchside.example/",
        "job": "Head of technical services",
    },
)
OTHERS = [
    Place(
        "school-lead",
        {
            "name": "Made-Up High School",
            "kind": Kind.SCHOOL,
            "town": "Nowhere",
            "job": "Senior science technician",
        },
    ),
    Place(
        "employer-lead",
        {
            "name": "Made-Up Instruments Ltd",
            "kind": Kind.EMPLOYER,
            "town": "Nowhere",
            "job": "Training manager",
        },
    ),
]
WAITS = Place(
    "applicant",
    {
        "name": "Made-Up College",
        "kind": Kind.SCHOOL,
        "town": "Elsewhere",
        "job": "Engineering technician",
    },
)
# The tree of the university, as far as its lead drew it; the staff list brings the rest.
TREE = {
    "Faculty of Science": ["Chemistry", "Physics", "Biological Sciences", "Mathematics"],
    "Faculty of Engineering": ["Mechanical Engineering", "Electronics", "Civil Engineering"],
    "Professional Services": ["IT Services", "Technical Services"],
}
OF_THE_WHOLE = {
    "deputy": MemberRole.DEPUTY,
    "hr-steward": MemberRole.HR_STEWARD,
    "steering": MemberRole.STEERING,
    "signer": MemberRole.SIGNER,
    "org-editor": MemberRole.EDITOR,
}
OF_A_UNIT = {
    "champion": (MemberRole.CHAMPION, "Chemistry"),
    "manager": (MemberRole.MANAGER, "Faculty of Engineering"),
}


@transaction.atomic
def create_organisations(*, password: str) -> list[User]:
    """Make the people, and once the organisations. Gives the people, in PEOPLE's order."""
    people = accounts.create_people(password=password, people=PEOPLE)
    if not Organisation.objects.filter(name=UNIVERSITY.details["name"]).exists():
        _create()
        bring_in_lists()
        bring_in_equipment()
    university = Organisation.objects.get(name=UNIVERSITY.details["name"])
    return people + accounts.create_people(password=password, people=[first_to_claim(university)])


def _create() -> None:
    decider = Actor.of(_user("administrator"))
    university = _open(UNIVERSITY, decider)
    _draw(university)
    for local, role in OF_THE_WHOLE.items():
        start(university.pk, _user(local), role)
    for local, (role, unit) in OF_A_UNIT.items():
        start(university.pk, _user(local), role, university.units.get(name=unit))
    _invite(university)
    for place in OTHERS:
        _open(place, decider)
    _ask(WAITS)


def _draw(university: Organisation) -> None:
    lead = Actor.of(_user(UNIVERSITY.lead))
    for name, below in TREE.items():
        top = _add(university, lead, name, None)
        for part in below:
            _add(university, lead, part, top)


def _add(university: Organisation, lead: Actor, name: str, above: Unit | None) -> Unit:
    return actions.add_unit(actor=lead, organisation=university, name=name, above=above)


def _invite(university: Organisation) -> None:
    lead = _user(UNIVERSITY.lead)
    actions.invite(
        actor=Actor.of(lead),
        sender=lead,
        organisation=university,
        email=f"invited{DEMONSTRATION_DOMAIN}",
        role=MemberRole.CHAMPION,
        unit=university.units.get(name="Physics"),
    )


def _ask(place: Place) -> Organisation:
    asker = _user(place.lead)
    return actions.apply(actor=Actor.of(asker), applicant=asker, details=dict(place.details))


def _open(place: Place, decider: Actor) -> Organisation:
    organisation = _ask(place)
    actions.approve(actor=decider, organisation=organisation)
    return organisation


def _user(local: str) -> User:
    return User.objects.get(email=local + DEMONSTRATION_DOMAIN)
