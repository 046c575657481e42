"""One person written by hand, people's own word, requests to be counted, days it was counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.organisations.actions.by_hand import mark_back
from benchside.organisations.actions.own_words import accept_request, say_of_oneself
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import (
    CountMeIn,
    Employment,
    Organisation,
    OwnWord,
    Post,
    StaffSnapshot,
)
from benchside.organisations.staff import kept
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, OLU
from tests.organisations.lists import bring, changed, listed, preview, rows_of_every_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def keeper(here: Organisation) -> User:
    return a_member(here, MemberRole.HR_STEWARD)


@pytest.fixture
def steward(keeper: User) -> Actor:
    return Actor.of(keeper)


@pytest.fixture
def client(keeper: User) -> Client:
    return signed_in(keeper)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, *args: Any) -> str:
    return reverse(f"organisations:{name}", args=["northmoor", *args])


def version(here: Organisation) -> int:
    return kept.settings_of(here).version


def typed(**fields: str) -> dict[str, str]:
    return {"name": "Bo Invented", "title": "Technician", "unit": "none"} | fields


# --- added --------------------------------------------------------------------------------------
def test_a_school_without_any_file_adds_its_people(here: Organisation, client: Client) -> None:
    unit = a_unit(here, "Science")
    answer = client.post(
        page("staff_add"),
        typed(
            work_email="BO@benchside.example",
            staff_number="007",
            unit=str(unit.pk),
            fte="60%",
            soc2020="3111",
            terms="permanent",
            started_on="2020-09-01",
        ),
    )
    one = Employment.objects.get()
    assert answer.url == page("staff_person", one.pk)
    assert (one.key, one.staff_number) == ("number:7", "7")
    assert one.technician.work_email == "bo@benchside.example"
    post = one.posts.get()
    assert (post.title, post.unit, float(post.fte), post.soc2020) == (
        "Technician",
        unit,
        0.6,
        "3111",
    )
    assert str(one.started_on) == "2020-09-01"
    assert version(here) == 1
    assert "Bo Invented" in client.get(page("staff")).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "still empty"),
        ("title", "", "still empty"),
        ("title", "x" * 161, "160"),
        ("name", "a\x00b", "letters"),
        ("work_email", "nobody", "not an e-mail address"),
        ("staff_number", "1.2E+5", "rounded"),
        ("fte", "lots", "1, 0.6 or 60%"),
        ("fte", "-1", "between 0 and 1"),
        ("soc2020", "tech", "four digits"),
        ("started_on", "yesterday", "Give a day"),
        ("manager", "nobody@benchside.example", "Nobody on the list"),
        ("unit", "999999", "valid choice"),
        ("terms", "wizard", "valid choice"),
    ],
)
def test_what_cannot_be_meant_is_told_beside_the_field_and_kept(
    here: Organisation, client: Client, field: str, value: str, said: str
) -> None:
    answer = client.post(page("staff_add"), typed(**{field: value}))
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert answer.context["form"][field].value() == value
    assert not Employment.everything.exists()


def test_a_fixed_term_does_not_end_before_it_begins(client: Client) -> None:
    days = {"started_on": "2026-02-01", "contract_end": "2026-01-01"}
    answer = client.post(page("staff_add"), typed(**days))
    assert "before the post began" in answer.content.decode()


def test_another_organisations_unit_is_no_choice(client: Client) -> None:
    theirs = a_unit(an_organisation("southmoor"))
    answer = client.post(page("staff_add"), typed(unit=str(theirs.pk)))
    assert answer.status_code == 422


def test_a_number_that_is_taken_is_refused_by_name(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    answer = client.post(page("staff_add"), typed(staff_number="1001"))
    assert answer.status_code == 422
    assert "Edie Made-Up has the staff number 1001" in answer.content.decode()
    assert Employment.objects.count() == 1
    assert version(here) == 1


def test_somebody_who_left_comes_back_to_their_own_record(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE, OLU)
    edie = Employment.objects.get(staff_number="1001")
    bring(steward, here, OLU)
    client.post(page("staff_add"), typed(name="Edie Made-Up", staff_number="1001"))
    edie.refresh_from_db()
    assert edie.left_on is None
    assert edie.posts.filter(ended_on=None).count() == 1
    assert Employment.objects.count() == 2


def test_the_next_file_finds_whoever_was_added_and_its_word_wins(
    here: Organisation, steward: Actor, client: Client
) -> None:
    client.post(page("staff_add"), typed(name="Edie Madeup", staff_number="1001"))
    run = bring(steward, here, EDIE)
    assert (run.counts["joined"], run.counts["moved"] + run.counts["changed"]) == (0, 1)
    assert listed(here) == {("Edie Made-Up", "Technician", "Physics")}


# --- changed ------------------------------------------------------------------------------------
def as_shown(client: Client, pk: int, **more: str) -> dict[str, str]:
    form = client.get(page("staff_edit", pk)).context["form"]
    said = {name: form[name].value() for name in form.fields}
    return {name: str(value) for name, value in said.items() if value is not None} | more


def test_one_person_is_changed_and_waiting_differences_are_stale(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE, OLU)
    waiting = preview(steward, here, EDIE)
    one, boss = (Employment.objects.get(staff_number=n) for n in ("1001", "1002"))
    said = as_shown(client, one.pk, title="Head Technician", grade="7", manager="1002")
    client.post(page("staff_edit", one.pk), said)
    post = one.posts.get()
    assert (post.title, post.grade, post.manager) == ("Head Technician", "7", boss)
    assert post.unit.name == "Physics"
    answer = client.post(page("staff_apply", waiting.pk), follow=True)
    assert "changed since" in answer.content.decode()


def test_pressed_without_a_change_nothing_changes(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    one = Employment.objects.get()
    before = [*Employment.objects.values_list(), *Post.objects.values_list()]
    client.post(page("staff_edit", one.pk), as_shown(client, one.pk))
    assert [*Employment.objects.values_list(), *Post.objects.values_list()] == before


def test_nobody_answers_to_themselves(here: Organisation, steward: Actor, client: Client) -> None:
    bring(steward, here, EDIE)
    one = Employment.objects.get()
    answer = client.post(page("staff_edit", one.pk), as_shown(client, one.pk, manager="1001"))
    assert "answers to themselves" in " ".join(answer.context["form"].errors["manager"])


def test_name_and_address_of_a_claimed_record_are_not_the_keepers(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    one = claimed(here)
    said = as_shown(client, one.pk, name="Not Edie", work_email="x@benchside.example")
    client.post(page("staff_edit", one.pk), said)
    one.technician.refresh_from_db()
    assert one.technician.name == "Edie Made-Up"


def test_a_new_number_takes_ones_own_word_along(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    one = claimed(here)
    say_of_oneself(actor=Actor.of(one.technician.account), employment=one, is_technician=True)
    client.post(page("staff_edit", one.pk), as_shown(client, one.pk, staff_number="5005"))
    renumbered = changed(EDIE, staff_no="5005", job_title="Cook")
    assert bring(steward, here, renumbered).counts["no longer counted"] == 0


def test_a_post_of_somebody_else_is_not_found(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE, OLU)
    one, other = Employment.objects.order_by("staff_number")
    for wrong in (other.posts.get().pk, "x", "9" * 40):
        assert client.get(page("staff_edit", one.pk), {"post": wrong}).status_code == 404


# --- gone and back ------------------------------------------------------------------------------
def test_somebody_has_left_and_has_not(here: Organisation, steward: Actor, client: Client) -> None:
    bring(steward, here, EDIE)
    one = Employment.objects.get()
    today = timezone.localdate()
    tomorrow = str(today + timedelta(days=1))
    assert client.post(page("staff_left", one.pk), {"left_on": tomorrow}).status_code == 422
    client.post(page("staff_left", one.pk), {"left_on": str(today), "reason": "retired"})
    one.refresh_from_db()
    assert (one.left_on, one.leaving_reason) == (today, "retired")
    again = client.post(page("staff_left", one.pk), {"left_on": str(today)})
    assert "already" in again.content.decode()
    client.post(page("staff_back", one.pk))
    one.refresh_from_db()
    assert (one.left_on, one.leaving_reason) == (None, "")


def test_a_reason_that_is_no_leaving_is_no_choice(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    said = {"left_on": str(timezone.localdate()), "reason": "new contract"}
    assert client.post(page("staff_left", Employment.objects.get().pk), said).status_code == 422


# --- own word -----------------------------------------------------------------------------------
def claimed(here: Organisation, number: str = "1001") -> Employment:
    one = Employment.objects.get(organisation=here, staff_number=number)
    one.technician.account = person("edie@benchside.example", name="Edie Made-Up")
    one.technician.claimed_at = timezone.now()
    one.technician.save()
    return one


def test_a_no_is_obeyed_at_once_and_by_every_later_list(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, changed(EDIE, department="Crystal Room"), OLU)
    one = claimed(here)
    edie = signed_in(one.technician.account)
    assert "Crystal Room" in edie.get(reverse("employment:mine")).content.decode()
    edie.post(reverse("employment:say", args=[one.pk]), {"word": "no"})
    for address in (page("staff"), page("staff") + "?gone=yes", page("staff_csv")):
        assert b"Edie" not in b"".join(client.get(address))
    assert client.get(page("staff_person", one.pk)).status_code == 404
    one.refresh_from_db()
    assert (one.staff_number, one.age_band, one.sex) == ("", "", "")
    assert not Post.everything.filter(employment=one).exists()
    assert bring(steward, here, EDIE, OLU).counts["joined"] == 0
    with pytest.raises(Refused, match="Only they"):
        mark_back(actor=steward, employment=one)
    answer = client.post(page("staff_add"), typed(staff_number="1001"))
    assert "said that they are no technician" in answer.content.decode()
    assert "Edie" not in answer.content.decode()
    edie.post(reverse("employment:say", args=[one.pk]), {"word": "yes"})
    bring(steward, here, EDIE, OLU)
    one.refresh_from_db()
    assert (one.left_on, one.staff_number) == (None, "1001")
    assert Employment.objects.count() == 2


def test_nobody_speaks_for_another(here: Organisation, steward: Actor, client: Client) -> None:
    bring(steward, here, EDIE)
    one = claimed(here)
    assert client.post(reverse("employment:say", args=[one.pk]), {"word": "no"}).status_code == 404
    with pytest.raises(Denied):
        say_of_oneself(actor=steward, employment=one, is_technician=False)
    assert not OwnWord.objects.exists()


@pytest.mark.parametrize("word", ["", "maybe"])
def test_a_word_that_is_neither_changes_nothing(
    here: Organisation, steward: Actor, word: str
) -> None:
    bring(steward, here, EDIE)
    one = claimed(here)
    signed_in(one.technician.account).post(reverse("employment:say", args=[one.pk]), {"word": word})
    assert not OwnWord.objects.exists()


# --- count me in --------------------------------------------------------------------------------
ASKED = {"title": "Glass blower", "unit_name": "physics", "reason": "I blow glass."}


def asks(here: Organisation, **more: str) -> tuple[User, Client]:
    user = person("glass@benchside.example", name="Gil Made-Up")
    client = signed_in(user)
    client.post(page("count_me_in"), ASKED | more)
    return user, client


def test_somebody_missing_asks_and_one_press_puts_them_on_the_list(
    here: Organisation, steward: Actor, client: Client
) -> None:
    unit = a_unit(here, "Physics")
    user, theirs = asks(here, staff_number="4004")
    shown = client.get(page("staff_requests")).content.decode()
    assert "I blow glass." in shown
    assert page("count_me_in") in shown
    client.post(page("staff_accept", CountMeIn.objects.get().pk))
    one = Employment.objects.get()
    assert (one.technician.account, one.key) == (user, "number:4004")
    assert one.technician.profile is not None
    assert (one.posts.get().title, one.posts.get().unit) == ("Glass blower", unit)
    assert "On the list".lower() in theirs.get(reverse("employment:mine")).content.decode()
    assert "You are on the list already" in theirs.get(page("count_me_in")).content.decode()
    letter = OutgoingMail.objects.get(name="organisations/counted_in")
    assert letter.to == ["glass@benchside.example"]
    # Their word stands above rules that would not count a blower of glass.
    row = changed(EDIE, staff_no="4004", name="Gil Made-Up", job_title="Blower", work_e_mail="")
    assert bring(steward, here, row).counts["no longer counted"] == 0


def test_a_no_tells_why(here: Organisation, client: Client) -> None:
    _, theirs = asks(here)
    one = CountMeIn.objects.get()
    client.post(page("staff_decline", one.pk), {"answer": "Stores is a trade here."})
    assert "Stores is a trade here." in theirs.get(reverse("employment:mine")).content.decode()
    letter = OutgoingMail.objects.get(name="organisations/not_counted_in")
    assert "Stores is a trade here." in letter.text
    assert not Employment.objects.exists()
    answer = client.post(page("staff_accept", one.pk), follow=True)
    assert answer.context["messages"]
    assert not Employment.objects.exists()
    theirs.post(page("count_me_in"), ASKED)
    assert CountMeIn.objects.filter(state="waiting").count() == 1


def test_one_request_at_a_time_and_it_can_be_taken_back(here: Organisation) -> None:
    _, theirs = asks(here)
    again = theirs.post(page("count_me_in"), ASKED)
    assert again.status_code == 422
    theirs.post(page("withdraw_request"))
    assert CountMeIn.objects.get().state == "withdrawn"


def test_a_number_of_somebody_else_is_not_handed_over(
    here: Organisation, steward: Actor, client: Client
) -> None:
    bring(steward, here, EDIE)
    user, _ = asks(here, staff_number="1001")
    one = CountMeIn.objects.get()
    with pytest.raises(Refused, match="Edie Made-Up"):
        accept_request(actor=steward, request=one)
    assert CountMeIn.objects.get().state == "waiting"
    assert Employment.objects.get().technician.account is None
    assert not hasattr(user, "technician")


def test_the_link_tells_an_outsider_nothing_of_the_list(here: Organisation, steward: Actor) -> None:
    bring(steward, here, changed(EDIE, department="Crystal Room"))
    shown = signed_in(person("stranger@benchside.example")).get(page("count_me_in"))
    assert b"Crystal" not in shown.content
    assert b"Edie" not in shown.content
    assert Client().get(page("count_me_in")).status_code == 302


def test_another_organisations_request_is_not_found(here: Organisation) -> None:
    asks(here)
    stranger = signed_in(a_member(an_organisation("southmoor"), MemberRole.LEAD))
    pk = CountMeIn.objects.get().pk
    for name in ("staff_accept", "staff_decline"):
        address = reverse(f"organisations:{name}", args=["southmoor", pk])
        assert stranger.post(address).status_code == 404
        assert stranger.post(page(name, pk)).status_code == 404


def test_another_organisations_people_are_not_found(here: Organisation, steward: Actor) -> None:
    bring(steward, here, EDIE)
    pk = Employment.objects.get().pk
    stranger = signed_in(a_member(an_organisation("southmoor"), MemberRole.LEAD))
    for name in ("staff_edit", "staff_left", "staff_back"):
        address = reverse(f"organisations:{name}", args=["southmoor", pk])
        assert stranger.post(address, typed()).status_code == 404
    assert Employment.objects.get().left_on is None


# --- counted ------------------------------------------------------------------------------------
def test_the_list_is_counted_by_hand_once_a_day(
    here: Organisation, steward: Actor, client: Client
) -> None:
    empty = client.post(page("staff_take_snapshot"), follow=True)
    assert "Nobody is on the list" in empty.content.decode()
    assert not StaffSnapshot.objects.exists()
    bring(steward, here, EDIE, OLU)
    for _ in range(2):
        client.post(page("staff_take_snapshot"))
    assert StaffSnapshot.objects.get().people == 2
    shown = client.get(page("staff_snapshots")).content.decode()
    assert "Edie" not in shown
    assert AuditEvent.objects.filter(verb="snapshot.take").count() == 2


def test_what_was_typed_of_a_person_stands_in_no_history(
    here: Organisation, client: Client
) -> None:
    client.post(page("staff_add"), typed(name="Bo Invented", staff_number="9"))
    asks(here)
    told = [row for row in rows_of_every_table() if "staff.add" in row or "count_me_in.ask" in row]
    assert told
    assert not [row for row in told if "Bo" in row or "glass" in row]
