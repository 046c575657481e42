"""Somebody with a log, and the one activity in it."""

import pytest
from django.test import Client

from benchside.people.models import CpdActivity
from tests.factories.cpd import a_logger, an_activity
from tests.factories.technicians import as_themselves


@pytest.fixture
def mine() -> CpdActivity:
    return an_activity(a_logger())


@pytest.fixture
def edie(mine: CpdActivity) -> Client:
    return as_themselves(mine.technician.profile)
