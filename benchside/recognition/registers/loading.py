"""The registers that come with the program, against those kept here; a file at the desk.

A register nobody has yet is made with its standard. Whatever later differs is shown, and waits for
somebody to say yes; what was changed at the desk is never written over by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.utils import timezone

from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.enums import SubmissionState, VersionState
from benchside.assessment.models import StandardVersion
from benchside.assessment.standards import Change
from benchside.core.faults import Fault
from benchside.recognition.models import Register
from benchside.recognition.registers import reader
from benchside.recognition.registers.shapes import RegisterFile

# States of an application, and what else waits at the desk.
WAITS_IN = (*SubmissionState.values, "conduct", "asked", "second-person")
LEADS_IN = ("fees.route", "ways.route", "otherwise", "known")  # may be right in the next version
FOLDER = Path(__file__).parent / "files"


class Waits(StrEnum):
    """How a shipped file stands to what is kept."""

    STANDARD = "standard"  # nobody has this register, nor its standard in use
    FIRST = "first"  # nobody has this register
    SAME = "same"
    OTHER = "other"  # it is kept, and says something else


@dataclass(frozen=True, slots=True)
class Shipped:
    file: RegisterFile
    waits: Waits
    changes: tuple[Change, ...] = ()


def shipped() -> list[RegisterFile]:
    """Every register that comes with the program. Raises BrokenRegister."""
    return [reader.parse(path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.toml"))]


def compared() -> list[Shipped]:
    """Every shipped file and what it would change. Raises BrokenRegister."""
    return [against(one) for one in shipped()]


def against(file: RegisterFile) -> Shipped:
    """How one file stands to what is kept."""
    held = Register.objects.filter(slug=file.key).first()
    if held is None:
        has_standard = version_in_force(file.standard) is not None
        return Shipped(file, Waits.FIRST if has_standard else Waits.STANDARD)
    changes = tuple(reader.difference(held.rules, file))
    return Shipped(file, Waits.OTHER if changes else Waits.SAME, changes)


def faults_of(file: RegisterFile) -> Iterator[Fault]:
    """What keeps a file from being used here: its standard, or another register that has it."""
    name = file.key
    version = version_in_force(file.standard)
    if version is None:
        remedy = "is no standard in use: bring it in and publish it first"
        yield Fault(name, "standard", file.standard, remedy)
    else:
        yield from _misfits(file, version)
    yield from targets_without_queue(file)
    other = Register.objects.filter(standard=file.standard).exclude(slug=file.key).first()
    if other is not None:
        remedy = f"is the standard of {other.name}: two registers never share one"
        yield Fault(name, "standard", file.standard, remedy)
    held = Register.objects.filter(slug=file.key).first()
    if held is not None and held.standard != file.standard:
        remedy = f"must stay {held.standard}: its entries hang on it"
        yield Fault(name, "standard", file.standard, remedy)


def version_to_come(standard: str) -> StandardVersion | None:
    """The next that is published, whose first day is to come."""
    found = StandardVersion.objects.filter(
        key=standard, state=VersionState.PUBLISHED, valid_from__gt=timezone.localdate()
    )
    return found.order_by("valid_from", "version").first()


def _misfits(file: RegisterFile, version: StandardVersion) -> Iterator[Fault]:
    """What fits neither the version in use nor, of what leads to a way in, the next: a file is
    prepared before the day on which the ways change. Until then such a way is not offered."""
    after = version_to_come(file.standard)
    later = list(reader.misfits(file.key, file, after.standard)) if after else []
    wrong_later = {(one.field, one.value) for one in later}
    for one in reader.misfits(file.key, file, version.standard):
        fits_later = after is not None and (one.field, one.value) not in wrong_later
        if not (fits_later and one.field in LEADS_IN):
            yield one


def unfit(register: Register) -> list[tuple[StandardVersion, list[Fault]]]:
    """What a kept register names that the version in use does not have, or the next will not."""
    both = (version_in_force(register.standard), version_to_come(register.standard))
    found = [
        (one, list(reader.misfits(register.slug, register.rules, one.standard)))
        for one in both
        if one is not None
    ]
    return [(one, faults) for one, faults in found if faults]


def targets_without_queue(file: RegisterFile) -> Iterator[Fault]:
    """Targets for what nothing ever waits in."""
    for place, target in enumerate(file.targets, start=1):
        if target.state not in WAITS_IN:
            remedy = f"is no state in which anything waits: {', '.join(WAITS_IN)}"
            yield Fault(file.key, f"targets[{place}].state", target.state, remedy)


def fields_of(file: RegisterFile) -> dict[str, object]:
    """What the row says, from the file."""
    return {
        "name": file.name,
        "letters": file.letters,
        "standard": file.standard,
        "content": file.model_dump(mode="json", by_alias=True),
    }


def make_register(standard: str) -> Register | None:
    """The register that comes with the program for a standard; once."""
    one = next((each for each in shipped() if each.standard == standard), None)
    if one is None:
        return None
    made, _ = Register.objects.get_or_create(
        standard=standard, defaults={"slug": one.key} | fields_of(one)
    )
    return made
