"""An organisation, and somebody who may bring in its staff list."""

import pytest

from benchside.core.actions import Actor
from benchside.organisations import live_places
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import (
    Organisation,
)
from tests.organisations.lists import member, organisation


@pytest.fixture
def nowhere() -> Organisation:
    return organisation()


@pytest.fixture
def steward(nowhere: Organisation) -> Actor:
    return Actor.of(member(nowhere, MemberRole.HR_STEWARD))


@pytest.fixture(autouse=True)
def no_places_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another test has found is gone with its transaction, but not from memory."""
    monkeypatch.setattr(live_places, "_held", None)
