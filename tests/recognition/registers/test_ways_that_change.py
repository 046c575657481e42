"""A new version of a standard with other routes: the register's file is prepared before its day,
and whoever begins meanwhile goes in no circle."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM
from benchside.recognition.models import Register
from benchside.recognition.registers import actions, loading, reader
from benchside.recognition.registers.reader import BrokenRegister
from tests.factories import applications as made
from tests.factories.people import give_app, person, sign_in
from tests.factories.registers import FILE, STANDARD, a_body, a_register

pytestmark = pytest.mark.django_db
START = f"/my/registrations/start/{STANDARD}/"
TEXT = (loading.FOLDER / f"{STANDARD}.toml").read_text()
OLD, NEW = "equivalency", "by-experience"


@pytest.fixture
def to_come(tmp_path: Path) -> Callable[[], StandardVersion]:
    """Publishes another version: from tomorrow on the way of whoever says no has a new key."""
    day = timezone.localdate() + timedelta(days=1)
    text = FILE.read_text().replace(f'"{OLD}"', f'"{NEW}"')
    text = text.replace('version = "2026-1"', 'version = "9999"')
    text = text.replace("valid_from = 2026-01-01", f"valid_from = {day.isoformat()}")
    file = tmp_path / FILE.name
    file.write_text(text)

    def publish() -> StandardVersion:
        version = load_standard(actor=SYSTEM, standard=read(file))
        publish_standard(actor=SYSTEM, version=version)
        return version

    return publish


def begins(version: StandardVersion) -> None:
    StandardVersion.objects.filter(pk=version.pk).update(valid_from=timezone.localdate())


def prepared(route: str = NEW) -> Register:
    file = reader.parse("x", TEXT.replace(f'"{OLD}"', f'"{route}"').encode())
    return actions.load_register(actor=SYSTEM, file=file)


def test_a_file_is_prepared_for_the_version_to_come_and_for_no_other(
    to_come: Callable[[], StandardVersion],
) -> None:
    a_register()
    with pytest.raises(BrokenRegister, match=NEW):
        prepared()
    version = to_come()
    with pytest.raises(BrokenRegister, match="luck"):
        prepared("luck")
    register = prepared()
    assert register.rules.otherwise == NEW
    assert [one.version for one, _ in loading.unfit(register)] == ["2026-1"]
    begins(version)
    assert loading.unfit(register) == []


@pytest.mark.parametrize("is_prepared", [False, True])
def test_whoever_begins_goes_in_no_circle(
    to_come: Callable[[], StandardVersion], is_prepared: bool
) -> None:
    a_body()
    version = to_come()
    if is_prepared:
        prepared()  # and its day has not come
    else:
        begins(version)
    mine = sign_in(Client(), made.a_claimed().account)
    steps = len(reader.parse("x", TEXT.encode()).ways)
    last = mine.get(START, {"step": str(steps - 1)}).content.decode()
    assert "?route=" + (NEW if is_prepared else OLD) not in last
    assert f'href="?step={steps}"' in last
    page = mine.get(START, {"step": str(steps)}).content.decode()
    assert f'href="?route={OLD if is_prepared else NEW}"' in page


def test_a_question_whose_way_is_gone_is_not_asked() -> None:
    a_body()
    register = a_register()
    content = register.content
    content["ways"][0]["route"] = "gone"
    register.save()
    mine = sign_in(Client(), made.a_claimed().account)
    assert "?route=gone" not in mine.get(START).content.decode()
    (found,) = loading.unfit(register)
    assert [one.value for one in found[1]] == ["gone"]


def test_the_desk_says_what_will_not_fit(to_come: Callable[[], StandardVersion]) -> None:
    register = a_register()
    user = person("sets@council.example", is_staff=True)
    user.user_permissions.add(
        *Permission.objects.filter(codename__in=("run_registers", "access_admin"))
    )
    give_app(user)
    desk = Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1")
    desk.force_login(user)
    address = f"/desk/registers/{register.pk}/"
    assert "does not fit" not in desk.get(address).content.decode()
    to_come()
    page = desk.get(address).content.decode()
    assert "does not fit" in page
    assert f"otherwise = {OLD}" in page
