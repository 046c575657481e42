"""Every address of the site, and what each kind of visitor gets there.

`permissions.csv` is written by hand: an address that is not in it fails, and so does an answer
that differs. Answers: ok (200), sign-in (sent to sign in), go (sent elsewhere), no (403),
none (404), gone (410), post (405: the address takes a form only).
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.actions import add_contributor
from benchside.assessment.models import Contributor, Submission
from benchside.core.actions import SYSTEM, VISITOR, Actor
from benchside.core.models import ImportRun
from benchside.impact.models import Charter, Plan, Suggestion
from benchside.organisations import actions
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import (
    Employment,
    Equipment,
    Membership,
    Organisation,
    RoleInvitation,
    StaffFile,
    StaffRun,
    Unit,
)
from benchside.recognition.marks.actions import plan_follow_up
from benchside.recognition.models import (
    Application,
    AuditCase,
    AuditRun,
    BroughtList,
    ConductCase,
    Entry,
    FollowUp,
    HidingRequest,
    Mark,
    Register,
    RegisterApplication,
)
from benchside.recognition.registry.actions import raise_concern
from benchside.visibility.campaigns import links
from benchside.visibility.exhibitions.actions import open_exhibition
from benchside.visibility.models import CampaignDay, Pledge, Story
from tests.factories import applications, audits, marks, nominations, registers, stories
from tests.factories.assessment import a_reviewer, a_seat, a_submission
from tests.factories.campaigns import a_day, a_pledge
from tests.factories.charters import a_charter, a_signatory, cycle_of, recommended, sent_in
from tests.factories.contests import a_panel, an_exhibition, open_competition, team
from tests.factories.organisations import (
    a_member,
    a_staff_list,
    an_equipment_file,
    an_organisation,
)
from tests.factories.public_plans import a_public_plan
from tests.factories.wall import a_photo, on_the_wall
from tests.factories.writing import begun
from tests.recognition.bringing.lists import a_list

TABLE = Path(__file__).parent / "permissions.csv"
KINDS = [
    "anonymous", "technician", "editor", "moderator", "campaigner", "administrator", "officer",
    "reviewer", "registrar", "body_ratifier", "candidate",
]  # fmt: skip
# Without a way to the desk.
NO_STAFF = {"technician", "reviewer", "body_ratifier", "candidate"}
# Members of an organisation, and the lead of another; the column says whose address it is.
MEMBERS = {
    "lead": MemberRole.LEAD,
    "deputy": MemberRole.DEPUTY,
    "hr_steward": MemberRole.HR_STEWARD,
    "champion": MemberRole.CHAMPION,
    "manager": MemberRole.MANAGER,
    "steering": MemberRole.STEERING,
    "signer": MemberRole.SIGNER,
}
OTHER_LEAD = "other_lead"
OTHER_BODY = "other-institute"  # through which nobody of the table ratifies
ALL_KINDS = [*KINDS, *MEMBERS, OTHER_LEAD]
NOTHING = "00000000-0000-0000-0000-000000000000"
# What a pattern's blank is filled with here.
FILLED = {
    "registry/<slug:register>/conduct/<int:pk>": "registry/registered-technician/conduct/{concern}",
    "<slug:register>/entries/<str:number>": "registered-technician/entries/RT-000001",
    "<slug:queue>": "second",
    "forms/<uuid:key>/<slug:criterion>": "forms/{form}/clear",
    "forms/<uuid:key>/people/<int:pk>": "forms/{form}/people/{contributor}",
    "forms/<uuid:key>": "forms/{form}",
    "campaigns/<slug:slug>/<int:year>": "campaigns/made-up-day/{year}",
    "campaigns/<slug:slug>": "campaigns/made-up-day",
    "charters/mine/<str:token>": "charters/mine/not-a-token",
    "mine/<str:token>": "mine/{pledge}",
    "<slug:piece>": "poster-a4",
    "sectors/<str:slug>": "sectors/health",
    "sectors/<slug>": "sectors/health",
    "routes/<str:slug>": "routes/t-level-science",
    "routes/<slug>": "routes/t-level-science",
    "plans/<uuid:key>": "plans/{public_plan}",
    "v1/plans/<key>": "v1/plans/{public_plan}",
    "my/plan/<uuid:key>": "my/plan/{public_plan}",
    "impact/plan/<uuid:key>": "impact/plan/{public_plan}",
    "impact/voice/<uuid:key>": "impact/voice/{suggestion}",
    "{public_plan}/<slug:code>": "{public_plan}/V-001",
    "/plan/<slug:code>": "/plan/V-001",
    "equipment/at/<slug:organisation>": "equipment/at/northmoor",
    "assess/seats/<int:pk>": "assess/seats/{seat}",
    "assess/reviewers/<int:pk>": "assess/reviewers/{judge}",
    "assess/submissions/<uuid:key>": "assess/submissions/{case}",
    "competitions/<slug:slug>": "competitions/hands",
    "exhibitions/<slug:slug>": "exhibitions/on-tour",
    "entries/<str:secret>": "entries/not-a-secret",
    "equipment/<int:pk>": "equipment/{item}",
    "visibility/equipment/bring-in/<int:pk>": "visibility/equipment/bring-in/{equipment_run}",
    "desk/photos/<uuid:key>": "desk/photos/{photo}",
    "wall/<uuid:key>": "wall/{hung}",
    "wall/<key>": "wall/{hung}",
    "<slug:organisation>/units/<int:pk>": "northmoor/units/{unit}",
    "<slug:organisation>/people/<int:pk>": "northmoor/people/{membership}",
    "<slug:organisation>/invitations/<int:pk>": "northmoor/invitations/{invitation}",
    "<slug:organisation>/staff/<int:pk>": "northmoor/staff/{employment}",
    "<slug:organisation>/staff/duplicates/<int:pk>": "northmoor/staff/duplicates/{merger}",
    "<slug:organisation>/staff/requests/<int:pk>": "northmoor/staff/requests/{request}",
    "<slug:organisation>/staff/bring-in/<int:pk>": "northmoor/staff/bring-in/{file}",
    "<slug:organisation>/staff/lists/<int:pk>": "northmoor/staff/lists/{run}",
    "<slug:organisation>/staff/definition/<int:number>": "northmoor/staff/definition/{version}",
    "plan/<uuid:plan>/<str:code>": "plan/{plan}/V-001",
    "plan/<uuid:plan>": "plan/{plan}",
    "<slug:register>/bring/<int:pk>": "registered-technician/bring/{brought}",
    "marks/hours/<uuid:key>": "marks/hours/{application_key}",
    "assess/marks/applications/<int:pk>": "assess/marks/applications/{application}",
    "assess/marks/follow-ups/<int:pk>": "assess/marks/follow-ups/{follow_up}",
    "nominations/<slug:slug>": "nominations/prize-2026",
    "cpd/runs/<int:pk>": "cpd/runs/{cpd_run}",
    "cpd/cases/<int:pk>": "cpd/cases/{cpd_case}",
    "{cpd_case}/files/<slug:digest>": "{cpd_case}/files/no-such-digest",
    "credentials/<uuid:key>/<str:name>": f"credentials/{NOTHING}/badge.png",
    "<slug:standard>": "registered-technician",
    "<slug:level>.<str:kind>": "badge.svg",
    "applications/<str:number>": "applications/{registration}",
    "<slug:register>/hiding/<int:pk>": "registered-technician/hiding/{hiding}",
    "<slug:register>/names/<str:number>": "registered-technician/names/RT-000001",
    "<slug:register>/<str:number>": "registered-technician/RT-000001",
    "<slug:register>": "registered-technician",
    "v1/registers/<slug>/entries/<number>": "v1/registers/registered-technician/entries/RT-000001",
    "v1/registers/<slug>": "v1/registers/registered-technician",
    "my/registrations/<str:number>": "my/registrations/RT-000001",
    "<slug:mark>": "technician-support-mark",
    "<str:number>": "TSM-000001",
    "<slug:organisation>": "northmoor",
    "<slug:charter>": "bench-charter",
    "response/<int:stage>": "response/1",
    "<slug>": "wind-turbine-technician",
    "<str:slug>": "wind-turbine-technician",
    "<slug:slug>": "wind-turbine-technician",
    "<int:number>": "57",
    "<slug:name>": "no-such-message",
    "<path:name>": "nothing.jpg",
    "<str:token>": "not-a-token",
    "<str:reference>": "no-such-reference",
    "<uuid:pk>": "00000000-0000-0000-0000-000000000000",
    "<uuid:key>": "00000000-0000-0000-0000-000000000000",
    "<str:key>": "not-a-key",
    "<public_id>": "1",
}
# The library's own back office: walked below as a whole, for everybody who may not enter.
DESK = "desk/"
CATCH_ALL = {"^((?:[\\w\\-]+/)*)$"}


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for entry in found:
        whole = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, whole)
        elif str(entry.pattern) not in CATCH_ALL:
            yield whole


def address(pattern: str) -> str:
    """A pattern with its blanks filled; regular expressions are filled by hand in the table."""
    for blank, value in FILLED.items():
        pattern = pattern.replace(blank, value)
    return "/" + re.sub(r"<[a-z]+:[a-z_]+>", "1", pattern)


def all_patterns() -> list[str]:
    return sorted(set(patterns(get_resolver().url_patterns)))


def table() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


@pytest.fixture
def clients(db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    call_command("load_catalogue", verbosity=0)
    call_command("first_pages", verbosity=0)
    groups = {
        "editor": "Editors",
        "moderator": "Moderators",
        "campaigner": "Campaign team",
        "officer": "Charter officers",
        "registrar": "Registrars",
    }
    found = {"anonymous": Client()}
    for kind in KINDS[1:]:
        user = User.objects.create_user(
            f"{kind}@benchside.example",
            "a long enough password",
            name=kind,
            is_staff=kind not in NO_STAFF,
            is_superuser=kind == "administrator",
        )
        # The second lock before the desk is tested in tests/accounts; here it is open.
        TOTP.activate(user, generate_totp_secret())
        if kind in groups:
            user.groups.add(Group.objects.get(name=groups[kind]))
        found[kind] = Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
        found[kind].force_login(user)
    contests()
    made = found | members()
    a_register_and_its_people()
    a_form(monkeypatch)
    return made


def a_register_and_its_people() -> None:
    """Duties for the registrar and whoever ratifies for a body; a record for the candidate."""
    registers.a_body()
    users = {
        kind: User.objects.get(email=f"{kind}@benchside.example")
        for kind in ("registrar", "body_ratifier", "candidate")
    }
    registers.give_duties(users["registrar"])
    registers.a_ratifier(user=users["body_ratifier"])
    holder = registers.an_applicant(user=users["candidate"])
    applications.begun(holder)
    entry = registers.an_entry("Siobhán O’Brien", technician=holder)
    HidingRequest.objects.create(entry=entry, words="Made up.")
    raise_concern(actor=VISITOR, entry=entry, said="A made-up concern.")
    # Longer on it than the year that is asked for.
    Entry.objects.filter(pk=entry.pk).update(admitted_on=date(2024, 5, 1))
    audits.a_run(users["registrar"])
    nominations.a_round()
    applications.begun(
        registers.an_applicant("elsewhere@work.example"), body=registers.a_body(OTHER_BODY)
    )
    applied = RegisterApplication.objects.values("submission")
    Submission.objects.filter(pk__in=applied).update(state="submitted", submitted_at=timezone.now())
    a_list(Register.objects.get(), users["registrar"])


def contests() -> None:
    """A competition that takes entries and an exhibition on tour."""
    open_competition("hands")
    exhibition = an_exhibition("on-tour")
    a_panel(exhibition)
    open_exhibition(actor=team(), exhibition=exhibition)


def a_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission of northmoor under a made-up standard, which its lead and deputy lead. Who leads
    for a real one its thin room says."""
    lead = User.objects.get(email="lead@northmoor.example")
    form = begun(lead)
    mine = {lead, User.objects.get(email="deputy@northmoor.example")}

    def leads(actor: Actor, submission: Submission) -> bool:
        return submission.pk == form.pk and actor.account in mine

    monkeypatch.setattr(writing_rules, "leads", [*writing_rules.leads, leads])
    add_contributor(actor=SYSTEM, submission=form, user=lead)


def members() -> dict[str, Client]:
    """Clients of everybody in one organisation, and of the lead of another."""
    here, other = an_organisation("northmoor"), an_organisation("southmoor")
    users = {kind: a_member(here, role) for kind, role in MEMBERS.items()}
    users[OTHER_LEAD] = a_member(other)
    actions.invite(
        actor=Actor.of(users["lead"]),
        sender=users["lead"],
        organisation=here,
        email="asked@example.org",
        role=MemberRole.EDITOR,
    )
    a_staff_list(here, users["hr_steward"])
    a_pledge(a_day())
    an_equipment_file(here, users["lead"])
    stories.a_sent_story()
    recommended(sent_in(cycle_of(a_signatory(a_charter(), here)), users["lead"]))
    a_public_plan(charter=Charter.objects.get(), stage=2, actions=1, suggested=True)
    a_mark_of(here, users["signer"])
    clients = {kind: Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1") for kind in users}
    for kind, client in clients.items():
        TOTP.activate(users[kind], generate_totp_secret())
        client.force_login(users[kind])
    return clients


def a_mark_of(here: Organisation, signer: User) -> None:
    """Held by this organisation, which goes for a higher level."""
    mark = marks.a_mark()
    Mark.objects.update(kind="")
    award = marks.a_holder(here.slug, since=timezone.localdate())
    plan_follow_up(award=award)
    marks.an_application(here, signer, level="gold", mark=Mark.objects.get(pk=mark.pk))


def numbers() -> dict[str, int | str]:
    """The numbers this organisation's records happen to have."""
    sent = a_submission("submitted", organisation=Organisation.objects.get(slug="northmoor"))
    own_body = RegisterApplication.objects.exclude(body__slug=OTHER_BODY)
    other_body = RegisterApplication.objects.filter(body__slug=OTHER_BODY)
    return {
        "concern": ConductCase.objects.get().pk,
        "brought": BroughtList.objects.get().pk,
        "case": str(sent.key),
        "seat": a_seat(sent, "reviewer").pk,
        "judge": a_reviewer("reviewer").pk,
        "application": Application.objects.get().pk,
        "application_key": str(Application.objects.get().submission.key),
        "follow_up": FollowUp.objects.get().pk,
        "cpd_run": AuditRun.objects.get().pk,
        "cpd_case": AuditCase.objects.get().pk,
        "hiding": HidingRequest.objects.get().pk,
        "registration": own_body.get().number,
        "own_body_case": str(own_body.get().submission.key),
        "other_body_case": str(other_body.get().submission.key),
        "year": CampaignDay.objects.get().year,
        "pledge": links.token_of(Pledge.objects.get()),
        "unit": Unit.objects.get(organisation__slug="northmoor", name="Stores").pk,
        "membership": Membership.objects.filter(organisation__slug="northmoor")[0].pk,
        "invitation": RoleInvitation.objects.get(organisation__slug="northmoor").pk,
        "employment": Employment.objects.get(organisation__slug="northmoor").pk,
        "run": StaffRun.objects.get(organisation__slug="northmoor").pk,
        "file": StaffFile.objects.get(organisation__slug="northmoor").pk,
        "version": 1,
        "merger": 1,
        "request": 1,
        "item": Equipment.objects.get(organisation__slug="northmoor").pk,
        "public_plan": str(Plan.objects.get(organisation__slug="northmoor").key),
        "suggestion": str(Suggestion.objects.get().key),
        "plan": str(Plan.objects.get(organisation__slug="northmoor").key),
        "story": Story.objects.get().pk,
        "photo": str(a_photo().key),
        "hung": str(on_the_wall().key),
        "form": str(Contributor.objects.get(submission__version__key="tidy-bench").submission.key),
        "contributor": Contributor.objects.get(submission__version__key="tidy-bench").pk,
        "equipment_run": ImportRun.objects.get(importer="organisations.equipment").pk,
    }


def answer(client: Client, path: str) -> str:
    response = client.get(path)
    code = response.status_code
    if code in {301, 302}:
        where = response["Location"]
        return "sign-in" if "/accounts/login/" in where or "/reauthenticate/" in where else "go"
    named = {200: "ok", 403: "no", 404: "none", 405: "post", 410: "gone", 503: "failing"}
    return named.get(code, str(code))


@pytest.mark.first
@pytest.mark.once
def test_every_address_answers_each_kind_as_the_table_says(
    clients: dict[str, Client], settings: object
) -> None:
    wrong = []
    known = numbers()
    for path, row in table().items():
        for kind in ALL_KINDS:
            got = answer(clients[kind], path.format(**known))
            if got != row[kind]:
                wrong.append(f"{path} gives {kind} {got!r}, the table says {row[kind]!r}")
    assert wrong == [], "\n".join(wrong)


def test_no_address_is_missing_from_the_table() -> None:
    listed = set(table())
    ours = [p for p in all_patterns() if not p.startswith((DESK, "^", "_util"))]
    missing = [address(p) for p in ours if "(?P" not in p and address(p) not in listed]
    assert missing == []


@pytest.mark.once
@pytest.mark.parametrize("kind", ["anonymous", "technician"])
def test_nothing_of_the_desk_opens_to_an_outsider(clients: dict[str, Client], kind: str) -> None:
    """Every address of the editors' desk, ours and the library's."""
    opened = []
    desk = [p for p in all_patterns() if p.startswith(DESK)]
    assert len(desk) > 200
    for pattern in desk:
        path = address(re.sub(r"\(\?P<[^>]+>.*?\)", "1", pattern).replace("^", "").replace("$", ""))
        got = answer(clients[kind], path)
        if got not in {"sign-in", "none", "no", "go", "post"}:
            opened.append(f"{path} {got}")
    # The desk's own icons and the words of its scripts are the same for everybody.
    assert [line for line in opened if not re.search("/desk/(jsi18n|sprite)/", line)] == []
