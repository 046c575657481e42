"""A day against a rule: moments at their true place on a scale of hours. No Django here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HOUR, QUARTER, DAY = 60, 15, 24 * 60
WIDTH = 1000


@dataclass(frozen=True)
class Leader:
    """From a moment's true place on the rule to the column its words stand in."""

    at: float
    to: float
    is_key: bool = False


@dataclass(frozen=True)
class Timeline:
    hours: tuple[tuple[float, str], ...]
    quarters: tuple[float, ...]
    leaders: tuple[Leader, ...]


def minutes(times: Sequence[str]) -> list[int]:
    """ "HH:MM" as minutes from the first day's midnight; a time before the last is the next day."""
    found: list[int] = []
    for text in times:
        hour, minute = text.split(":")
        value = int(hour) * HOUR + int(minute)
        while found and value < found[-1]:
            value += DAY
        found.append(value)
    return found


def timeline(moments: Sequence[Mapping[str, object]]) -> Timeline:
    """Where each moment of a day (`time` is "HH:MM", in order) stands on a rule 1000 wide."""
    at = minutes([str(moment["time"]) for moment in moments])
    start = at[0] // HOUR * HOUR
    end = max(-(-at[-1] // HOUR), start // HOUR + 1) * HOUR

    def place(minute: int) -> float:
        return round(WIDTH * (minute - start) / (end - start), 1)

    column = WIDTH / len(at)
    return Timeline(
        hours=tuple((place(hour), f"{hour // HOUR % 24}") for hour in range(start, end + 1, HOUR)),
        quarters=tuple(place(quarter) for quarter in range(start, end + 1, QUARTER)),
        leaders=tuple(
            Leader(place(minute), round(column * index, 1), bool(moments[index].get("key")))
            for index, minute in enumerate(at)
        ),
    )
