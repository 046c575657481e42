from typing import Any

import pytest

from tests.factories.plans import a_plan, an_action
from tests.factories.public_plans import agree
from tests.factories.technicians import a_profile, at_work


@pytest.fixture
def plan(db: None) -> Any:
    """Agreed, of Northmoor, with two actions."""
    made, lead = a_plan()
    an_action(made, lead, "Give every technician a page")
    an_action(made, lead, "Pay for registration", areas=["recognition"])
    return agree(made, lead)


@pytest.fixture
def lead(plan: Any) -> Any:
    return plan.organisation.memberships.get(role="lead").user


@pytest.fixture
def edie(plan: Any) -> Any:
    """A technician who works at Northmoor and signs in."""
    profile = a_profile("Edie Made-Up")
    at_work(profile.technician, plan.organisation)
    return profile.technician.account
