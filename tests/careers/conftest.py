"""The real catalogue, loaded once a module: each test sees it whole and leaves it so."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from benchside.careers.actions import FOLDER
from tests import databases

THREE = ("roles/004-*.toml", "roles/035-*.toml", "roles/098-*.toml")


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with databases.loaded(django_db_blocker, lambda: call_command("load_catalogue", verbosity=0)):
        yield


@pytest.fixture
def catalogue(_loaded: None, db: None) -> None:
    """A hundred roles in the database."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The catalogue's vocabularies and three of its roles, to be broken."""
    (tmp_path / "catalogue" / "roles").mkdir(parents=True)
    kept = [*FOLDER.glob("*.toml"), *(path for one in THREE for path in FOLDER.glob(one))]
    for path in kept:
        if path.name != "drawings.toml":
            shutil.copy(path, tmp_path / "catalogue" / path.relative_to(FOLDER))
    return tmp_path / "catalogue"


@pytest.fixture
def rewrite(folder: Path) -> Callable[[str, str, str], Path]:
    """`rewrite(file, old, new)`: change one passage of a file, which must be there."""

    def change(file: str, old: str, new: str) -> Path:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return change
