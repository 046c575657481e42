"""What `benchmarks.staff_list` runs in a process of its own: prints seconds and peak memory.

Seconds are of the processor: other work on a shared machine does not count. `waited` is the clock.
"""

import csv
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 1)
KIB = 1024


def floor(path: Path) -> dict[str, float]:
    with path.open(newline="") as file:
        assert len(list(csv.reader(file))) > 1
    return {}


def ours(path: Path) -> dict[str, float]:
    from benchside.organisations import staff_list

    index = staff_list.TitleIndex(
        staff_list.Entry(f"Technician, bench {place}", f"{3111 + place % 9}")
        for place in range(32_000)
    )
    definition = staff_list.Definition(1, staff_list.STARTING_RULES)
    sorter = staff_list.Sorter(definition, soc=index, roles=index)
    clock = Clock()
    book = staff_list.open_book(path.read_bytes())
    clock.stop("opened")
    layouts = staff_list.propose(book, {})
    staff = staff_list.read(book, layouts, as_of=TODAY, secret=b"only-for-measuring")
    assert not staff.problems, staff.problems[:3]
    assert len(staff.people) > 90_000
    del book
    clock.stop("read and checked")
    rulings = sorter.sort(staff.people).rulings
    clock.stop("sorted")
    # What was kept before: nearly the same people, one in twenty described differently.
    before = [
        one._replace(age_band="under 20") if place % 20 == 0 else one
        for place, one in enumerate(staff.people)
        if place % 97
    ]
    clock.begin()
    found = staff_list.compare(before, staff, rulings).counts()
    assert found["joined"] > 900, found
    assert found["changed"] > 4000, found
    clock.stop("compared")
    return clock.parts


class Clock:
    def __init__(self) -> None:
        self.parts: dict[str, float] = {}
        self.begin()

    def begin(self) -> None:
        self.began = time.process_time()

    def stop(self, name: str) -> None:
        self.parts[name] = time.process_time() - self.began
        self.begin()


def main() -> None:
    what, path = sys.argv[1], Path(sys.argv[2])
    began, clock = time.process_time(), time.perf_counter()
    parts = {"floor": floor, "ours": ours}[what](path)
    seconds = sum(parts.values()) if parts else time.process_time() - began
    waited = time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB
    print(json.dumps({"seconds": seconds, "waited": waited, "parts": parts, "peak_mb": peak}))


if __name__ == "__main__":
    main()
