import pytest
from django.test import Client

from benchside.accounts.models import User
from tests.factories.assessment import with_duties
from tests.factories.people import sign_in


@pytest.fixture
def officer(db: None) -> User:
    return with_duties("officer", "assign")


@pytest.fixture
def board(db: None) -> User:
    return with_duties("board", "ratify")


@pytest.fixture
def desk(officer: User) -> Client:
    """A browser in which the officer is signed in."""
    return sign_in(Client(), officer)


@pytest.fixture
def high_desk(board: User) -> Client:
    """A browser in which whoever ratifies is signed in."""
    return sign_in(Client(), board)
