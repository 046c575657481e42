"""Fills a database with entries of a register and times look-ups; one JSON object a line."""

import json
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import accumulate

ENTRIES = int(os.environ.get("BENCHSIDE_BENCH_ENTRIES", "1000000"))
CHUNK = 20_000
ROUNDS = 200
FLOORS = 5
GOAL = "< 20 ms"
SURNAMES, FORENAMES = 30_000, 3_000
TOP = ("smith", "jones", "williams", "taylor", "brown", "davies", "evans", "wilson", "thomas")
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    names = Names()
    began = time.perf_counter()
    fill(names)
    tell(f"{ENTRIES:,} entries made and indexed", f"{time.perf_counter() - began:.0f} s", "-")
    measure(names)


def tell(what: str, measured: str, goal: str = GOAL) -> None:
    print(json.dumps({"what": what, "measured": measured, "goal": goal}), flush=True)


class Names:
    """Made of syllables, as unevenly common as British surnames: the first is about 1 in 90."""

    def __init__(self) -> None:
        self.chance = random.Random(2026)
        self.surnames = [*TOP, *self._made(SURNAMES)]
        self.forenames = self._made(FORENAMES)
        self.by_surname = list(accumulate(1 / (rank + 8) for rank in range(len(self.surnames))))
        self.by_forename = list(accumulate(1 / (rank + 20) for rank in range(FORENAMES)))

    def _made(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            parts = (
                self.chance.choice("bcdfghjklmnprstvw") + self.chance.choice("aeiou")
                for _ in range(self.chance.randint(2, 4))
            )
            found["".join(parts) + self.chance.choice(("", "n", "s", "rd", "ll"))] = None
        return list(found)

    def many(self, count: int) -> Iterator[str]:
        """One in six has a middle name, one in thirty a double surname."""
        last = self.chance.choices(self.surnames, cum_weights=self.by_surname, k=count)
        first = self.chance.choices(self.forenames, cum_weights=self.by_forename, k=count)
        for one, other in zip(first, last, strict=True):
            middle = (
                f" {self.chance.choice(self.forenames)}" if self.chance.random() < 1 / 6 else ""
            )
            double = (
                f"-{self.chance.choice(self.surnames)}" if self.chance.random() < 1 / 30 else ""
            )
            yield f"{one}{middle} {other}{double}".title()


def fill(names: Names) -> None:
    """Entries of one person's awards (no look-up reads the person), and their keys; the index is
    built at the end, as for any bulk load."""
    from django.db import connection

    from benchside.assessment.models import Award, StandardVersion
    from benchside.people.models import Technician
    from benchside.recognition.models import Entry, NameKey
    from tests.factories import registers

    body, register = registers.a_body(), registers.a_register()
    version, holder = StandardVersion.objects.get(), Technician.objects.create(name="All Of Them")
    index = NameKey._meta.indexes[0]
    with connection.schema_editor() as editor:
        editor.remove_index(NameKey, index)
    for first in range(1, ENTRIES + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, ENTRIES + 1))
        said = dict(zip(numbers, names.many(len(numbers)), strict=True))
        put(Award, AWARD, (award(number, version.pk, holder.pk) for number in numbers))
        put(Entry, ENTRY, (entry(number, register.pk, body.pk, said[number]) for number in numbers))
        put(NameKey, KEY, (key for number in numbers for key in keys(number, register.pk, said)))
    with connection.schema_editor() as editor:
        editor.add_index(NameKey, index)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def award(number: int, version: int, holder: int) -> Sequence[object]:
    label, made_at = f"RT-{number:06d}", "2026-01-01 00:00:00+00:00"
    return number, label, version, "person", holder, "", "active", SINCE, UNTIL, made_at


def entry(number: int, register: int, body: int, name: str) -> Sequence[object]:
    return number, number, register, body, name, "", "", False, False, "", SINCE, False, ""


def keys(number: int, register: int, said: dict[int, str]) -> Iterator[Sequence[object]]:
    from benchside.recognition.entries import folding

    yield register, f"#rt{number:06d}".encode(), number
    for key in folding.keys_of(said[number]):
        yield register, key, number


AWARD = ("id", "number", "version_id", "holder", "technician_id", "level", "state", "period_start",
         "period_end", "made_at")  # fmt: skip
ENTRY = ("id", "award_id", "register_id", "body_id", "name", "area", "employer", "shows_area",
         "shows_employer", "membership", "admitted_on", "is_hidden", "hidden_basis")  # fmt: skip
KEY = ("register_id", "key", "entry_id")


def put(model: type, columns: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
    from django.db import connection, transaction

    table, names = model._meta.db_table, ", ".join(columns)  # type: ignore[attr-defined]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            cursor.connection.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                ([str(v) if isinstance(v, date) else v for v in row] for row in rows),
            )


def measure(names: Names) -> None:
    from django.db import connection

    from benchside.recognition.entries import queries
    from benchside.recognition.models import Entry

    among = list(queries.registers())

    def look_up(words: str) -> int:
        return len(queries.in_order(queries.look_up(words, among).ids[:25]))

    def like(words: str) -> int:
        found = Entry.objects.filter(name__icontains=words).order_by("name")
        return len(list(found[:25]))

    def bare(words: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return len(cursor.fetchall())

    tell("floor: SELECT 1", timed(bare, ["x"] * ROUNDS), "floor")
    for kind, asked in kinds(names).items():
        tell(kind, f"{timed(look_up, asked)}, {sum(map(look_up, asked[:20])) / 20:.0f} rows")
    tell("LIKE, common surname", timed(like, ["smith"] * FLOORS), "floor")
    tell("LIKE, not there", timed(like, ["zzzzzz"] * FLOORS), "floor")


def kinds(names: Names) -> dict[str, list[str]]:
    chance = random.Random(7)
    people = list(names.many(ROUNDS))
    return {
        "common surname": [chance.choice(TOP) for _ in range(ROUNDS)],
        "rare surname": [chance.choice(names.surnames[-5000:]) for _ in range(ROUNDS)],
        "two letters": [chance.choice(names.surnames)[:2] for _ in range(ROUNDS)],
        "four letters": [one.split()[-1][:4] for one in people],
        "forename and surname": [f"{one.split()[0]} {one.split()[-1]}" for one in people],
        "common surname, begun forename": [f"smith {one[:3]}" for one in people],
        "three words": [f"{one} {chance.choice(TOP)} {chance.choice(names.forenames)[:3]}"
                        for one in (chance.choice(names.forenames[:50]) for _ in range(ROUNDS))],
        "number": [f"RT-{chance.randint(1, ENTRIES):06d}" for _ in range(ROUNDS)],
        "not there": [f"zz{number}x".replace("1", "i") if number % 2 else "Zyxwv Qzzq"
                      for number in range(ROUNDS)],
    }  # fmt: skip


def timed(ask: Callable[[str], int], questions: Sequence[str]) -> str:
    """The middle and the slowest but one in twenty, in milliseconds."""
    ask(questions[0])
    took = []
    for one in questions:
        began = time.perf_counter()
        ask(one)
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    late = took[min(len(took) - 1, int(len(took) * 0.95))]
    return f"p50 {statistics.median(took):.1f} ms, p95 {late:.1f} ms"


if __name__ == "__main__":
    main()
