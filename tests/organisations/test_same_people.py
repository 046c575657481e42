"""People who stand on a list twice: found, merged, known by both numbers, taken apart."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchside.core.actions import Actor, Denied, Refused
from benchside.organisations.actions.same_people import merge_people, tell_apart, undo_merger
from benchside.organisations.enums import MemberRole
from benchside.organisations.keeping_queries import pairs
from benchside.organisations.models import Employment, Merger, NotTheSame, Organisation, Post
from benchside.organisations.staff import kept
from benchside.organisations.staff_list.aliases import join_aliases
from benchside.organisations.staff_list.duplicates import likely_pairs
from benchside.people.models import Technician
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU, read, text
from tests.organisations.lists import bring, changed, listed, preview

pytestmark = pytest.mark.django_db
TWIN = changed(EDIE, staff_no="2001", work_e_mail="", department="Chemistry", fte="0.4")


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def steward(here: Organisation) -> Actor:
    return Actor.of(a_member(here, MemberRole.HR_STEWARD))


def ids() -> tuple[int, int]:
    numbers = ("1001", "2001")
    first, second = (Employment.objects.get(staff_number=one).pk for one in numbers)
    return first, second


def merged(actor: Actor, here: Organisation) -> Merger:
    first, second = ids()
    return merge_people(actor=actor, organisation=here, kept_id=first, absorbed_id=second)


def claim(number: str) -> Technician:
    technician = Employment.objects.get(staff_number=number).technician
    technician.account = person(f"claims-{number}@benchside.example")
    technician.claimed_at = timezone.now()
    technician.save()
    return technician


def rows() -> list[Any]:
    """Every row a merger may touch, listed or not."""
    return [
        list(Technician.objects.order_by("pk").values_list()),
        list(Employment.everything.order_by("pk").values_list()),
        list(Post.everything.order_by("pk").values_list()),
    ]


# --- found --------------------------------------------------------------------------------------
def people(*said: tuple[str, str, str, str]) -> list[Any]:
    lines = [changed(EDIE, staff_no=n, name=w, work_e_mail=m, department=u) for n, w, m, u in said]
    return read(text([HEADER, *lines])).people


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (("1", "Edie Made-Up", "e@b.example", "A"), ("2", "E. Up", "E@B.example", "B"), "e-mail"),
        (("1", "Edie Made-Up", "", "A"), ("2", "Made-Up, Edie", "", "B"), "the same name"),
        (("1", "Edie Made-Up", "", "A"), ("2", "Edith Made-Up", "", "A"), "nearly"),
        (("1", "Edie Made-Up", "", "A"), ("2", "Edie Ann Made-Up", "", "A"), "nearly"),
        (("1", "Edie Made-Up", "", "A"), ("2", "Edith Made-Up", "", "B"), ""),
        (("1", "Edie Made-Up", "", "A"), ("2", "Olu Notreal", "", "A"), ""),
        (("1", "李 小龍", "", "A"), ("2", "李 小龍", "", "B"), "the same name"),
    ],
)
def test_pairs_that_may_be_one_are_found_with_the_reason(first: Any, second: Any, why: str) -> None:
    found = likely_pairs(people(first, second))
    assert len(found) == bool(why)
    assert all(why in one.why[0] for one in found)


def test_the_same_name_with_another_age_is_two_people() -> None:
    young, old = people(("1", "Edie Made-Up", "", "A"), ("2", "Edie Made-Up", "", "A"))
    assert likely_pairs([young, old])
    assert not likely_pairs([young, old._replace(age_band="20-24")])


def test_pairs_are_found_in_a_long_list_in_little_time() -> None:
    """Ten thousand people of one name in one unit say nothing, and cost nothing."""
    one = people(("1", "Edie Made-Up", "", "A"))[0]
    crowd = [one._replace(key=f"number:{n}", number=str(n)) for n in range(10_000)]
    assert likely_pairs(crowd) == []


# --- merged -------------------------------------------------------------------------------------
def test_posts_move_and_the_other_number_is_known_from_then_on(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN, OLU)
    merged(steward, here)
    assert listed(here) == {
        ("Edie Made-Up", "Technician", "Physics"),
        ("Edie Made-Up", "Technician", "Chemistry"),
        ("Olu Notreal", "Sound Technician", "Music"),
    }
    assert Employment.objects.count() == 2
    again = bring(steward, here, EDIE, TWIN, OLU)
    assert again.counts["unchanged"] == 2
    only_other = bring(steward, here, TWIN, OLU)  # HR keeps the second number alone
    assert (only_other.counts["joined"], only_other.counts["left"]) == (0, 0)
    assert {(name, unit) for name, _, unit in listed(here)} == {
        ("Edie Made-Up", "Chemistry"),
        ("Olu Notreal", "Music"),
    }


def test_a_bad_row_of_the_other_number_makes_nobody_a_leaver(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    merged(steward, here)
    assert preview(steward, here, changed(TWIN, fte="lots")).counts["left"] == 0


def test_a_merger_makes_a_waiting_difference_stale(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    waiting = preview(steward, here, EDIE, TWIN, OLU)
    merged(steward, here)
    assert kept.settings_of(here).version == waiting.version + 1


def test_the_claimed_record_is_kept_whichever_was_named(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    theirs = claim("2001")
    made = merged(steward, here)
    assert made.kept.technician == theirs


def test_two_claimed_records_are_not_merged(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    claim("1001"), claim("2001")
    before = rows()
    with pytest.raises(Refused, match="Both records are claimed"):
        merged(steward, here)
    assert rows() == before
    assert not Merger.objects.exists()


def test_one_contract_under_two_numbers_stays_one(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, changed(EDIE, staff_no="2001", work_e_mail=""))
    merged(steward, here)
    assert Post.objects.current().count() == 1


def test_who_merged_second_is_told(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    first, second = ids()
    merged(steward, here)
    with pytest.raises(Refused, match="not on the list any more"):
        merge_people(actor=steward, organisation=here, kept_id=second, absorbed_id=first)
    with pytest.raises(Refused, match="Choose two"):
        merge_people(actor=steward, organisation=here, kept_id=first, absorbed_id=first)


def test_nobody_merges_people_of_another_organisation(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    made = merged(steward, here)
    other = an_organisation("southmoor")
    theirs = Actor.of(a_member(other, MemberRole.LEAD))
    first = made.kept_id
    with pytest.raises(Refused, match="not on the list"):
        merge_people(actor=theirs, organisation=other, kept_id=first, absorbed_id=first)
    with pytest.raises(Denied):
        merge_people(actor=theirs, organisation=here, kept_id=first, absorbed_id=first)
    with pytest.raises(Denied):
        undo_merger(actor=theirs, merger=made)


# --- taken apart --------------------------------------------------------------------------------
CELLS = {
    "work_e_mail": st.sampled_from(["", "edie@benchside.example"]),
    "department": st.sampled_from(["Physics", "Chemistry"]),
    "job_title": st.sampled_from(["Technician", "Senior Technician"]),
    "fte": st.sampled_from(["", "1", "0.5"]),
    "dob": st.sampled_from(["", "01/02/1980"]),
}


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=st.fixed_dictionaries(CELLS),
    second=st.fixed_dictionaries(CELLS),
    swap=st.booleans(),
    is_claimed=st.booleans(),
)
def test_undone_everything_is_as_it_was(
    here: Any,
    steward: Actor,
    first: dict[str, str],
    second: dict[str, str],
    swap: bool,
    is_claimed: bool,
) -> None:
    Employment.everything.all().delete()
    bring(steward, here, changed(EDIE, **first), changed(TWIN, **second), OLU)
    boss, twin = ids()
    Post.objects.filter(employment__staff_number="1002").update(manager=twin)
    if is_claimed:
        Technician.objects.filter(account__isnull=False).update(account=None, claimed_at=None)
        technician = Employment.objects.get(pk=boss).technician
        technician.account = person(f"{uuid4()}@benchside.example")
        technician.claimed_at = timezone.now()
        technician.save()
    before = rows()
    pair = (twin, boss) if swap else (boss, twin)
    made = merge_people(actor=steward, organisation=here, kept_id=pair[0], absorbed_id=pair[1])
    assert rows() != before
    assert Employment.objects.count() == 2
    undo_merger(actor=steward, merger=made)
    assert rows() == before
    with pytest.raises(Refused, match="undone already"):
        undo_merger(actor=steward, merger=made)


def test_undone_after_a_later_list_both_are_there_with_their_posts(
    here: Any, steward: Actor
) -> None:
    bring(steward, here, EDIE, TWIN)
    made = merged(steward, here)
    bring(steward, here, changed(EDIE, job_title="Head Technician"), TWIN, OLU)
    undo_merger(actor=steward, merger=made)
    assert listed(here) == {
        ("Edie Made-Up", "Head Technician", "Physics"),
        ("Edie Made-Up", "Technician", "Chemistry"),
        ("Olu Notreal", "Sound Technician", "Music"),
    }
    run = bring(steward, here, changed(EDIE, job_title="Head Technician"), TWIN, OLU)
    assert run.counts["unchanged"] == 3


def test_undone_though_a_list_knows_the_person_by_the_other_number_alone(
    here: Any, steward: Actor
) -> None:
    bring(steward, here, EDIE, TWIN)
    made = merged(steward, here)
    bring(steward, here, TWIN)
    undo_merger(actor=steward, merger=made)
    numbers = set(Employment.objects.values_list("staff_number", flat=True))
    assert numbers == {"1001", "2001"}


def test_a_chain_is_undone_from_its_end(here: Any, steward: Actor) -> None:
    third = changed(EDIE, staff_no="3001", work_e_mail="", department="Music")
    bring(steward, here, EDIE, TWIN, third)
    first = merged(steward, here)
    last = Employment.objects.get(staff_number="3001").pk
    second = merge_people(actor=steward, organisation=here, kept_id=last, absorbed_id=first.kept_id)
    assert bring(steward, here, EDIE, TWIN, third).counts["unchanged"] == 1
    with pytest.raises(Refused, match="into another record"):
        undo_merger(actor=steward, merger=first)
    undo_merger(actor=steward, merger=second)
    undo_merger(actor=steward, merger=first)
    assert Employment.objects.count() == 3


def test_after_thirty_days_it_stays(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    made = merged(steward, here)
    Merger.objects.update(merged_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused, match="30 days"):
        undo_merger(actor=steward, merger=made)


def test_a_number_somebody_else_has_by_now_stops_the_undo(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN, OLU)
    made = merged(steward, here)
    Employment.objects.filter(staff_number="1002").update(staff_number="2001")
    before = rows()
    with pytest.raises(Refused, match="Somebody else"):
        undo_merger(actor=steward, merger=made)
    assert rows() == before


# --- aliases ------------------------------------------------------------------------------------
@given(order=st.permutations([EDIE, TWIN, OLU]))
def test_the_order_of_a_file_means_nothing(order: list[Any]) -> None:
    aliases = {"number:2001": "number:1001"}
    staff = join_aliases(read(text([HEADER, *order])), aliases)
    again = join_aliases(read(text([HEADER, EDIE, TWIN, OLU])), aliases)
    assert [one[:12] for one in staff.people] == [one[:12] for one in again.people]
    assert len(staff.people[0].posts) == 2


def test_gone_under_one_number_and_here_under_the_other_is_here() -> None:
    header = (*HEADER, "End Date")
    gone = (*EDIE, date(2026, 1, 31).strftime("%d/%m/%Y"))
    staff = read(text([header, gone, (*TWIN, "")]))
    assert len(staff.leavers) == 1
    joined = join_aliases(staff, {"number:2001": "number:1001"})
    assert [one.key for one in joined.people] == ["number:1001"]
    assert joined.leavers == []


# --- the pages ----------------------------------------------------------------------------------
def page(name: str, *args: Any) -> str:
    return reverse(f"organisations:{name}", args=["northmoor", *args])


@pytest.fixture
def client(here: Organisation, steward: Actor) -> Client:
    found = Client()
    found.force_login(here.memberships.get().user)
    return found


def test_a_pair_is_merged_and_undone_by_buttons(here: Any, steward: Actor, client: Client) -> None:
    bring(steward, here, EDIE, TWIN)
    shown = client.get(page("staff_duplicates")).content.decode()
    assert "the same name" in shown
    first, second = ids()
    client.post(page("staff_merge"), {"keep": first, "other": second})
    shown = client.get(page("staff_duplicates")).content.decode()
    assert "Nobody stands here twice" in shown
    assert "2001" in shown
    client.post(page("staff_unmerge", Merger.objects.get().pk))
    assert len(pairs(here)) == 1


def test_two_told_apart_are_not_shown_again(here: Any, steward: Actor, client: Client) -> None:
    bring(steward, here, EDIE, TWIN)
    first, second = ids()
    for keep, other in ((first, second), (second, first)):
        client.post(page("staff_apart"), {"keep": keep, "other": other})
    assert NotTheSame.objects.count() == 1
    assert pairs(here) == []
    with pytest.raises(Refused):
        tell_apart(actor=steward, organisation=here, one_id=first, other_id=first)


@pytest.mark.parametrize("posted", [{}, {"keep": "x", "other": "²"}, {"keep": "9" * 30}])
def test_what_cannot_be_meant_merges_nobody(
    here: Any, steward: Actor, client: Client, posted: dict[str, str]
) -> None:
    bring(steward, here, EDIE, TWIN)
    answer = client.post(page("staff_merge"), posted, follow=True)
    assert answer.context["messages"]
    assert not Merger.objects.exists()


def test_another_organisations_merger_is_not_found(here: Any, steward: Actor) -> None:
    bring(steward, here, EDIE, TWIN)
    made = merged(steward, here)
    stranger = Client()
    stranger.force_login(a_member(an_organisation("southmoor"), MemberRole.LEAD))
    address = reverse("organisations:staff_unmerge", args=["southmoor", made.pk])
    assert stranger.post(address).status_code == 404
    assert stranger.post(page("staff_unmerge", made.pk)).status_code == 404


@pytest.mark.parametrize("many", [2, 40])
def test_the_page_asks_the_same_at_any_size(
    here: Any, steward: Actor, client: Client, many: int, django_assert_max_num_queries: Any
) -> None:
    crowd = [changed(TWIN, staff_no=str(3000 + n)) for n in range(many)]
    bring(steward, here, *crowd)
    with django_assert_max_num_queries(16):
        client.get(page("staff_duplicates"))
