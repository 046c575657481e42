"""What every test of stories starts from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from benchside.website.first_pages import write_first_pages
from tests import databases


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    def load() -> None:
        call_command("load_catalogue", verbosity=0)
        write_first_pages()

    with databases.loaded(django_db_blocker, load):
        yield


@pytest.fixture
def site(_loaded: None, db: None, settings: Any) -> None:
    """A hundred roles and the first pages; the second factor has tests of its own."""
    settings.REQUIRE_SECOND_FACTOR = False
    cache.clear()  # what counts forms of one address
