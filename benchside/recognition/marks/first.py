"""The marks that come with the program: each a file of the engine, and this row."""

from dataclasses import dataclass
from pathlib import Path

from benchside.organisations.enums import Kind
from benchside.recognition.models import Mark

FOLDER = Path(__file__).parent.parent / "standards"


@dataclass(frozen=True, slots=True)
class First:
    standard: str
    name: str
    about: str
    price: str
    kind: Kind


FIRST = (
    First(
        standard="technician-support-mark",
        name="Technician support mark",
        about="For schools and colleges that look after all their technicians: in science, design "
        "and technology, computing, music, food, drama and art.",
        price="Whoever runs this site sets the price. Ask before you send an order.",
        kind=Kind.SCHOOL,
    ),
)


def make_mark(standard: str) -> Mark | None:
    """The row of a standard that comes with the program, made once; what is there stays."""
    one = next((each for each in FIRST if each.standard == standard), None)
    if one is None:
        return None
    found, _ = Mark.objects.get_or_create(
        standard=standard,
        defaults={
            "slug": standard,
            "name": one.name,
            "about": one.about,
            "price": one.price,
            "kind": one.kind,
        },
    )
    return found
