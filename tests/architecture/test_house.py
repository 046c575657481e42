"""The house is as the design draws it: settings documented, foreign keys pointing down."""

import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from config import env

ROOT = Path(__file__).resolve().parent.parent.parent
# From the top of the house down; a room may refer to itself and to what stands below it.
ORDER = [
    "website",
    "visibility",
    "recognition",
    "development",
    "sustainability",
    "impact",
    "outreach",
    "assessment",
    "organisations",
    "people",
    "careers",
    "accounts",
    "core",
]
SISTERS = set(ORDER[1:7])


def our_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m._meta.app_label in ORDER]


def may_refer(source: str, target: str) -> bool:
    if source == target:
        return True
    if source in SISTERS and target in SISTERS:
        return False
    return ORDER.index(source) < ORDER.index(target)


def wrong_references(found: list[type[models.Model]]) -> list[str]:
    wrong = []
    for model in found:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta
            # Django's own swap point: whoever the user is, any room may name it.
            if target.label == settings.AUTH_USER_MODEL or target.app_label not in ORDER:
                continue
            if not may_refer(model._meta.app_label, target.app_label):
                wrong.append(f"{model._meta.label}.{field.name} -> {target.label}")
    return wrong


def test_foreign_keys_point_down() -> None:
    assert len(our_models()) >= 10
    assert wrong_references(our_models()) == []


def test_a_key_that_points_up_is_found() -> None:
    assert not may_refer("core", "careers")
    assert not may_refer("careers", "website")
    assert not may_refer("visibility", "impact")
    assert may_refer("website", "core")


def test_import_contracts_name_every_room_in_order() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    layers = re.findall(r"benchside\.([a-z]+)", text.split("layers = [")[1].split("]")[0])
    installed = [name.split(".")[1] for name in settings.ROOMS]
    assert layers == installed
    assert layers == [room for room in ORDER if room in layers]


def test_env_example_lists_every_setting_that_is_read() -> None:
    listed = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert env.names, "settings were read"
    assert listed == env.names


@pytest.mark.parametrize("name", ["README", "CONTRIBUTING", "CHANGELOG", "SECURITY"])
def test_the_first_papers_are_there(name: str) -> None:
    assert (ROOT / f"{name}.md").read_text().startswith("# ")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    wanted = [re.match(r"[a-z0-9-]+", line)[0] for group in groups for line in group]
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    assert wanted
    assert [name for name in wanted if f"`{name}`" not in reasons] == []


def test_every_file_is_short_enough() -> None:
    """A file that outgrows about 400 lines becomes a folder split by noun."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ROOT.glob("benchside/**/*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 420
    }
    assert long == {}
