"""Files of applications lie in a folder of the test's own; letters are looked for in the table."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> Any:
    from django.core.files.storage import storages

    settings.PRIVATE_MEDIA_ROOT = str(tmp_path / "private")
    storages._storages.clear()
    yield
    storages._storages.clear()
