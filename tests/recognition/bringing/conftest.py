from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages

from benchside.accounts.models import User
from benchside.recognition.models import Register
from tests.factories.registers import a_body, a_register, a_registrar


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Private files of one test lie in a folder of its own."""
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path / "private")
    storages._storages.clear()
    yield
    storages._storages.clear()


@pytest.fixture
def register(db: None) -> Register:
    a_body()
    return a_register()


@pytest.fixture
def reg(db: None) -> User:
    return a_registrar()
