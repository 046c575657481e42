"""Signs nobody sees, which turn words round or hide in them. No Django here."""

import re

# Overrides and isolates of direction (UAX #9), zero widths, marks of a byte order, controls.
# The joiners U+200C and U+200D stay: names of several languages are spelt with them.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+"
)


def without_unseen(text: str) -> str:
    """One line of words as a reader sees them, in the order they are written."""
    return " ".join(UNSEEN.sub(" ", text).split())
