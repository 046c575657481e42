"""Finding a school among 21,567, beside a bare LIKE over the same rows in SQLite.

The names are made up, of the same number and shape as England's list: a dedication or a place,
a kind of school, a town, an authority, a postcode.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from benchmarks.search import timed

SCHOOLS = 21_567
GOAL_MS = 20
SAINTS = ("Mary", "John", "Peter", "Anne", "Joseph", "Paul", "Michael", "Luke", "Thomas", "James")
KINDS = (
    "Primary School", "CofE Primary School", "Catholic Primary School", "High School", "Academy",
    "Community School", "Infant School", "Junior School", "College", "Grammar School",
)  # fmt: skip
Row = tuple[str, str, str]
Made = tuple[str, str, str, str, str]


def run() -> Iterator[Row]:
    from benchside.organisations.finding import Place, PlaceIndex

    made = list(make_schools())
    began = perf_counter()
    index = PlaceIndex(
        Place(at, "schools", name, f"{town} {authority} {postcode} {urn}")
        for at, (name, town, authority, postcode, urn) in enumerate(made)
    )
    yield (f"schools, {SCHOOLS:,} made ready in memory", f"{perf_counter() - began:.1f} s", "-")
    floor = like(made)
    for name, typed in queries(made).items():
        ours = timed(partial(index.find, typed, limit=12))
        bare = timed(partial(floor, typed))
        found = index.find(typed, limit=12).total
        yield (
            f"schools, {name}",
            f"{ours:.1f} ms, {found:,} found (LIKE alone {bare:.1f} ms)",
            f"< {GOAL_MS} ms",
        )


def make_schools() -> Iterator[Made]:
    chance = random.Random(2026)
    parts = [a + b for a in "bcdfghlmnprstw" for b in "aeiou"]
    towns = ["".join(chance.choices(parts, k=chance.randint(2, 4))).title() for _ in range(3_000)]
    authorities = [f"{town}shire" for town in towns[:152]]
    for number in range(SCHOOLS):
        town = chance.choice(towns)
        saint = f"St {chance.choice(SAINTS)}'s"
        begun = saint if chance.random() < 0.35 else chance.choice(towns)
        letters = "".join(chance.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        district = f"{town[:2].upper()}{chance.randint(1, 40)}"
        postcode = f"{district} {chance.randint(1, 9)}{letters}"
        name = f"{begun} {chance.choice(KINDS)}"
        yield name, town, chance.choice(authorities), postcode, str(100_000 + number)


def queries(made: list[Made]) -> dict[str, str]:
    name, town, _, postcode, urn = made[12_345]
    slipped = town[:2] + town[3] + town[2] + town[4:]
    return {
        "whole name and town": f"{name} {town}",
        "the commonest words": "st mary's catholic primary school",
        "one word of 20,000": "school",
        "a town with a slip": f"{slipped} primery",
        "half a word": town[:3].lower(),
        "a postcode": postcode.lower(),
        "a number": urn,
        "nothing like it": "zzyzx qwertyuiop",
        "twelve words": " ".join([*name.split(), town, "the", "old", "new", "road", "of", "and"]),
    }


def like(made: list[Made]) -> Callable[[str], object]:
    """Each word somewhere in the row: no order, no slips, no beginnings."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE school (id INTEGER PRIMARY KEY, said TEXT)")
    database.executemany("INSERT INTO school (said) VALUES (?)", [(" ".join(one),) for one in made])

    def find(typed: str) -> object:
        words = typed.split()
        wanted = " AND ".join(["said LIKE ?"] * len(words))
        sql = f"SELECT id FROM school WHERE {wanted} LIMIT 12"
        return database.execute(sql, [f"%{word}%" for word in words]).fetchall()

    return find
