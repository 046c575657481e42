"""How judges' grades come to an order. No Django here."""

from collections.abc import Iterable, Mapping, Sequence


def points(grades: Sequence[str], given: Iterable[Mapping[str, str]]) -> float | None:
    """The mean of all grades that were given, each seat and criterion counting alike.

    `grades` are the standard's, the highest first: the lowest is worth nothing, each one above it
    one point more. `given` is criterion to grade, a mapping a seat; none where nobody judged.
    Raises KeyError for a grade the standard does not have.
    """
    worth = {key: len(grades) - place for place, key in enumerate(grades, start=1)}
    found = [worth[grade] for seat in given for grade in seat.values()]
    return sum(found) / len(found) if found else None
