"""Looking people up: by name, number, letters, and never those who are hidden."""

import pytest

from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM
from benchside.recognition.entries import names, queries
from benchside.recognition.models import Entry, FormerName, NameKey, Register
from tests.factories.registers import a_register, an_entry

pytestmark = pytest.mark.django_db


def found(text: str, *among: Register) -> list[str]:
    hits = queries.look_up(text, among or list(queries.registers()))
    return [one.name for one in queries.in_order(hits.ids)]


@pytest.fixture
def siobhan(db: None) -> Entry:
    return an_entry("Siobhán Mary O’Brien")


@pytest.mark.parametrize(
    "typed",
    ["o'brien", "OBRIEN", "o brien", "siob", "obrien sio", "mary obr", "brien siobhan o'brien"],
)
def test_found_by_name(siobhan: Entry, typed: str) -> None:
    an_entry("Anna Nowak")
    expected = [] if typed.startswith("brien") else ["Siobhán Mary O’Brien"]
    assert found(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "RT-000001", "rt 000001", "rt000001", "1", "000001", "rt1", "RT1", "RT 1", "RT-00001",
        "(RT-000001)", "RT:000001", "=RT-000001", "RT-000001, 2", "2, 000001", "000 001",
        "O’Brien RT1", "Siobhán 000001", "No. 1",
    ],
)  # fmt: skip
def test_found_by_number(siobhan: Entry, typed: str) -> None:
    assert found(typed) == ["Siobhán Mary O’Brien"]


@pytest.mark.parametrize(
    "typed", ["RT-0000011", "RET1", "2", "RT", "", "%", "_", "#rt000001", "\0", "’"]
)
def test_not_found(siobhan: Entry, typed: str) -> None:
    assert found(typed) in ([], ["Siobhán Mary O’Brien"] if typed == "#rt000001" else [])


@pytest.mark.parametrize("typed", ["=1+1", "= 1 + 1", "1/1", "1-1", "1.1", "O’Brien 1/1", "RT 1+1"])
def test_a_sum_is_no_number(siobhan: Entry, typed: str) -> None:
    for number in range(2, 12):
        an_entry(f"Somebody {number}")
    assert Entry.objects.filter(award__number="RT-000011").exists()
    assert found(typed) == []


def test_found_by_letters_beside_the_name(siobhan: Entry) -> None:
    other = Register.objects.create(
        slug="other", name="Other", letters="OthMade", standard="other", content={}
    )
    assert found("obrien RTMade") == ["Siobhán Mary O’Brien"]
    assert found("OthMade obrien") == []
    assert found("obrien", other) == []
    asked = queries.look_up("rtmade", list(queries.registers()))
    assert not asked.is_asked
    assert asked.register == a_register()


def test_found_by_a_former_name_once(siobhan: Entry) -> None:
    FormerName.objects.create(entry=siobhan, name="Siobhán Murphy")
    names.index(siobhan)
    assert found("murphy") == ["Siobhán Mary O’Brien"]
    assert found("siobhan") == ["Siobhán Mary O’Brien"]


def test_in_the_order_of_what_was_typed(db: None) -> None:
    for name in ("John Smithers", "Zoe Smith", "Ann Smith", "Smith Brown"):
        an_entry(name)
    assert found("smith") == ["Ann Smith", "Smith Brown", "Zoe Smith", "John Smithers"]


def test_hidden_is_not_in_the_index(siobhan: Entry) -> None:
    Entry.objects.filter(pk=siobhan.pk).update(is_hidden=True, hidden_basis="Stalked")
    assert found("obrien") == []  # before the index is told
    names.index(siobhan)
    assert not NameKey.objects.exists()


def test_who_died_is_not_found(siobhan: Entry, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        move_award(actor=SYSTEM, award=siobhan.award, verb="record-death")
    assert found("obrien") == []
    assert not NameKey.objects.exists()


def test_many_of_one_name_are_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 3)
    for _ in range(4):
        an_entry("Ann Smith")
    asked = queries.look_up("smith", [a_register()])
    assert len(asked.ids) == 3
    assert asked.more
    assert not queries.look_up("smith ann bob", [a_register()]).ids


def test_names_for_many_at_once(siobhan: Entry) -> None:
    by_name, by_number = queries.exactly(
        ["O'Brien, Siobhán Mary", "Siobhan O'Brien", ""], ["rt 000001", "RT-9", ""]
    )
    assert by_name == {
        "O'Brien, Siobhán Mary": {siobhan.pk}, "Siobhan O'Brien": set(), "": set()
    }  # fmt: skip
    assert by_number == {"rt 000001": {siobhan.pk}, "RT-9": set(), "": set()}
