"""A staff list of 100,000 rows read, checked, sorted and compared, beside a bare `csv.reader`.

Each measurement runs in a process of its own, so that its peak memory is its own; seconds are of
the processor. Nothing here
needs Django or a database: `benchmarks.staff_list_child` imports the framework-free core only.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks import ground

ROWS = 100_000
GOAL_SECONDS, GOAL_MB = 5, 500
HEADER = [
    "Employee No",
    "Surname",
    "Forename",
    "Work E-mail",
    "Date of Birth",
    "Sex",
    "Faculty",
    "Department",
    "Job Title",
    "Job Family",
    "Grade",
    "FTE",
    "Contract Type",
    "Start Date",
    "End Date",
    "Line Manager",
]
Row = tuple[str, str, str]


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="benchside-staff-") as folder:
        rows = list(make_rows())
        text, book = Path(folder) / "staff.csv", Path(folder) / "staff.xlsx"
        write_csv(text, rows)
        write_xlsx(book, rows)
        floor = measured("floor", text)
        yield (
            f"staff list, {ROWS:,} rows: bare csv.reader",
            f"{floor['seconds']:.2f} s, {floor['peak_mb']:.0f} MB",
            "floor",
        )
        for path in (text, book):
            got = measured("ours", path)
            parts = ", ".join(f"{name} {took:.2f}" for name, took in got["parts"].items())
            yield (
                f"staff list, {ROWS:,} rows of {path.suffix}, checked and compared",
                f"{got['seconds']:.2f} s ({parts}), {got['seconds'] / floor['seconds']:.0f}x the "
                f"floor; {got['waited']:.1f} s by the clock with the index built; "
                f"peak {got['peak_mb']:.0f} MB",
                f"< {GOAL_SECONDS} s, < {GOAL_MB} MB",
            )


def measured(what: str, path: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.staff_list_child", what, str(path)]
    said = subprocess.run(command, cwd=ground.ROOT, check=True, capture_output=True, text=True)
    return json.loads(said.stdout)


def make_rows() -> Iterator[list[str]]:
    """People of 80 departments under 2,000 titles; one in fifty has a second contract."""
    chance = random.Random(2026)
    titles = [
        f"{rank}Technician, bench {place}" for rank in ("", "Senior ") for place in range(1000)
    ]
    for place in range(ROWS):
        person = place if place % 50 == 49 else place + 1
        born = date(1960, 1, 1) + timedelta(days=(person * 7919) % 15_000)
        start = date(1995, 1, 1) + timedelta(days=chance.randrange(11_000))
        unit = chance.randrange(80)
        yield [
            f"{person:07d}",
            f"Made-Up {person}",
            f"Somebody {person % 900}",
            f"person{person}@benchside.example",
            f"{born:%d/%m/%Y}",
            chance.choice("FM"),
            f"Faculty {unit % 8}",
            f"Department {unit}",
            chance.choice(titles),
            chance.choice(("Technical", "Research")),
            f"Grade {chance.randint(3, 9)}",
            chance.choice(("1", "0.6", "50")) if place % 50 < 48 else "0.4",
            chance.choice(("Permanent", "Fixed term")),
            f"{start:%d/%m/%Y}",
            "",
            f"Made-Up {unit}",
        ]


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])


def write_xlsx(path: Path, rows: list[list[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Staff")
    sheet.append(list(HEADER))
    for row in rows:
        sheet.append(row)
    book.save(path)
