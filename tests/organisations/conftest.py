"""An organisation, and somebody who may bring in its staff list."""

import pytest

from benchside.core.actions import Actor
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
