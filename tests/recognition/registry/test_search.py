"""The desk's own search finds what the public look-up finds, and what nobody else may see."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchside.core.actions import SYSTEM
from benchside.recognition.entries import actions as keeping
from benchside.recognition.entries import names
from benchside.recognition.entries.searching import loosely
from benchside.recognition.models import Entry, FormerName, RegisterApplication
from benchside.recognition.registers import queries as applications
from benchside.recognition.registry import actions, queries
from tests.factories import registry as made
from tests.factories.registers import an_entry
from tests.recognition.registry.test_desk import apply

pytestmark = pytest.mark.django_db
HERE = "/registry/registered-technician"
FINDS = [
    "obrien", "o'brien", "O’BRIEN", "o brien", "Siobhan", "siobhán", "obrien sio", "hán", "brien",
    "rt000001", "RT-000001", "rt-1", "Siobhán rt000001",
]  # fmt: skip


@pytest.fixture
def desk() -> made.Desk:
    return made.a_desk()


@pytest.fixture
def entry(desk: made.Desk) -> Entry:
    found = made.somebody("Siobhán O’Brien")
    an_entry("Grażyna Łęcka-Sørensen")
    return found


def numbers(desk: made.Desk, words: str) -> list[str]:
    page = made.browser(desk.registrar).get(f"{HERE}/entries.csv", {"q": words})
    return [one["Number"] for one in csv.DictReader(io.StringIO(page.content.decode("utf-8-sig")))]


@pytest.mark.parametrize("words", FINDS)
def test_entries_are_found_as_everybody_finds_them(
    desk: made.Desk, entry: Entry, words: str
) -> None:
    assert numbers(desk, words) == ["RT-000001"]
    keeping.hide_entry(actor=SYSTEM, entry=entry, basis="Stalked")
    assert numbers(desk, words) == ["RT-000001"]


@pytest.mark.parametrize(
    "words",
    [
        "grazyna",
        "GRAZYNA lecka",
        "leckasorensen",
        "lecka-sorensen",
        "lecka sorensen",
        "rt000002",
        "żyna",
    ],
)
def test_letters_that_few_have_on_their_keys(desk: made.Desk, entry: Entry, words: str) -> None:
    assert numbers(desk, words) == ["RT-000002"]


@pytest.mark.parametrize(
    "words", ["obrian", "%", ".*", "[b-z]", "(", "rt000003", "\\", "siobhan 2"]
)
def test_what_fits_nobody_finds_nobody(desk: made.Desk, entry: Entry, words: str) -> None:
    assert numbers(desk, words) == []


def test_a_former_name_is_found_once_and_no_query_more(desk: made.Desk, entry: Entry) -> None:
    FormerName.objects.create(entry=entry, name="Siobhán Ó Murchú")
    FormerName.objects.create(entry=entry, name="Siobhán Murphy")
    names.index(entry)
    assert numbers(desk, "omurchu") == numbers(desk, "siobhan") == ["RT-000001"]
    browser = made.browser(desk.registrar)

    def asked(**words: str) -> int:
        with CaptureQueriesContext(connection) as found:
            browser.get(f"{HERE}/entries/", words)
        return len(found)

    asked()
    assert asked(q="siobhan obrien") <= asked()


@pytest.mark.parametrize("words", ["obrien", "siobhan", "rt000001", "RT-000001"])
def test_concerns_are_found_so(desk: made.Desk, entry: Entry, words: str) -> None:
    case = actions.raise_concern(actor=desk.registrar, entry=entry, said="Something happened.")
    mine = queries.desk_of(desk.registrar.account, "registered-technician")  # type: ignore[arg-type]
    assert mine is not None
    assert list(queries.cases(mine, words=words)) == [case]
    assert not queries.cases(mine, words="grazyna")


@pytest.mark.parametrize("words", ["obrien", "o'brien", "siobhan", "rta000001", "RTA-1"])
def test_applications_are_found_so(desk: made.Desk, words: str) -> None:
    one = apply(1, "submitted", name="Siobhán O’Brien")
    apply(2, "submitted", name="Ann Example")
    found = applications.applications_to(
        desk.register,
        reader=desk.registrar.account,  # type: ignore[arg-type]
        words=words,
    )
    assert list(found) == [one]
    assert RegisterApplication.objects.count() == 2


@pytest.mark.parametrize("plain", ["strasse", "aesir", "thora", "oeuvre"])
def test_one_letter_that_folds_to_two(desk: made.Desk, plain: str) -> None:
    written = {"strasse": "Straße", "aesir": "Æsir", "thora": "Þóra", "oeuvre": "Œuvre"}[plain]
    an_entry(written)
    assert numbers(desk, plain) == numbers(desk, written) == ["RT-000001"]
    assert loosely(plain)
