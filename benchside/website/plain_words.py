"""Which sentences make a page hard to read. No Django here: text in, sentences out."""

import re
from dataclasses import dataclass

from benchside.core.reading import grade, read

LIMIT = 6.5  # Flesch-Kincaid grade that public pages keep under
SHORTEST = 6  # words; a shorter sentence has no grade worth naming
ENDS = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Hard:
    sentence: str
    grade: float


def hardest(text: str, most: int = 3) -> list[Hard]:
    """The sentences over the limit, the hardest first, at most `most` of them."""
    sentences = {" ".join(part.split()) for part in ENDS.split(text)}
    graded = [Hard(one, grade(one)) for one in sentences if read(one).words >= SHORTEST]
    hard = [one for one in graded if one.grade > LIMIT]
    return sorted(hard, key=lambda one: (-one.grade, one.sentence))[:most]
