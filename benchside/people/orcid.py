"""ORCID iDs: sixteen characters, the last of which checks the others. No Django here.

Source: ORCID, "Structure of the ORCID Identifier" (ISO/IEC 7064, MOD 11-2).
"""

import re

SHAPE = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?",
    re.ASCII | re.IGNORECASE,
)


def check_digit(first_fifteen: str) -> str:
    total = 0
    for digit in first_fifteen:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def normal(text: str) -> str | None:
    """The iD as 0000-0002-1825-0097, from however it was typed; None when it is none."""
    found = SHAPE.fullmatch(text.strip())
    if found is None:
        return None
    digits = "".join(found.groups()).upper()
    if check_digit(digits[:15]) != digits[15]:
        return None
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))
