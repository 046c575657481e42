"""The words of a job title in an order of their own, so that either way round is found.

The coding index writes "Technician, lighting, stage", people "stage lighting technician". No
Django here.
"""

import re
import unicodedata

LONGEST = 120


def words_of(title: str) -> str:
    """The title's words in lower case, sorted: "lighting stage technician"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    found = sorted(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
    return " ".join(found)[:LONGEST]
