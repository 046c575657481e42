"""From a register's file to its row, made once; what an officer changed later stays."""

import tomllib
from pathlib import Path

from benchside.recognition.models import Register
from benchside.recognition.registers.shapes import RegisterFile

FOLDER = Path(__file__).parent / "files"


def read(path: Path) -> RegisterFile:
    """Raises ValueError for a file that is no register."""
    values = tomllib.loads(path.read_text())
    return RegisterFile.model_validate(values, strict=False)


def make_register(standard: str) -> Register | None:
    """The register that comes with the program for a standard."""
    files = (read(path) for path in sorted(FOLDER.glob("*.toml")))
    one = next((each for each in files if each.standard == standard), None)
    if one is None:
        return None
    made, _ = Register.objects.get_or_create(
        standard=standard,
        defaults={
            "slug": one.key,
            "name": one.name,
            "letters": one.letters,
            "content": one.model_dump(mode="json", by_alias=True),
        },
    )
    return made
