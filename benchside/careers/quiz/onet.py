"""O*NET's own files of interests, read for the study: nothing of the site needs them.

O*NET Database, USDOL/ETA, CC BY 4.0. Plain values; no Django here.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchside.careers.quiz.version import INTERESTS


@dataclass(frozen=True, slots=True)
class Occupation:
    """Six values from 1 to 7, and up to three high-points: 1 for the first interest, 0 for none."""

    interests: tuple[float, ...]
    high_points: tuple[int, ...]


def read_interests(path: Path) -> dict[str, Occupation]:
    """By O*NET-SOC code. Commas or tabs, as the file's ending says."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        delimiter = "\t" if path.suffix == ".tsv" else ","
        for row in csv.DictReader(file, delimiter=delimiter):
            found[row["O*NET-SOC Code"]][row["Element ID"]] = float(row["Data Value"])
    return {code: _occupation(values) for code, values in found.items()}


def _occupation(values: dict[str, float]) -> Occupation:
    letters = [f"1.B.1.{letter}" for letter in "abcdefghi"]
    in_order = [values.get(letter, 0.0) for letter in letters]
    count = len(INTERESTS)
    return Occupation(tuple(in_order[:count]), tuple(int(value) for value in in_order[count:]))
