"""What thin rooms offer this part at start-up: their standards' files, and the home of an award."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchside.assessment.models import Award
from benchside.assessment.standards import Standard, read
from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardFolder:
    """A room's folder of standards, one TOML file each."""

    key: str
    path: Path
    order: int = 0


def _always(_: Award) -> bool:
    return True


def _nothing_else(_: Award) -> str:
    """The name its holder has here."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardHome:
    """Whose awards these are, to the world: where one is shown, where its holder renews it, and
    who reads letters about it. `covers(standard key)` says which standards a room answers for;
    `shows(award)` whether the world may know of it at all, `name(award)` under which name."""

    key: str
    covers: Callable[[str], bool]
    url: Callable[[Award], str]
    renew_url: Callable[[Award], str]
    write_to: Callable[[Award], Sequence[str]]
    shows: Callable[[Award], bool] = _always
    name: Callable[[Award], str] = _nothing_else
    order: int = 0


standard_folders: Registry[StandardFolder] = Registry("folders of standards")
award_homes: Registry[AwardHome] = Registry("homes of awards")


def shipped() -> list[Standard]:
    """Every standard that comes with the program. Raises BrokenStandard."""
    return [
        read(path) for folder in standard_folders for path in sorted(folder.path.glob("*.toml"))
    ]


def home_of(standard: str) -> AwardHome | None:
    return next((one for one in award_homes if one.covers(standard)), None)
