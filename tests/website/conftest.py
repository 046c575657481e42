"""What every test of the website starts from."""

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture
def _at_the_desk(settings: Any) -> None:
    """The second factor has tests of its own (tests/accounts)."""
    settings.REQUIRE_SECOND_FACTOR = False


@pytest.fixture
def _empty_cache() -> None:
    cache.clear()
