"""Technicians in numbers: what members see, what a file holds, and who sees exact figures."""

from datetime import date

import pytest
from django.test import Client

from benchside.core.models import AuditEvent
from benchside.core.registries import measures
from benchside.organisations.enums import MemberRole
from benchside.organisations.measures import MEASURES
from benchside.organisations.staff import counting
from tests.factories.organisations import a_member
from tests.organisations.lists import bring, member, organisation
from tests.organisations.test_censuses import CENSUS, crowd

pytestmark = pytest.mark.django_db
PAGE, FILE, EXACT = "impact/measures/", "impact/measures.csv", "impact/measures/exact/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def counted(nowhere, steward):
    bring(steward, nowhere, *crowd(0, 13))
    counting.take_snapshot(nowhere, CENSUS)
    return nowhere


@pytest.fixture
def lead(nowhere) -> Client:
    return signed_in(member(nowhere, MemberRole.LEAD))


def test_what_to_do_first_is_said(nowhere, steward, lead) -> None:
    address = f"/org/{nowhere.slug}/{PAGE}"
    assert "First bring in a staff list" in lead.get(address).content.decode()
    bring(steward, nowhere, *crowd(0, 13))
    page = lead.get(address).content.decode()
    assert "Not counted yet" in page
    assert "13" not in page.split("<main")[1]


def test_the_overview_says_when_they_were_counted(counted, lead) -> None:
    page = " ".join(lead.get(f"/org/{counted.slug}/").content.decode().split())
    assert "Technicians counted on 1 census day<" in page
    assert "1 Dec 2026" in page


def test_members_see_rounded_figures_and_the_file_says_the_same(counted, lead) -> None:
    page = lead.get(f"/org/{counted.slug}/{PAGE}?by=unit").content.decode()
    assert "Technicians by unit, 1 December 2026" in page
    assert '<span class="num">5</span>' in page
    assert "Show exact figures" not in page
    response = lead.get(f"/org/{counted.slug}/{FILE}")
    rows = response.content.decode("utf-8-sig").splitlines()
    assert "2026-12-01,Technicians identified,,15" in rows
    assert "2026-12-01,Unit,Physics,5" in rows
    assert {row.rsplit(",", 1)[1] for row in rows[1:]} <= {
        "0", "5", "10", "15", "Hidden to protect people",
    }  # fmt: skip


@pytest.mark.parametrize(
    "query", ["?by=staff_number", "?on=never", "?by=&on=0000-99-99", "?on=%00"]
)
def test_what_nobody_offers_is_not_shown(counted, lead, query) -> None:
    response = lead.get(f"/org/{counted.slug}/{PAGE}{query}")
    assert response.status_code == 200
    assert "Technicians by unit" in response.content.decode()


def test_pages_are_the_same_on_either_side_of_a_leaver(counted, steward, lead) -> None:
    addresses = [f"/org/{counted.slug}/{PAGE}?by={name}" for name in ("unit", "sex", "grade")]
    addresses.append(f"/org/{counted.slug}/{FILE}")
    before = [body(lead, one) for one in addresses]
    bring(steward, counted, *crowd(1, 13))
    assert [body(lead, one) for one in addresses] == before
    counting.take_snapshot(counted, date(2027, 7, 31))
    after = [body(lead, one) for one in addresses]
    assert after[-1] == before[-1]
    assert all("A newer census is not shown yet" in one for one in after[:-1])


def body(client: Client, address: str) -> str:
    """The sheet alone: the head of a page has tokens of its own."""
    return client.get(address).content.decode().split("work__main")[-1].split("</main>")[0]


def test_only_an_hr_steward_sees_exact_figures_and_each_look_is_put_down(counted) -> None:
    asked = {"snapshot": counted.staff_snapshots.get().pk, "reason": "Checking the new list"}
    address = f"/org/{counted.slug}/{EXACT}"
    for role in MemberRole:
        if role == MemberRole.HR_STEWARD:
            continue
        client = signed_in(a_member(counted, role, local=f"a-{role}"))
        assert client.post(address, asked).status_code == 403
    assert not AuditEvent.objects.filter(verb="figures.look").exists()
    hari = signed_in(a_member(counted, MemberRole.HR_STEWARD, local="hari"))
    assert "Physics" not in hari.get(address).content.decode()
    response = hari.post(address, asked)
    assert '<td class="num">4</td>' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    event = AuditEvent.objects.get(verb="figures.look")
    assert event.detail == {"day": "2026-12-01", "reason": "Checking the new list"}
    history = hari.get(f"/org/{counted.slug}/audit/").content.decode()
    assert "Looked at exact figures" in history
    assert "Checking the new list" in history


@pytest.mark.parametrize("reason", ["", "because", "for kai@benchside.example please", "x" * 201])
def test_no_reason_no_figures(counted, reason) -> None:
    hari = signed_in(a_member(counted, MemberRole.HR_STEWARD, local="hari"))
    asked = {"snapshot": counted.staff_snapshots.get().pk, "reason": reason}
    response = hari.post(f"/org/{counted.slug}/{EXACT}", asked)
    assert response.status_code == 422
    assert "Physics" not in response.content.decode()
    assert not AuditEvent.objects.filter(verb="figures.look").exists()


def test_a_snapshot_of_elsewhere_is_not_theirs_to_see(counted) -> None:
    elsewhere = organisation("elsewhere")
    hari = signed_in(a_member(elsewhere, MemberRole.HR_STEWARD, local="hari"))
    asked = {"snapshot": counted.staff_snapshots.get().pk, "reason": "Having a look around"}
    assert hari.post(f"/org/elsewhere/{EXACT}", asked).status_code == 422
    assert hari.post(f"/org/{counted.slug}/{EXACT}", asked).status_code == 404


def test_measures_are_published_with_what_they_are_out_of(counted) -> None:
    found = {one.key: measures[one.key].observe(counted.pk, CENSUS) for one in MEASURES}
    assert found["organisations.technicians"].value == 13
    claimed = found["organisations.claimed"]
    assert (claimed.value, claimed.people) == (0, 13)
    assert all(one.policy == "workforce" for one in MEASURES if one.unit == "people")
    assert measures["organisations.technicians"].observe(counted.pk, date(2020, 1, 1)) is None
    assert measures["organisations.technicians"].observe(counted.pk + 99, CENSUS) is None


def test_queries_do_not_grow_with_the_list(
    nowhere, steward, lead, django_assert_max_num_queries
) -> None:
    for last, day in ((8, CENSUS), (80, date(2027, 7, 31))):
        bring(steward, nowhere, *crowd(0, last))
        counting.take_snapshot(nowhere, day)
        with django_assert_max_num_queries(16):
            lead.get(f"/org/{nowhere.slug}/{PAGE}")
