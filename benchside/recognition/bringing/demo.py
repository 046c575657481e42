"""This part of the demonstration: a list that was brought in, by which some came to their entries
and asked their employer to pay, and one that waits to be looked over."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.core.exports import csv_text
from benchside.organisations.models import Employment, Organisation
from benchside.people.actions import claim_by_address
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.recognition.bringing import actions, carrying, comparing, supporting
from benchside.recognition.bringing.claiming import invite_holder
from benchside.recognition.models import BroughtList, Entry, Fee, Licence, Register
from benchside.recognition.registry.clock import look_after

STANDARD = "registered-technician"
BROUGHT, WAITING = "made-up-old-register.csv", "made-up-late-additions.csv"
HEADER = ("Reg no", "Full name", "Previous names", "Through", "Email", "Status", "Registered on",
          "Paid until", "Effective date", "New state", "Reason")  # fmt: skip
CLAIMED = 4  # of the university's technicians who show it their letters
# Numbers of an older series: those of the register itself are counted on as if they were not here.
FIRST = 1041
Row = tuple[str, ...]


def create() -> None:
    """Once; nothing where the register and whoever keeps it are not there."""
    registrar = User.objects.filter(email=f"registrar{DEMONSTRATION_DOMAIN}").first()
    register = Register.objects.filter(standard=STANDARD).first()
    licence = Licence.objects.filter(register=register).select_related("body").first()
    if registrar is None or register is None or licence is None:
        return
    if BroughtList.objects.filter(register=register).exists():
        return
    university = Organisation.objects.filter(name="Made-Up University").first()
    staff = _staff(university)
    actor, body = Actor.of(registrar), licence.body.name
    one = _read(actor, register, BROUGHT, [*_of_staff(body, staff), *_others(body)])
    carrying.bring_in(actor=actor, one=one)
    _read(actor, register, WAITING, _late(body))
    _come(staff)
    asked = Entry.objects.select_related("award", "register").get(award__number=f"OLD-{FIRST + 21}")
    invite_holder(actor=actor, sender=registrar, entry=asked)
    if university is not None:
        _ask_to_pay(university, staff[:2])


def _staff(university: Organisation | None) -> list[Technician]:
    """Technicians who have claimed their record, and show their employer their letters."""
    current = Employment.objects.current().filter(organisation=university)
    found = Technician.objects.filter(
        account__is_demonstration=True,
        profile__is_shown=True,
        profile__letters_to__gte=Audience.ORGANISATION,
        pk__in=current.values("technician"),
    )
    return list(found.select_related("account").order_by("claimed_at", "pk")[:CLAIMED])


def _row(number: int, name: str, body: str, *, years: int, left: int, **said: str) -> Row:
    """Admitted so many years ago; their year ends in so many days."""
    today = timezone.localdate()
    ends = today + timedelta(days=left)
    cells = {
        "Reg no": f"OLD-{number}",
        "Full name": name,
        "Through": body,
        "Email": f"{name.split()[0].lower()}.old{DEMONSTRATION_DOMAIN}",
        "Status": "Registered",
        "Registered on": _day(ends - timedelta(days=365 * years)),
        "Paid until": _day(ends),
    }
    return tuple((cells | said).get(column, "") for column in HEADER)


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def _of_staff(body: str, staff: Iterable[Technician]) -> list[Row]:
    return [
        _row(FIRST + at, one.name, body, years=3 + at, left=35 + 20 * at, Email=one.work_email)
        for at, one in enumerate(staff)
    ]


def _others(body: str) -> list[Row]:
    """One was called otherwise, one lapsed and came back, one is gone, one has no address."""
    back, lapsed = (timezone.localdate() - timedelta(days=days) for days in (700, 900))
    return [
        _row(FIRST + 20, "Olga Made-Up-Older", body, years=9, left=220,
             **{"Previous names": "Olga Made-Up-Young; O. Young"}),
        _row(FIRST + 21, "Percy Made-Up-Past", body, years=6, left=150,
             **{"Effective date": _day(lapsed), "New state": "Lapsed", "Reason": "Did not renew"}),
        (f"OLD-{FIRST + 21}", *[""] * 7, _day(back), "Registered", "Came back"),
        _row(FIRST + 22, "Lotte Made-Up-Lapsed", body, years=5, left=-400, Status="Lapsed"),
        _row(FIRST + 23, "Nobby Made-Up-Nomail", body, years=4, left=90, Email=""),
    ]  # fmt: skip


def _late(body: str) -> list[Row]:
    """One stands here under another number, one is here already."""
    return [
        _row(FIRST + 40, "Tilda Made-Up-Late", body, years=2, left=120),
        _row(FIRST + 41, "Olga Made-Up-Older", body, years=12, left=60),
        _row(FIRST + 23, "Nobby Made-Up-Nomail", body, years=4, left=90),
        _row(FIRST + 42, "Udo Made-Up-Late", body, years=1, left=300, Email=""),
    ]


def _read(actor: Actor, register: Register, filename: str, rows: Iterable[Row]) -> BroughtList:
    """By the actions of the pages; the task between them is run here."""
    data = csv_text(HEADER, rows).encode()
    one = actions.take_in_list(actor=actor, register=register, data=data, filename=filename)
    comparing.compare(one, actor)
    one.refresh_from_db()
    if one.run is None or one.run.problems:
        raise LookupError(f"{filename}: {one.problem or (one.run and one.run.problems)}")
    return one


def _come(staff: Iterable[Technician]) -> None:
    """Those with an account find their entry under their address."""
    for one in staff:
        mine = Entry.objects.filter(award__technician__work_email__iexact=one.work_email)
        found = mine.exclude(award__technician=one).select_related("award__technician").first()
        if found is not None and found.award.technician is not None and one.account is not None:
            actor = Actor.of(one.account)
            claim_by_address(actor=actor, user=one.account, technician=found.award.technician)


def _ask_to_pay(university: Organisation, staff: Iterable[Technician]) -> None:
    """Their next year is near: they ask their employer, which has answered the second."""
    lead = Actor.of(User.objects.get(email=f"lead{DEMONSTRATION_DOMAIN}"))
    for at, one in enumerate(staff):
        entry = Entry.objects.select_related("award", "register").get(award__technician=one)
        look_after(entry, timezone.localdate())
        fee = Fee.objects.filter(entry=entry).first()
        if fee is None or one.account is None:
            continue
        actor = Actor.of(one.account)
        asked = supporting.ask_employer(actor=actor, fee=fee, organisation=university)
        if at:
            supporting.answer_support(actor=lead, support=asked, pays=True, reference="MU-77")
