"""Several asked at once, the list as a spreadsheet, and codes on paper for who has no mail."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from benchside.accounts import tokens
from benchside.accounts.models import Invitation, User
from benchside.accounts.queries import invitation_by_token
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.organisations.actions.claims import invite_to_claim, print_codes
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Organisation
from benchside.people.models import ClaimInvitation, Profile, Technician
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.organisations.test_claim_letters import known
from tests.organisations.test_staff_pages import signed_in, work_off

pytestmark = pytest.mark.django_db
CLAIMS = "/org/northmoor/staff/claims/"
SHEETS, AS_CSV = f"{CLAIMS}sheets/", f"{CLAIMS}claims.csv"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def keeper(here: Organisation) -> User:
    return a_member(here, MemberRole.HR_STEWARD)


@pytest.fixture
def steward(keeper: User) -> Client:
    return signed_in(keeper)


def codes_of(page: Any) -> list[str]:
    return re.findall(r'class="slip__code">([^<]+)<', page.content.decode())


def printed(steward: Client, *people: Employment) -> list[str]:
    return codes_of(steward.post(SHEETS, {"pick": [one.pk for one in people]}))


def at(code: str) -> str:
    return f"/accounts/join/{code}/"


def types(client: Client, code: str) -> Any:
    return client.post("/claim/", {"code": code})


# --- several at once ------------------------------------------------------------------------------
def test_those_ticked_are_written_to_and_who_cannot_be_is_named(
    here: Organisation, steward: Client
) -> None:
    edie, kai = known(here), known(here, "kai", work_email="")
    known(here, "olu")
    picked = {"do": "picked", "pick": [edie.pk, kai.pk]}
    page = steward.post(CLAIMS, picked, follow=True).content.decode()
    assert "1 letter on the way" in page
    assert "Kai Made-Up: No work address is known." in page
    assert [one.to for one in OutgoingMail.objects.all()] == [["edie@benchside.example"]]


@pytest.mark.parametrize("pick", [[], ["x"], ["٣"], ["99999"], ["-1", ""]])
def test_nobody_ticked_is_said(here: Organisation, steward: Client, pick: list[str]) -> None:
    known(here)
    for where, do in ((CLAIMS, "picked"), (SHEETS, "")):
        page = steward.post(where, {"do": do, "pick": pick}, follow=True).content.decode()
        assert "Nobody is ticked." in page
    assert not Invitation.objects.exists()


def test_people_of_another_organisation_cannot_be_ticked(steward: Client) -> None:
    other = known(an_organisation("southmoor"))
    steward.post(CLAIMS, {"do": "picked", "pick": [other.pk]})
    assert printed(steward, other) == []
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [MemberRole.CHAMPION, MemberRole.MANAGER])
def test_who_keeps_no_list_prints_nothing(here: Organisation, role: str) -> None:
    one, user = known(here), a_member(here, role, "other")
    assert signed_in(user).post(SHEETS, {"pick": [one.pk]}).status_code == 403
    assert signed_in(user).get(AS_CSV).status_code == 403
    with pytest.raises(Denied):
        print_codes(actor=Actor.of(user), sender=user, organisation=here, employments=[one])
    assert not Invitation.objects.exists()


# --- the spreadsheet ------------------------------------------------------------------------------
def test_the_list_as_a_spreadsheet_runs_no_formula_and_is_on_the_record(
    here: Organisation, steward: Client
) -> None:
    known(here, "=cmd|' /C calc'!A0", work_email="")
    asked = known(here, "olu")
    steward.post(CLAIMS, {"do": f"invite:{asked.pk}"})
    text = steward.get(AS_CSV).content.decode()
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    names = {row["Name"]: row["Stands"] for row in rows}
    assert names["Olu Made-Up"] == "Asked, no answer yet"
    assert not any(name.startswith("=") for name in names)
    assert "benchside.example" not in text
    assert AuditEvent.objects.filter(verb="staff_list.export", detail__what="claims").count() == 1
    text = steward.get(f"{AS_CSV}?state=asked").content.decode()
    assert "Olu" in text
    assert "calc" not in text


# --- a code on paper ------------------------------------------------------------------------------
def test_a_sheet_has_a_code_that_is_kept_nowhere(here: Organisation, steward: Client) -> None:
    kai = known(here, "kai", work_email="")
    answer = steward.post(SHEETS, {"pick": [kai.pk]})
    (code,) = codes_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "/claim/" in answer.content.decode()
    assert re.fullmatch(r"([A-Z2-9]{4}-){2}[A-Z2-9]{4}", code)
    kept = Invitation.objects.get()
    assert code not in str(vars(kept))
    assert not AuditEvent.objects.filter(detail__icontains=code).exists()
    assert not OutgoingMail.objects.exists()
    assert "Given a code on paper" in steward.get(CLAIMS).content.decode()


def test_its_holder_makes_an_account_with_any_address_and_has_the_record(
    here: Organisation, steward: Client, client: Client, settings: Any
) -> None:
    settings.SIGN_UP_OPEN = False
    kai = known(here, "kai", work_email="")
    (code,) = printed(steward, kai)
    assert client.get("/accounts/signup/").context.get("form") is None
    assert types(client, f" {code.lower().replace('-', ' ')} ")["Location"] == at(code)
    page = client.get(at(code)).content.decode()
    assert "What is held" in page
    assert f'/accounts/signup/?next={at(code)}"' in page
    new = {
        "email": "kai@home.example", "name": "Kai Made-Up", "password1": "long and made up 7",
        "adult": "on", "next": at(code),
    }  # fmt: skip
    assert client.get(f"/accounts/signup/?next={at(code)}").status_code == 200
    assert client.post("/accounts/signup/", new)["Location"] == "/accounts/confirm-email/"
    mailed = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", OutgoingMail.objects.latest("pk").text)
    assert mailed is not None
    answer = client.post("/accounts/confirm-email/", {"code": mailed[0]})
    assert answer["Location"] == at(code)
    assert "What is held" in client.get(at(code)).content.decode()
    assert client.post(at(code))["Location"] == "/my/profile/"
    kai.technician.refresh_from_db()
    assert kai.technician.account == User.objects.get(email="kai@home.example")
    assert kai.technician.profile.is_shown is False
    assert client.get(at(code)).status_code == 410


def test_used_once_it_opens_nothing_for_the_next(here: Organisation, steward: Client) -> None:
    (code,) = printed(steward, known(here, "kai", work_email=""))
    signed_in(person("kai@home.example")).post(at(code))
    second = signed_in(person("second@home.example"))
    assert second.post(at(code)).status_code == 410
    assert Technician.objects.claimed().get().account == User.objects.get(email="kai@home.example")


def test_whoever_printed_it_cannot_use_it(here: Organisation, steward: Client) -> None:
    (code,) = printed(steward, known(here, "kai", work_email=""))
    assert "You printed this code." in steward.post(at(code)).content.decode()
    assert not Profile.objects.exists()


def test_one_open_letter_a_person_on_paper_or_by_mail(
    here: Organisation, keeper: User, steward: Client, client: Client
) -> None:
    edie = known(here)
    (first,) = printed(steward, edie)
    (second,) = printed(steward, edie)
    assert client.get(at(first)).status_code == 410
    assert client.get(at(second)).status_code == 200
    with pytest.raises(Refused, match="code on paper is open"):
        invite_to_claim(actor=Actor.of(keeper), sender=keeper, employment=edie)
    steward.post(CLAIMS, {"do": "all"})
    work_off()
    assert Invitation.objects.count() == 1
    claim = ClaimInvitation.objects.get()
    steward.post(CLAIMS, {"do": f"resend:{claim.pk}"})
    assert not OutgoingMail.objects.exists()
    steward.post(CLAIMS, {"do": f"revoke:{claim.pk}"})
    assert client.get(at(second)).status_code == 410
    steward.post(CLAIMS, {"do": f"invite:{edie.pk}"})
    assert OutgoingMail.objects.count() == 1
    page = steward.post(SHEETS, {"pick": [edie.pk]}).content.decode()
    assert "A letter is on its way to them." in page
    assert "slip__code" not in page


def test_it_is_good_for_two_weeks_and_printed_anew_after(
    here: Organisation, steward: Client, client: Client
) -> None:
    kai = known(here, "kai", work_email="")
    (code,) = printed(steward, kai)
    until = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < until <= timedelta(days=14)
    long_ago = timezone.now() - timedelta(days=20)
    Invitation.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(days=14))
    assert client.get(at(code)).status_code == 410
    (anew,) = printed(steward, kai)
    assert client.get(at(anew)).status_code == 200


def test_left_out_from_paper_is_not_asked_again(
    here: Organisation, steward: Client, client: Client
) -> None:
    edie = known(here)
    (code,) = printed(steward, edie)
    assert client.post(f"{at(code)}decline/", {"answer": "leave-out"}).status_code == 200
    assert printed(steward, edie) == []
    steward.post(CLAIMS, {"do": f"invite:{edie.pk}"})
    assert not OutgoingMail.objects.exists()


def test_who_left_or_has_claimed_gets_no_sheet(here: Organisation, steward: Client) -> None:
    gone = known(here, "gone", left_on="2026-01-01")
    assert printed(steward, gone) == []
    kai = known(here, "kai", work_email="")
    signed_in(person("kai@home.example")).post(at(printed(steward, kai)[0]))
    page = steward.post(SHEETS, {"pick": [kai.pk]}).content.decode()
    assert "Somebody has claimed this record already." in page


# --- guessing -------------------------------------------------------------------------------------
def test_after_sixty_codes_in_a_minute_even_the_right_one_waits(
    here: Organisation, steward: Client, client: Client
) -> None:
    (code,) = printed(steward, known(here, "kai", work_email=""))
    guesses = [client.get(at(tokens.new_code())).status_code for _ in range(60)]
    assert set(guesses) == {410}
    assert client.get(at(code)).status_code == 429
    assert client.post(f"{at(code)}decline/", {"answer": ""}).status_code == 429
    assert Invitation.objects.get().is_open
    cache.clear()  # a minute later
    assert client.get(at(code)).status_code == 200


def test_a_wrong_code_tells_nothing_a_used_one_does_not(
    here: Organisation, steward: Client, client: Client
) -> None:
    (code,) = printed(steward, known(here, "kai", work_email=""))
    Invitation.objects.update(expires_at=timezone.now(), created_at="2026-01-01T00:00Z")
    run_out, unknown = client.get(at(code)), client.get(at(tokens.new_code()))
    assert (run_out.status_code, unknown.status_code) == (410, 410)
    assert "Kai" not in run_out.content.decode()
    assert types(client, tokens.new_code()).status_code == 302


@pytest.mark.parametrize(
    "typed", ["", "ABCD", "AAAA-AAAA-AAAA", "CDFG-HJKM-NPQR-T", "<script>", "٣" * 12]
)
def test_what_is_no_code_is_said_and_kept(client: Client, typed: str) -> None:
    answer = types(client, typed)
    assert answer.status_code == 422
    assert "<title>Error: " in answer.content.decode()
    assert "<script>" not in answer.content.decode().split("<main")[1]


def test_a_copy_of_the_database_cannot_be_searched_without_the_secret(settings: Any) -> None:
    code = tokens.new_code()
    before = tokens.digest(code)
    assert tokens.digest(code.lower().replace("-", "")) == before
    settings.SECRET_KEY = "another installation"
    assert tokens.digest(code) != before
    assert invitation_by_token(code) is None
    assert len({tokens.new_code() for _ in range(500)}) == 500
