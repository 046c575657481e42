"""Line managers of a staff list: found among technicians, compared, written, taken back, told."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.core.actions import Actor
from benchside.organisations import exports
from benchside.organisations.actions.staff_lists import undo_staff_list
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Organisation, Post, StagedPerson
from benchside.organisations.staff import applying, managers, staging
from benchside.organisations.staff_list import Person
from benchside.organisations.staff_list.managers import Managers
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU, text
from tests.organisations.lists import (
    COOK,
    bring,
    everything,
    member,
    preview,
    rows_of_every_table,
)

pytestmark = pytest.mark.django_db


def led(*rows: tuple[tuple[str, ...], str]) -> bytes:
    return text([(*HEADER, "Line manager"), *((*row, manager) for row, manager in rows)])


def led_by() -> dict[str, str]:
    rows = Post.objects.current().exclude(manager=None)
    return dict(rows.values_list("employment__technician__name", "manager__technician__name"))


def somebody(key: str, name: str = "", email: str = "") -> Person:
    return Person(key, None, email or None, name or None, *[None] * 4, ())


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("1001", "number:1001"),
        ("0001001", "number:1001"),
        (" Made-Up,  EDIE ", "number:1001"),
        ("Edie Made-Up", "number:1001"),
        ("EDIE@benchside.example", "number:1001"),
        ("mailto:edie@benchside.example", "number:1001"),
        ("1003", None),  # is no technician
        ("Kai Invented", None),
        ("Sam Double", None),  # two people
        ("shared@benchside.example", None),
        ("number:1001", None),
        ("", None),
        ("=1+1", None),
        ("9" * 80, None),
    ],
)
def test_a_manager_is_the_one_technician_who_is_meant(said: str, found: str | None) -> None:
    people = [
        somebody("number:1001", "Edie Made-Up", "edie@benchside.example"),
        somebody("number:1003", "Kai Invented", "kai@benchside.example"),
        somebody("number:1004", "Sam Double", "shared@benchside.example"),
        somebody("number:1005", "Double Sam", "shared@benchside.example"),
    ]
    finder = Managers(people, {one.key for one in people if one.key != "number:1003"})
    assert finder._find(said) == found


def test_managers_are_written_with_newcomers_whoever_comes_first(
    nowhere: Organisation, steward: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (applying, managers, staging):
        monkeypatch.setattr(module, "CHUNK", 1)
    third = ("1000", "Uma Pretend", "", "", "Physics", "Technician", "1")
    bring(
        steward,
        nowhere,
        data=led((EDIE, "1002"), (OLU, "Invented, Kai"), (COOK, "1001"), (third, "1000")),
    )
    assert led_by() == {"Edie Made-Up": "Olu Notreal"}
    assert "Kai" not in "\n".join(rows_of_every_table())


def test_the_same_managers_twice_change_nothing(nowhere: Organisation, steward: Actor) -> None:
    bring(steward, nowhere, data=led((EDIE, "1002"), (OLU, "")))
    before = everything()
    again = bring(steward, nowhere, data=led((EDIE, "Notreal, Olu"), (OLU, "")))
    assert not again.staged.exists()
    # A list without the column leaves them as they are.
    assert not bring(steward, nowhere, EDIE, OLU).staged.exists()
    assert everything() == before


def test_another_manager_is_a_change_that_is_told_and_taken_back(
    nowhere: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, nowhere, data=led((EDIE, ""), (OLU, "1001")))
    before = everything()
    newcomer = ("1004", "Uma Pretend", "", "", "Physics", "Technician", "1")
    run = preview(steward, nowhere, data=led((EDIE, ""), (OLU, "1004"), (newcomer, "")))
    client.force_login(member(nowhere, MemberRole.LEAD))
    address = reverse("organisations:staff_run", args=[nowhere.slug, run.pk])
    told = client.get(address, {"show": "changed"}).content.decode()
    assert "Line manager: Edie Made-Up → Uma Pretend" in told
    run = bring(steward, nowhere, data=led((EDIE, ""), (OLU, "1004"), (newcomer, "")))
    assert led_by() == {"Olu Notreal": "Uma Pretend"}
    undo_staff_list(actor=steward, run=run)
    applying.sweep(run.pk)
    assert everything() == before
    assert led_by() == {"Olu Notreal": "Edie Made-Up"}


def test_a_manager_whose_row_is_bad_keeps_those_who_answer_to_them(
    nowhere: Organisation, steward: Actor
) -> None:
    bring(steward, nowhere, data=led((EDIE, ""), (OLU, "1001")))
    bad = (*EDIE[:6], "lots")
    bring(steward, nowhere, data=led((bad, ""), (OLU, "1001")))
    assert led_by() == {"Olu Notreal": "Edie Made-Up"}


def test_a_new_staff_number_of_a_manager_is_the_same_manager(
    nowhere: Organisation, steward: Actor
) -> None:
    bring(steward, nowhere, data=led((EDIE, ""), (OLU, "1001")))
    edie = Employment.objects.get(staff_number="1001").pk
    bring(steward, nowhere, data=led((("7001", *EDIE[1:]), ""), (OLU, "7001")))
    assert Post.objects.get(employment__staff_number="1002").manager_id == edie


def test_whoever_has_left_sees_nobody_who_answered_to_them(
    nowhere: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, nowhere, data=led((EDIE, ""), (OLU, "1001")))
    boss = Employment.objects.get(staff_number="1001")
    unit = nowhere.units.get(name="Physics")
    user = member(nowhere, MemberRole.MANAGER, unit=unit)
    boss.technician.account, boss.technician.claimed_at = user, timezone.now()
    boss.technician.save()
    client.force_login(user)
    address = reverse("organisations:staff", args=[nowhere.slug])
    assert "Olu Notreal" in client.get(address).content.decode()
    Employment.objects.filter(pk=boss.pk).update(left_on=timezone.localdate())
    assert "Olu Notreal" not in client.get(address).content.decode()


def test_somebody_erased_is_in_no_difference_any_more(
    nowhere: Organisation, steward: Actor, client: Client
) -> None:
    run = bring(steward, nowhere, EDIE, OLU)
    waiting = preview(steward, nowhere, data=led((("7001", *EDIE[1:]), ""), (OLU, "7001")))
    edie = Employment.objects.get(staff_number="1001").technician
    edie.account, edie.claimed_at = person("edie@home.example"), timezone.now()
    edie.save()
    exports.erase(edie.account.person_id)
    held = "\n".join(map(str, StagedPerson.objects.values_list()))
    assert "Olu Notreal" in held
    for gone in ("Edie", "7001", "1001", "edie@"):
        assert gone not in held
    client.force_login(member(nowhere, MemberRole.LEAD))
    for one in (run, waiting):
        for show in ("joined", "changed", "moved"):
            address = reverse("organisations:staff_run", args=[nowhere.slug, one.pk])
            assert client.get(address, {"show": show}).status_code == 200
