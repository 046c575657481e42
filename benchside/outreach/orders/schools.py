"""The same school, the same year: how limits are counted. No Django here."""

import re
import unicodedata
from datetime import date

YEAR_BEGINS = (9, 1)  # of English schools; Scotland's begins in August, and is counted so too
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
NOT_A_WORD = re.compile(r"[^a-z0-9]+")
# Ways to write one thing, so that "St." and "Saint" are one school.
SAME = {"saint": "st", "and": "", "the": "", "school": "", "academy": "", "college": ""}
LONGEST = 60  # letters of a name that count


def school_year(day: date) -> int:
    """The first calendar year of the school year a day lies in: 2026 for 1 September 2026 to
    31 August 2027."""
    return day.year if (day.month, day.day) >= YEAR_BEGINS else day.year - 1


def typed_as(name: str, postcode: str) -> str:
    """What tells a typed school from others, however it was written: its name without what people
    leave out, and its postcode. It holds the postcode, so it is kept as a hash alone."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = [SAME.get(word, word) for word in NOT_A_WORD.split(kept.replace("'", ""))]
    squeezed = "".join(words)[:LONGEST] or "-"
    return f"{squeezed}:{postcode.replace(' ', '').upper()}"


def postcode(typed: str) -> str:
    """As the Post Office writes it, "SW1A 1AA"; "" for what is none."""
    found = POSTCODE.fullmatch(" ".join(typed.split()).upper().replace(" ", ""))
    return f"{found[1]} {found[2]}" if found else ""
