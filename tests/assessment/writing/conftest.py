from collections.abc import Callable

import pytest
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in
from tests.factories.writing import begun


@pytest.fixture
def head(db: None, monkeypatch: pytest.MonkeyPatch) -> User:
    """Who leads for Northmoor. Which room says so is not the engine's business."""
    found = a_member(an_organisation("northmoor"))
    monkeypatch.setattr(writing_rules, "leads", [lambda actor, _: actor.account == found])
    monkeypatch.setattr(writing_rules, "signers", [])
    return found


@pytest.fixture
def lead(head: User) -> Actor:
    return Actor.of(head)


@pytest.fixture
def submission(head: User) -> Submission:
    return begun(head)


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A browser in which somebody has signed in."""
    return lambda user: sign_in(Client(), user)


@pytest.fixture
def page(head: User, as_user: Callable[[User], Client]) -> Client:
    return as_user(head)
