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


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardHome:
    """Whose awards these are, to the world: where one is shown, where its holder renews it, and
    who reads letters about it. `covers(standard key)` says which standards a room answers for.
    `public_name` is what everybody may call the holder, None for an award that nobody outside may
    know of; without it that is the holder's own name. An award without a `url` is shown to
    nobody. `can_renew` says whether there is anything to renew now; a letter before the end goes to
    nobody else."""

    key: str
    covers: Callable[[str], bool]
    url: Callable[[Award], str]
    renew_url: Callable[[Award], str]
    write_to: Callable[[Award], Sequence[str]]
    public_name: Callable[[Award], str | None] | None = None
    can_renew: Callable[[Award], bool] | None = None
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardDesk:
    """Where a thin room has its awards changed, in place of the engine's own page: it may ask two
    people, or more besides. Nothing for an award that is not its own."""

    key: str
    url: Callable[[Award], str]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalWords:
    """What a letter before the end of a period names as missing; nothing where it knows nothing."""

    key: str
    missing: Callable[[Award], str]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockHold:
    """What keeps the clock from ending an award: such as that all that is missing waits for those
    who run it, not for its holder."""

    key: str
    holds: Callable[[Award], bool]
    order: int = 0


standard_folders: Registry[StandardFolder] = Registry("folders of standards")
award_homes: Registry[AwardHome] = Registry("homes of awards")
award_desks: Registry[AwardDesk] = Registry("desks of awards")
renewal_words: Registry[RenewalWords] = Registry("what is missing for a renewal")
clock_holds: Registry[ClockHold] = Registry("what keeps the clock from ending an award")


def shipped() -> list[Standard]:
    """Every standard that comes with the program. Raises BrokenStandard."""
    return [
        read(path) for folder in standard_folders for path in sorted(folder.path.glob("*.toml"))
    ]


def home_of(standard: str) -> AwardHome | None:
    return next((one for one in award_homes if one.covers(standard)), None)


def desk_url_of(award: Award) -> str:
    """Where it is changed, if not on the engine's own page."""
    return next((url for one in award_desks if (url := one.url(award))), "")


def missing_for(award: Award) -> str:
    """The one thing that is missing before it can be renewed, as a thin room has it."""
    return next((words for one in renewal_words if (words := one.missing(award))), "")


def is_held(award: Award) -> bool:
    """Whether a thin room keeps the clock from ending it."""
    return any(one.holds(award) for one in clock_holds)


def can_renew(award: Award) -> bool:
    """Whether its holder could do anything about its end; yes where a thin room does not say."""
    home = home_of(award.version.key)
    return home is None or home.can_renew is None or home.can_renew(award)
