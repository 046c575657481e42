"""The tree of units: shaped one change at a time, never in a ring, never across organisations."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.organisations import actions, queries, tree
from benchside.organisations.actions.units import DEEPEST
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership, Organisation, Unit
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/org/northmoor/units/"


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lena(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD, "lena")


def add(by: User, here: Organisation, name: str, above: Unit | None = None) -> Unit:
    return actions.add_unit(actor=Actor.of(by), organisation=here, name=name, above=above)


def shown(here: Organisation) -> list[tuple[int, str]]:
    return [(line.depth, line.name) for line in queries.unit_lines(here)]


def test_added_renamed_moved_closed(here: Organisation, lena: User) -> None:
    science, arts = add(lena, here, "Science"), add(lena, here, "Arts")
    glass = add(lena, here, "Glass", science)
    add(lena, here, "Kiln", glass)
    assert shown(here) == [(0, "Arts"), (0, "Science"), (1, "Glass"), (2, "Kiln")]
    actor = Actor.of(lena)
    actions.move_unit(actor=actor, unit=glass, above=arts)
    actions.rename_unit(actor=actor, unit=glass, name="Glass workshop")
    assert shown(here) == [(0, "Arts"), (1, "Glass workshop"), (2, "Kiln"), (0, "Science")]
    actions.close_unit(actor=actor, unit=science)
    assert [name for _, name in shown(here)] == ["Arts", "Glass workshop", "Kiln"]
    told = [line.told for line in queries.history(queries.events_of(here), here)]
    assert told[:3] == ["Closed a unit", "Renamed a unit", "Moved a unit"]


def test_never_under_itself(here: Organisation, lena: User) -> None:
    top = add(lena, here, "Top")
    middle = add(lena, here, "Middle", top)
    bottom = add(lena, here, "Bottom", middle)
    for above in (top, middle, bottom):
        with pytest.raises(Refused, match="cannot stand above it"):
            actions.move_unit(actor=Actor.of(lena), unit=top, above=above)


def test_never_too_deep(here: Organisation, lena: User) -> None:
    above = None
    for number in range(DEEPEST):
        above = add(lena, here, f"Level {number}", above)
    with pytest.raises(Refused, match=f"{DEEPEST} deep"):
        add(lena, here, "One more", above)
    pair = add(lena, here, "Pair")
    add(lena, here, "Part", pair)
    seventh = Unit.objects.get(name=f"Level {DEEPEST - 2}")
    with pytest.raises(Refused, match="deep"):
        actions.move_unit(actor=Actor.of(lena), unit=pair, above=seventh)


def test_one_name_in_one_place(here: Organisation, lena: User) -> None:
    science = add(lena, here, "Science")
    with pytest.raises(Refused, match="called SCIENCE in that place"):
        add(lena, here, "SCIENCE")
    stores = add(lena, here, "Stores", science)
    on_top = add(lena, here, "Stores")
    with pytest.raises(Refused, match="in that place"):
        actions.move_unit(actor=Actor.of(lena), unit=on_top, above=science)
    actions.close_unit(actor=Actor.of(lena), unit=stores)
    actions.move_unit(actor=Actor.of(lena), unit=on_top, above=science)


def test_what_is_in_use_stays_open(here: Organisation, lena: User) -> None:
    science = add(lena, here, "Science")
    glass = add(lena, here, "Glass", science)
    cham = a_member(here, MemberRole.CHAMPION, unit=glass)
    with pytest.raises(Refused, match="1 unit"):
        actions.close_unit(actor=Actor.of(lena), unit=science)
    with pytest.raises(Refused, match="1 role"):
        actions.close_unit(actor=Actor.of(lena), unit=glass)
    actions.end_membership(actor=Actor.of(lena), membership=Membership.objects.get(user=cham))
    actions.close_unit(actor=Actor.of(lena), unit=glass)
    for act in (
        lambda: actions.close_unit(actor=Actor.of(lena), unit=glass),
        lambda: actions.rename_unit(actor=Actor.of(lena), unit=glass, name="X"),
        lambda: add(lena, here, "Below", glass),
    ):
        with pytest.raises(Refused, match="closed"):
            act()


@pytest.mark.parametrize(
    "role", [r for r in MemberRole if r not in {"lead", "deputy", "hr-steward"}]
)
def test_who_may_not(here: Organisation, lena: User, role: str) -> None:
    unit = add(lena, here, "Science")
    actor = Actor.of(a_member(here, role, unit=unit) if "unit" in role or role == "manager"
                     else a_member(here, role))  # fmt: skip
    with pytest.raises(Denied):
        actions.add_unit(actor=actor, organisation=here, name="X", above=None)
    with pytest.raises(Denied):
        actions.rename_unit(actor=actor, unit=unit, name="X")
    with pytest.raises(Denied):
        actions.close_unit(actor=actor, unit=unit)


def test_another_organisations_units_are_nowhere(
    client: Client, here: Organisation, lena: User
) -> None:
    unit, there = add(lena, here, "Science"), an_organisation("southmoor")
    theirs = a_unit(there, "Theirs")
    stranger = a_member(there)
    sign_in(client, stranger)
    for verb, form in (("rename", {"name": "X"}), ("move", {"above": "none"}), ("close", {})):
        for organisation in ("northmoor", "southmoor"):
            page = f"/org/{organisation}/units/{unit.pk}/{verb}/"
            assert client.post(page, form).status_code == 404
    assert client.post("/org/southmoor/units/", {"name": "X", "above": unit.pk}).status_code == 422
    with pytest.raises(Refused):
        actions.move_unit(actor=Actor.of(lena), unit=unit, above=theirs)
    assert not AuditEvent.objects.filter(verb__in=["unit.rename", "unit.close"]).exists()
    unit.refresh_from_db()
    assert (unit.name, unit.above, unit.closed_on) == ("Science", None, None)


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_make_no_ring() -> None:
    """A under B and B under A, from two processes that both saw them side by side."""
    here = an_organisation()
    lena = a_member(here)
    pair = [a_unit(here, "A"), a_unit(here, "B")]
    start, said = threading.Barrier(2), []

    def move(unit: Unit, above: Unit) -> None:
        try:
            mine, other = Unit.objects.get(pk=unit.pk), Unit.objects.get(pk=above.pk)
            start.wait(timeout=30)
            actions.move_unit(actor=Actor.of(lena), unit=mine, above=other)
            said.append("moved")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=move, args=way) for way in (pair, pair[::-1])]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert sorted(said) == ["moved", "refused"]
    assert len(list(tree.in_order(queries.nodes_of(here)))) == 2


# --- the pages ----------------------------------------------------------------------------------
def test_the_pages_do_it_all_without_a_script(
    client: Client, here: Organisation, lena: User
) -> None:
    sign_in(client, lena)
    assert b"No units yet" in client.get(PAGE).content
    client.post(PAGE, {"name": "Science", "above": "none"})
    science = Unit.objects.get()
    under = client.get(f"{PAGE}?under={science.pk}").content.decode()
    assert f'value="{science.pk}" selected' in under
    client.post(PAGE, {"name": "Glass", "above": science.pk})
    glass = Unit.objects.get(name="Glass")
    twice = client.post(PAGE, {"name": "glass", "above": science.pk})
    assert twice.status_code == 422
    assert b'value="glass"' in twice.content
    assert b"Use another name" in twice.content
    page = f"{PAGE}{glass.pk}/"
    assert client.post(f"{page}rename/", {"name": " "}).status_code == 422
    client.post(f"{page}rename/", {"name": "Glass & <b>kiln</b>"})
    assert b"Glass &amp; &lt;b&gt;kiln&lt;/b&gt;" in client.get(PAGE).content
    assert b"<b>kiln" not in client.get(PAGE).content
    itself = client.post(f"{page}move/", {"above": glass.pk})
    assert itself.status_code == 422
    client.post(f"{page}move/", {"above": "none"})
    client.post(f"{page}close/")
    assert shown(here) == [(0, "Science")]
    assert client.get(page).status_code == 404


def test_a_member_sees_the_tree_and_no_buttons(
    client: Client, here: Organisation, lena: User
) -> None:
    add(lena, here, "Science")
    sign_in(client, a_member(here, MemberRole.STEERING))
    page = client.get(PAGE).content.decode()
    assert "Science" in page
    assert "Add a unit" not in page
    assert client.post(PAGE, {"name": "Mine", "above": "none"}).status_code == 403
    assert Unit.objects.count() == 1


def test_the_tree_asks_the_database_as_often_for_two_hundred(
    client: Client, here: Organisation, lena: User, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, lena)
    client.get(PAGE)
    counted = []
    for most in (3, 200):
        units = [Unit(organisation=here, name=f"U{most}-{n}") for n in range(most)]
        Unit.objects.bulk_create(units)
        with django_assert_max_num_queries(20) as asked:
            assert client.get(PAGE).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
