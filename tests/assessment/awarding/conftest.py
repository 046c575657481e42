"""The made-up mark, published, and awards of it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from benchside.assessment.actions import grant_award, load_standard, publish_standard
from benchside.assessment.actions.awards import Given
from benchside.assessment.models import Award, StandardVersion
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM
from benchside.organisations.models import Organisation
from tests.factories.organisations import an_organisation

FILE = Path(__file__).parent.parent / "made_up.toml"


@pytest.fixture
def bench(db: None) -> StandardVersion:
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    publish_standard(actor=SYSTEM, version=version)
    return version


def an_award(
    version: StandardVersion, name: str = "northmoor", since: date = date(2026, 3, 1), **more: Any
) -> Award:
    """Held from `since` on, for 36 months."""
    holder = Organisation.objects.filter(slug=name).first() or an_organisation(name)
    given = Given(organisation=holder, starts_on=since, **more)
    return grant_award(actor=SYSTEM, version=version, given=given)
