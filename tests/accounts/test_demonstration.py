"""Made-up people get in on this machine, under a demonstration, and nowhere else."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client

from benchside.accounts import demo
from benchside.accounts.models import User
from tests.factories.people import person

pytestmark = pytest.mark.django_db
FORM = {"login": "editor@benchside.example", "password": "shown at start"}
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}


@pytest.fixture
def people(settings) -> list[User]:
    settings.DEMO = True
    Group.objects.get_or_create(name="Editors")
    return demo.create_people(password="shown at start")


def test_people_are_visibly_made_up(people: list[User]) -> None:
    assert len(people) == len(demo.PEOPLE)
    for user in people:
        assert user.is_demonstration
        assert "Made-Up" in user.name
        assert user.email.endswith("@benchside.example")
    editor = User.objects.get(email="editor@benchside.example")
    assert [group.name for group in editor.groups.all()] == ["Editors"]


def test_making_them_again_changes_the_password_and_nothing_else(people: list[User]) -> None:
    again = demo.create_people(password="another")
    assert [user.pk for user in again] == [user.pk for user in people]
    assert again[0].check_password("another")


def test_none_are_made_without_a_demonstration(settings) -> None:
    settings.DEMO = False
    with pytest.raises(demo.NoDemonstration):
        demo.create_people(password="x")
    assert not User.objects.exists()


def test_let_in_here_and_to_the_desk_without_a_second_factor(people: list[User]) -> None:
    client = Client(**HERE)
    assert client.post("/accounts/login/", FORM)["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200
    assert (
        client.get("/desk/").status_code != 302 or "second" not in client.get("/desk/")["Location"]
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "testserver"},
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_refused_off_this_machine(people: list[User], elsewhere: dict[str, str]) -> None:
    client = Client(**(HERE | elsewhere))
    assert client.post("/accounts/login/", FORM)["Location"] == "/accounts/demonstration/"
    assert client.get("/accounts/").status_code == 302
    assert client.get("/accounts/demonstration/").status_code == 403


def test_session_made_here_counts_for_nothing_elsewhere(people: list[User]) -> None:
    here = Client(**HERE)
    here.post("/accounts/login/", FORM)
    there = Client(**(HERE | {"REMOTE_ADDR": "192.0.2.7"}))
    there.cookies = here.cookies
    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_session_counts_for_nothing_once_the_demonstration_is_over(
    people: list[User], settings
) -> None:
    client = Client(**HERE)
    client.post("/accounts/login/", FORM)
    settings.DEMO = False
    assert client.get("/accounts/").status_code == 302
    assert client.post("/accounts/login/", FORM)["Location"] == "/accounts/demonstration/"


def test_real_people_get_in_from_anywhere(settings) -> None:
    person("tess@example.org")
    client = Client(REMOTE_ADDR="192.0.2.7")
    form = {"login": "tess@example.org", "password": "correct horse battery"}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/"


def test_database_refuses_a_made_up_person_at_a_real_address() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("real@example.org", "x", is_demonstration=True)
