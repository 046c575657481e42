"""Rights are given standard by standard, by whoever keeps standards, and end when they end."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment import actions, rules
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, StandardVersion
from benchside.assessment.standards import parse
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models import AuditEvent
from tests.factories.assessment import TIDY_BENCH, a_standard, a_submission, somebody, with_duties
from tests.factories.people import administrator, sign_in

pytestmark = pytest.mark.django_db


def another_standard(tmp: Path) -> StandardVersion:
    text = TIDY_BENCH.read_text().replace('"tidy-bench"', '"other-bench"').replace("TIDY", "OTHER")
    standard = parse("other.toml", text.encode())
    made = actions.load_standard(actor=SYSTEM, standard=standard)
    actions.publish_standard(actor=SYSTEM, version=made)
    return made


def keeper() -> User:
    user = somebody("keeper")
    user.user_permissions.add(Permission.objects.get(codename="keep_standards"))
    return User.objects.get(pk=user.pk)


def test_a_duty_for_one_standard_opens_no_other(tmp_path: Path) -> None:
    officer = with_duties("officer", "assign", "ratify", "keep")
    here, there = a_submission("submitted"), a_submission(version=another_standard(tmp_path))
    for rule in (rules.can_assign, rules.can_ratify, rules.can_keep_awards):
        assert rule(Actor.of(officer), here)
        assert not rule(Actor.of(officer), there)
        assert not rule(Actor.of(somebody("nobody")), here)
        assert not rule(Actor.of(officer), None)


@pytest.mark.parametrize("kind", ["assign", "ratify", "keep"])
def test_one_duty_is_not_another(kind: str) -> None:
    actor, one = Actor.of(with_duties("officer", kind)), a_submission("submitted")
    found = [
        rule(actor, one) for rule in (rules.can_assign, rules.can_ratify, rules.can_keep_awards)
    ]
    assert found == [kind == each for each in ("assign", "ratify", "keep")]


def test_whoever_keeps_standards_gives_duties_and_ends_them() -> None:
    a_standard()
    user, actor = somebody("new"), Actor.of(keeper())
    for _ in range(2):  # given twice, it stands once
        duty = actions.give_duty(
            actor=actor, user=user, standard="tidy-bench", kind=DutyKind.ASSIGN
        )
    assert Duty.objects.filter(user=user).count() == 1
    with pytest.raises(Refused, match="no such standard"):
        actions.give_duty(actor=actor, user=user, standard="nothing", kind=DutyKind.ASSIGN)
    actions.end_duty(actor=actor, duty=duty)
    assert not Duty.objects.exists()
    assert AuditEvent.objects.filter(verb="duty.end").count() == 1
    with pytest.raises(Refused, match="no longer"):
        actions.end_duty(actor=actor, duty=duty)


def test_an_officer_gives_no_duties() -> None:
    officer = Actor.of(with_duties("officer", "assign", "ratify", "keep"))
    a_standard()
    with pytest.raises(Denied):
        actions.give_duty(
            actor=officer, user=somebody("new"), standard="tidy-bench", kind=DutyKind.RATIFY
        )
    with pytest.raises(Denied):
        actions.end_duty(actor=officer, duty=Duty.objects.all()[0])


def test_the_page_gives_and_ends(client: Client) -> None:
    a_standard()
    sign_in(client, administrator())
    somebody("new")
    said = {"user": "new@benchside.example", "standard": "tidy-bench", "kind": "ratify"}
    assert client.post("/assess/duties/", said).status_code == 302
    page = client.get("/assess/duties/").content.decode()
    assert "New" in page
    wrong = client.post("/assess/duties/", {**said, "user": "who@benchside.example"})
    assert wrong.status_code == 422
    assert "who@benchside.example" in wrong.content.decode()
    assert client.get("/assess/duties.csv").content.decode().count("tidy-bench") == 1
    client.post(f"/assess/duties/{Duty.objects.get().pk}/end/")
    assert not Duty.objects.exists()


def test_the_page_is_there_for_keepers_alone(client: Client) -> None:
    sign_in(client, with_duties("officer", "assign"))
    assert client.get("/assess/duties/").status_code == 404
    sign_in(client, keeper())
    assert client.get("/assess/duties/").status_code == 200
