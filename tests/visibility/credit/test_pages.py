"""A technician's own pages: adding by DOI and by hand, nothing typed lost, others kept out."""

import csv
from html import unescape
from typing import Any

import pytest
from django.test import Client

from benchside.people.models import Profile
from benchside.visibility.credit import forms, lookup
from benchside.visibility.credit.lookup import Why
from benchside.visibility.credit.records import Record
from benchside.visibility.models import Contribution, CreditLetter, Output
from tests.factories.credit import AUTHOR, asked, confirmed, stated
from tests.factories.organisations import a_member, an_organisation
from tests.factories.technicians import a_kit, a_profile, as_themselves, at_work, tell

pytestmark = pytest.mark.django_db
ADD = "/my/contributions/add/"
DOI = "10.5555/kettles"
RECORD = Record(
    source="crossref", title="Kettles of the north", kind="article", year=2024, venue="J. Kettles",
    lead="Ada Made-Up", orcids=frozenset({"0000-0002-1825-0097"}),
)  # fmt: skip
TYPED = {"title": "Pots", "kind": "data", "year": "2021", "venue": "Store", "doi": ""}
PART = {"roles": ["software", "validation"], "note": "I wrote it.", "stands_as": "acknowledged"}


@pytest.fixture
def edie() -> Profile:
    return a_profile(orcid="0000-0002-1825-0097")


@pytest.fixture
def mine(edie: Profile) -> Client:
    return as_themselves(edie)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, settings: Any) -> list[str]:
    """A registry that knows one DOI; gives what it was asked."""
    asked_for: list[str] = []

    def look_up(doi: str) -> Record | Why:
        asked_for.append(doi)
        return RECORD if doi == DOI else Why.UNKNOWN

    monkeypatch.setattr(lookup, "look_up", look_up)
    settings.OUTGOING_REQUESTS = True
    return asked_for


def said(response: Any) -> str:
    return unescape(response.content.decode())


def sealed(page: Any) -> str:
    return str(page.context["sealed"])


def test_a_doi_brings_the_rest(mine: Client, known: list[str]) -> None:
    page = mine.get(ADD, {"doi": f"https://doi.org/{DOI.upper()}"})
    assert known == [DOI]
    for word in ("Kettles of the north", "J. Kettles", "2024", "Crossref", "ORCID iD is among"):
        assert word in said(page)
    assert page.context["ask_form"]["author_name"].value() == "Ada Made-Up"
    assert page.context["part_form"]["stands_as"].value() == "author"
    sent = mine.post(ADD, {**PART, "record": sealed(page), "title": "Rude"}, follow=True)
    assert "Kettles of the north" in said(sent)
    output = Output.objects.get()
    assert (output.title, output.source, output.doi) == ("Kettles of the north", "crossref", DOI)


def test_a_record_nobody_sealed_is_not_believed(mine: Client) -> None:
    real = forms.sealed(RECORD, DOI)
    for forged in ("x", real[:-2] + "zz", real + "x"):
        page = mine.post(ADD, {**PART, **TYPED, "record": forged})
        assert page.status_code == 302
        assert Output.objects.get().source == "typed"
        Contribution.objects.all().delete()
        Output.objects.all().delete()


def test_an_unknown_doi_is_typed_by_hand_and_kept(mine: Client, known: list[str]) -> None:
    page = mine.get(ADD, {"doi": "10.5555/other"})
    assert "Neither Crossref nor DataCite" in said(page)
    assert page.context["output_form"]["doi"].value() == "10.5555/other"
    mine.post(ADD, {**PART, **TYPED, "doi": "doi:10.5555/OTHER"})
    assert Output.objects.get().doi == "10.5555/other"


def test_switched_off_it_says_so(mine: Client, settings: Any) -> None:
    settings.OUTGOING_REQUESTS = False
    page = mine.get(ADD, {"doi": DOI})
    assert page.status_code == 200
    assert "asks no register" in said(page)


def test_what_is_known_here_is_not_asked_for_again(mine: Client, known: list[str]) -> None:
    olu = a_profile("Olu Made-Up")
    stated(olu, "Typed kettles", doi=DOI)
    Output.objects.update(source="datacite")
    page = mine.get(ADD, {"doi": DOI})
    assert known == []
    assert "Typed kettles" in said(page)
    assert "Olu" not in said(page)
    mine.post(ADD, {**PART, "record": sealed(page)})
    assert Output.objects.count() == 1
    assert Contribution.objects.count() == 2
    assert mine.get(ADD, {"doi": DOI}).status_code == 302  # to the one there is


def test_no_doi_is_said_kindly_and_stays_typed(mine: Client) -> None:
    page = mine.get(ADD, {"doi": "10.5555 kettles"})
    assert page.status_code == 422
    assert "This is no DOI" in said(page)
    assert 'value="10.5555 kettles"' in said(page)


def test_nothing_typed_is_lost_when_something_is_wrong(mine: Client) -> None:
    wrong = {
        **TYPED,
        "doi": "nonsense",
        "year": "3000",
        "note": "I wrote it.",
        "roles": ["software"],
        "stands_as": "author",
        "author_name": "Ada",
        "author_email": "ada",
    }
    page = mine.post(ADD, wrong)
    assert page.status_code == 422
    text = said(page)
    for word in ('value="Pots"', 'value="nonsense"', 'value="3000"', "I wrote it.", 'value="ada"'):
        assert word in text
    for problem in ("This is no DOI", "too far ahead", "no e-mail address"):
        assert problem in text
    assert page.context["part_form"].ticked == {"software"}
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("note", ["see http://x.example", "mail me@x.example", "www.x.example"])
def test_no_links_go_into_a_letter(mine: Client, note: str) -> None:
    page = mine.post(ADD, {**TYPED, **PART, "note": note})
    assert page.status_code == 422
    assert note in said(page)


def test_stated_and_asked_in_one_go(mine: Client) -> None:
    page = mine.post(ADD, {**TYPED, **PART, **AUTHOR}, follow=True)
    assert "the lead author is asked" in said(page)
    assert CreditLetter.objects.get().author_email == "ada@benchside.example"


def test_kit_and_equipment_are_ones_own_to_choose(mine: Client, edie: Profile) -> None:
    tell(edie, kit="Lathe")
    other = a_kit("Microscope")
    page = mine.get(ADD, {"hand": "yes"})
    assert "Lathe" in said(page)
    assert "Microscope" not in said(page)
    page = mine.post(ADD, {**TYPED, **PART, "kit": [other.pk]})
    assert page.status_code == 422


def test_words_to_be_thanked_with(mine: Client, edie: Profile) -> None:
    at_work(edie.technician, an_organisation("northmoor", name="Northmoor"))
    one = stated(edie, roles=["software", "validation"])
    text = said(mine.get(f"/my/contributions/{one.pk}/"))
    thanks = (
        "We thank Edie Made-Up (Northmoor; ORCID 0000-0002-1825-0097) for writing and testing the "
        "software, and checking that the results can be repeated."
    )
    assert thanks in text
    assert "Edie Made-Up: Software, Validation." in text


def test_changed_withdrawn_and_stated_again(mine: Client, edie: Profile) -> None:
    one = confirmed(edie)
    where = f"/my/contributions/{one.pk}/"
    assert "has confirmed it as it stands" in said(mine.get(f"{where}edit/"))
    page = mine.post(f"{where}edit/", {**TYPED, **PART}, follow=True)
    assert "It is kept." in said(page)
    one.refresh_from_db()
    assert (one.state, one.output.title) == ("stated", "Pots")
    page = mine.post(f"{where}do/", {"verb": "withdraw"}, follow=True)
    assert "taken down" in said(page)
    assert mine.get(f"{where}edit/").status_code == 302
    assert "It is back" in said(mine.post(f"{where}do/", {"verb": "state_again"}, follow=True))
    assert mine.post(f"{where}do/", {"verb": "confirm"}).status_code == 404


def test_the_answer_stands_on_ones_own_page(mine: Client, edie: Profile) -> None:
    one = confirmed(edie)
    assert "By Ada Made-Up, lead author" in said(mine.get(f"/my/contributions/{one.pk}/"))


def test_others_find_nothing(edie: Profile) -> None:
    one = asked(edie)
    home = an_organisation()
    at_work(edie.technician, home)
    olu, lead = as_themselves(a_profile("Olu Made-Up")), Client()
    lead.force_login(a_member(home))
    for client in (olu, lead):
        for tail in ("", "edit/"):
            assert client.get(f"/my/contributions/{one.pk}/{tail}").status_code in {302, 404}
        for tail in ("ask/", "do/"):
            answer = client.post(f"/my/contributions/{one.pk}/{tail}", {"verb": "withdraw"})
            assert answer.status_code in {302, 404}
    one.refresh_from_db()
    assert one.state == "asked"


def test_all_of_it_as_a_spreadsheet(mine: Client, edie: Profile) -> None:
    confirmed(edie, "=1+1", roles=["software"])
    text = mine.get("/my/contributions.csv").content.decode("utf-8-sig")
    row = next(csv.DictReader(text.splitlines()))
    assert row["title"] == "'=1+1"
    assert (row["credit_roles"], row["confirmed_by"]) == ("Software", "Ada Made-Up")


@pytest.mark.parametrize("count", [1, 20])
def test_queries_of_the_list(
    mine: Client, edie: Profile, count: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(count):
        stated(edie, f"Work {number}")
    with django_assert_max_num_queries(12):
        assert mine.get("/my/contributions/").status_code == 200


def test_an_empty_list_says_what_to_do_first(mine: Client) -> None:
    assert "Add your first" in said(mine.get("/my/contributions/"))
