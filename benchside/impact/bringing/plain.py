"""Words as they are compared: small letters, no marks, single spaces. No Django in here."""

import re
import unicodedata
from functools import lru_cache

MARKS = re.compile(r"[^\w\s]+|_")


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(mark for mark in folded if not unicodedata.combining(mark))
    return " ".join(MARKS.sub(" ", letters).split())


def one_line(text: str, longest: int = 0) -> str:
    line = " ".join(text.split())
    return line if not longest or len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
