"""Age bands: all that is ever kept of somebody's age.

The bands are those of five years that the Office for National Statistics counts in, with an open
one at each end. A band is only true on a day, so it always travels with its as-of date.
"""

import re
from datetime import date

YOUNGEST, OLDEST = 14, 100  # years: outside, a date of birth is a slip of the keyboard
FIRST, LAST, STEP = 20, 70, 5

UNDER = f"under {FIRST}"
OVER = f"{LAST} and over"
BANDS = (UNDER, *(f"{low}-{low + STEP - 1}" for low in range(FIRST, LAST, STEP)), OVER)

_WORDED = re.compile(
    r"(?P<low>\d{2,3})\s*(?:-|–|—|to)\s*(?P<high>\d{2,3})"
    r"|(?:under|below|<)\s*(?P<under>\d{2,3})"
    r"|(?P<up_to>\d{2,3})\s*(?:and|&|or)\s*(?:under|below|younger)"
    r"|(?:over|above|>)\s*(?P<over>\d{2,3})"
    r"|(?P<least>\d{2,3})\s*(?:\+|(?:and|&|or)\s*(?:over|above|older))"
)


def age_on(day: date, birth: date) -> int:
    """Whole years. Somebody born on 29 February has their birthday on 1 March in other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def band_of(age: int) -> str:
    """The band of somebody of this age, in years."""
    if age < FIRST:
        return UNDER
    return BANDS[min(1 + (age - FIRST) // STEP, len(BANDS) - 1)]


def read_band(text: str) -> str | None:
    """A band as the file words it, in our words: one of ours, or "26-35" when it is wider.

    None when it cannot be read.
    """
    found = _WORDED.fullmatch(" ".join(text.casefold().split()).removeprefix("age ").strip())
    if not found:
        return None
    years = {name: int(value) for name, value in found.groupdict().items() if value}
    if "low" in years:
        low, high = years["low"], years["high"]
        return f"{low}-{high}" if YOUNGEST <= low < high <= OLDEST else None
    if "under" in years or "up_to" in years:
        return f"under {years.get('under', years.get('up_to', 0) + 1)}"
    return f"{years.get('least', years.get('over', 0) + 1)} and over"
