"""The standards that come with the program, against those kept here.

A standard nobody has yet is taken and published at once. Everything later is shown as a difference
and waits for somebody to say yes; what was edited at the desk is never written over by itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.awarding.offers import shipped
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.chain import digest_of
from benchside.assessment.enums import VersionState
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import Change, Standard, difference
from benchside.core.actions import SYSTEM


class Waits(StrEnum):
    """How a shipped file stands to what is kept."""

    FIRST = "first"  # nobody has this standard
    SAME = "same"
    NEWER = "newer"  # a version that is not here
    DRAFT = "draft"  # its version is a draft that says something else
    CLASH = "clash"  # its version is published and says something else


@dataclass(frozen=True, slots=True)
class Shipped:
    standard: Standard
    waits: Waits
    changes: tuple[Change, ...] = ()


def compared() -> list[Shipped]:
    """Every shipped file and what it would change. Raises BrokenStandard."""
    return [_against(one) for one in shipped()]


def _against(standard: Standard) -> Shipped:
    kept = StandardVersion.objects.filter(key=standard.key)
    if not kept:
        return Shipped(standard, Waits.FIRST)
    same = next((one for one in kept if one.version == standard.version), None)
    if same is None:
        before = version_in_force(standard.key) or kept[0]
        return Shipped(standard, Waits.NEWER, _changes(before, standard))
    if same.digest == digest_of(standard.model_dump(mode="json", exclude_defaults=True)):
        return Shipped(standard, Waits.SAME)
    waits = Waits.DRAFT if same.state == VersionState.DRAFT else Waits.CLASH
    return Shipped(standard, waits, _changes(same, standard))


def _changes(before: StandardVersion, after: Standard) -> tuple[Change, ...]:
    return tuple(difference(before.standard, after))


def take(found: Shipped) -> StandardVersion | None:
    """Keep one file: the first of its standard is published, any other waits as a draft.

    Raises Refused for a version that is published and says something else.
    """
    if found.waits == Waits.SAME:
        return None
    version = load_standard(actor=SYSTEM, standard=found.standard)
    if found.waits == Waits.FIRST:
        publish_standard(actor=SYSTEM, version=version)
    return version
