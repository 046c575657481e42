"""What a badge looks like and says, by whose award it is; rooms may offer designs of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchside.assessment.awarding.offers import home_of
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.models import Award, StandardVersion
from benchside.core.asking import once
from benchside.core.registries import Registry
from benchside.recognition.models import Mark, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeDesign:
    """Badges of one kind of award. `covers(standard key)` says which; `achievement_type` is a word
    of Open Badges 3.0; `said` stands on the badge; `letters(standard key)` are those that a holder
    may write after the name, drawn large."""

    key: str
    covers: Callable[[str], bool]
    achievement_type: str
    said: str
    letters: Callable[[str], str] = lambda _: ""
    order: int = 0


badge_designs: Registry[BadgeDesign] = Registry("designs of badges")


@once
def design_for(standard: str) -> BadgeDesign | None:
    return next((one for one in badge_designs if one.covers(standard)), None)


def badge_version(standard: str) -> StandardVersion | None:
    """The version that tells of a badge today; none where there is no badge of that name."""
    version = version_in_force(standard)
    if version is None or version.standard.award is None or design_for(standard) is None:
        return None
    return version


def with_badges() -> Sequence[str]:
    """Keys of all standards that give a badge."""
    keys = StandardVersion.objects.order_by("key").values_list("key", flat=True).distinct()
    return [key for key in keys if design_for(key) is not None]


def page_of(award: Award) -> str:
    """Where the award itself is looked up; nothing while its room has no page for it."""
    home = home_of(award.version.key)
    return home.url(award) if home else ""


# --- those that come with the program -------------------------------------------------------------
def _is_register(standard: str) -> bool:
    return Register.objects.filter(standard=standard).exists()


def _letters(standard: str) -> str:
    return (
        Register.objects.filter(standard=standard).values_list("letters", flat=True).first() or ""
    )


def _is_mark(standard: str) -> bool:
    return Mark.objects.filter(standard=standard).exists()


def _is_charter(standard: str) -> bool:
    """Charters are another room's: known here by the name of their home alone."""
    home = home_of(standard)
    return home is not None and home.key == "impact.charters"


DESIGNS = (
    BadgeDesign(
        key="recognition.registers",
        covers=_is_register,
        achievement_type="License",
        said="On the register",
        letters=_letters,
        order=10,
    ),
    BadgeDesign(
        key="recognition.marks",
        covers=_is_mark,
        achievement_type="QualityAssuranceCredential",
        said="Quality mark",
        order=20,
    ),
    BadgeDesign(
        key="impact.charters",
        covers=_is_charter,
        achievement_type="Membership",
        said="Charter",
        order=30,
    ),
)
