"""Finding the role somebody meant by a mangled address. Plain values in and out."""

import re
from collections.abc import Collection
from difflib import get_close_matches

ENDING = re.compile(r"\.(html?|php|aspx?|pdf)$")
NUMBER_IN_FRONT = re.compile(r"^\d{1,3}-+")
LIKE_ENOUGH = 0.55


def tidied(text: str) -> str:
    """An address's last part as a slug: "Veterinary_Nurse.html)" is veterinary-nurse."""
    slug = ENDING.sub("", text.casefold().strip(" /.,;:!?\"')]}>"))
    slug = re.sub(r"[^a-z0-9]+", "-", slug).strip("-")
    return NUMBER_IN_FRONT.sub("", slug)


def nearest(text: str, slugs: Collection[str], most: int = 4) -> list[str]:
    """The slugs most like it in spelling, best first; may be none."""
    return get_close_matches(tidied(text)[:80], list(slugs), n=most, cutoff=LIKE_ENOUGH)
