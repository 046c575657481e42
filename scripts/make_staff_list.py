"""Makes the staff list of a made-up university: as messy as the ones HR systems export.

    python -m scripts.make_staff_list     writes demonstration/*.xlsx in organisations/

The newest list is staff-list.xlsx; those of two years before stand beside it, by their day.

Always the same for a seed. Nobody in it exists: surnames say so, addresses are at
benchside.example. What is wrong with the workbook is on purpose and listed in `MESS`.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from scripts.staff_list_words import (
    FIRST_NAMES,
    LAST_NAMES,
    OTHERS,
    PLACES,
    TECHNICIANS,
    WORKSHOP_PLACES,
)

FOLDER = Path(__file__).resolve().parent.parent / "benchside/organisations/demonstration"
OUT = FOLDER / "staff-list.xlsx"
SEED = 2026
DAY = date(2026, 10, 31)
TECHNICIAN_COUNT, OTHER_COUNT = 240, 460
# Lists of the two years before, and how many who have left since still stand in each: the first
# of the numbers that the leavers' sheet of the newest list begins with.
EARLIER = {
    date(2024, 11, 15): 42,
    date(2025, 7, 15): 30,
    date(2025, 11, 14): 20,
    date(2026, 7, 15): 8,
}
JOINERS_OF = 20  # of so many technicians, one joined between each two lists
GONE_FROM = 80_000

MESS = """
three title rows, one merged over the width; a blank row above the header
faculties merged down beside their people; blank rows; the header again half-way; a heading row
dates as dates, as text dd/mm/yyyy, as serial numbers, as ISO
FTE as 1, 0.6, "60%", 100
staff numbers as text with leading noughts and as numbers without
two columns called "Start Date"; "Title" that is Mr or Dr; hidden columns; columns never to be read
titles abbreviated, with grades, in capitals, with odd spaces
people with two contracts; casual staff; somebody on a career break; contracts yet to begin
a total and a remark of the report at the end
a sheet of leavers with RESCON codes, 1 and 10 among them; a hidden sheet of lookups; a cover sheet
eight rows that cannot be used
"""

HEADER = (
    "Payroll No",
    "Post No",
    "Title",
    "Surname",
    "Forename(s)",
    "Work E-mail",
    "DOB",
    "Sex",
    "Ethnic Origin",
    "Disability",
    "NI Number",
    "Faculty",
    "Department",
    "Job Title",
    "Staff Group",
    "Grade",
    "Salary",
    "FTE",
    "Contract Type",
    "MOEMP",
    "Start Date",
    "Start Date",
    "End Date",
    "ACTSOC2020",
    "Line Manager",
)
PAYROLL, POST, FACULTY, FTE, BIRTH, TITLE, JOB = 0, 1, 11, 17, 6, 2, 13
HIDDEN = ("K", "Q", "Y")
LEAVERS_HEADER = (
    "Payroll No",
    "Surname",
    "Forename(s)",
    "Job Title",
    "Department",
    "DATELEFT",
    "RESCON",
    "ACTLEAVE",
)


@dataclass
class Somebody:
    """One person of the list and what they do."""

    number: int
    first: str
    last: str
    born: date
    sex: str
    ethnicity: str
    disability: str
    faculty: str
    department: str
    manager: str
    jobs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def email(self) -> str:
        plain = f"{self.first}.{self.last}".lower().replace("'", "").replace(" ", "")
        return f"{plain}@benchside.example"


def make(seed: int = SEED, technicians: int = TECHNICIAN_COUNT, others: int = OTHER_COUNT) -> bytes:
    """The workbook as .xlsx bytes."""
    chance = random.Random(seed)
    people = list(_people(chance, technicians, others))
    book = Workbook()
    _notes(book.active)
    _staff(book.create_sheet("Current Staff"), chance, people)
    _leavers(book.create_sheet("Leavers 2025-26"), chance, people)
    lookup = book.create_sheet("Lookups")
    lookup.sheet_state = "hidden"
    for row in (("Code", "Meaning"), (1, "Open-ended"), (2, "Fixed term"), (3, "Atypical")):
        lookup.append(row)
    return _saved(book)


def make_earlier(day: date, seed: int = SEED) -> bytes:
    """The list of a day of EARLIER: the same people, less those to come, with those since gone."""
    chance = random.Random(seed)
    people = list(_people(chance, TECHNICIAN_COUNT, 0))
    to_come = range(list(EARLIER).index(day) + 1, len(EARLIER) + 1)
    there = [one for place, one in enumerate(people) if place % JOINERS_OF not in to_come]
    gone = [_gone(chance, place) for place in range(EARLIER[day])]
    book = Workbook()
    _notes(book.active)
    _staff(book.create_sheet("Current Staff"), chance, [*there, *gone], day)
    return _saved(book)


def name_of(day: date) -> Path:
    return FOLDER / f"staff-list-{day:%Y-%m}.xlsx"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    made = {OUT: make()} | {name_of(day): make_earlier(day) for day in EARLIER}
    for path, data in made.items():
        path.write_bytes(data)
        print(f"{path.name}: {len(data) // 1024} kB")


# --- people ------------------------------------------------------------------------------------
def _people(chance: random.Random, technicians: int, others: int) -> Iterator[Somebody]:
    names = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    chance.shuffle(names)
    managers = [f"{last}, {first}" for first, last in names[:20]]
    for place in range(technicians + others):
        is_technician = place < technicians
        faculty, departments = chance.choice(WORKSHOP_PLACES if is_technician else PLACES)
        first, last = names[place % len(names)]
        one = Somebody(
            number=1_000 + 7 * place,
            first=first,
            last=last if place < len(names) else f"{last}-{place}",
            born=date(1956, 1, 1) + timedelta(days=chance.randrange(365 * 48)),
            sex=chance.choice("FM"),
            ethnicity=chance.choice(("White", "Asian", "Black", "Mixed", "Other", "Not known")),
            disability=chance.choice(("No", "No", "No", "Yes", "")),
            faculty=faculty,
            department=chance.choice(departments),
            manager=chance.choice(managers),
        )
        # The first technicians take every title once, so that there are more than a hundred.
        pool = TECHNICIANS if is_technician else OTHERS
        row = pool[place] if place < len(pool) and is_technician else chance.choice(pool)
        one.jobs.append(_job(chance, row, place))
        if is_technician and place % 24 == 5:
            one.jobs[0]["fte"] = 0.5
            one.jobs.append(_job(chance, chance.choice(TECHNICIANS), place) | {"fte": 0.4})
        yield one


def _gone(chance: random.Random, place: int) -> Somebody:
    """A technician who is in no list of today."""
    faculty, departments = chance.choice(WORKSHOP_PLACES)
    return Somebody(
        number=GONE_FROM + place,
        first=FIRST_NAMES[place % len(FIRST_NAMES)],
        last=f"Gone-{place}",
        born=date(1956, 1, 1) + timedelta(days=chance.randrange(365 * 40)),
        sex=chance.choice("FM"),
        ethnicity=chance.choice(("White", "Asian", "Black", "Mixed", "Other", "Not known")),
        disability=chance.choice(("No", "No", "No", "Yes", "")),
        faculty=faculty,
        department=chance.choice(departments),
        manager="Made-Up, Aisha",
        jobs=[_job(chance, chance.choice(TECHNICIANS), place)],
    )


def _job(chance: random.Random, row: tuple[str, str, str], place: int) -> dict[str, Any]:
    title, family, soc = row
    fixed = chance.random() < 0.2
    start = date(1996, 9, 1) + timedelta(days=chance.randrange(365 * 29))
    return {
        "title": title,
        "family": family,
        "soc": soc if chance.random() < 0.4 else "",
        "grade": f"Grade {chance.randint(3, 8)}",
        "fte": chance.choice((1, 1, 1, 1, 0.8, 0.6, 0.5)),
        "terms": "Fixed Term" if fixed else "Permanent",
        "mode": "",
        "start": start,
        "end": DAY + timedelta(days=chance.randrange(30, 900)) if fixed else "",
    }


# --- sheets ------------------------------------------------------------------------------------
def _notes(sheet: Worksheet) -> None:
    sheet.title = "READ ME"
    sheet["A1"] = "HR extract for the Technician Commitment"
    sheet["A3"] = "Please do not forward. Figures are as at the date of the report."


def _staff(
    sheet: Worksheet, chance: random.Random, people: list[Somebody], day: date = DAY
) -> None:
    sheet["A1"] = "University of Nowhere-on-Sea (made up)"
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEADER))
    sheet["A2"] = f"Staff in post as at {day:%d/%m/%Y}"
    sheet.append([])
    sheet.append(list(HEADER))
    ordered = sorted(people, key=lambda one: (one.faculty, one.department, one.last, one.first))
    half = len(ordered) // 2
    for place, one in enumerate(ordered):
        if place == half:
            sheet.append([])
            sheet.append(list(HEADER))
        if place == half // 2:
            sheet.append(["Continued overleaf"])
        if place % 97 == 60:
            sheet.append([])
        for number, job in enumerate(one.jobs, start=1):
            sheet.append(_line(chance, one, job, f"P{one.number}{number}", len(one.jobs) == 1))
    if day == DAY:
        _odd_rows(sheet, chance, ordered)
    _merge_faculties(sheet)
    rows = sheet.max_row
    sheet.append([])
    sheet.append(["TOTAL", *[""] * (FTE - 1), f"=SUM(R5:R{rows})"])
    sheet.append([f"Report run {day:%d/%m/%Y} by HR Systems"])
    for letter in HIDDEN:
        sheet.column_dimensions[letter].hidden = True


def _line(
    chance: random.Random, one: Somebody, job: dict[str, Any], post: str, is_only: bool
) -> list[Any]:
    number: Any = one.number if one.number % 3 else f"{one.number:07d}"
    return [
        number,
        post,
        chance.choice(("Mr", "Ms", "Dr", "Mrs", "Mx", "Miss")),
        one.last if one.number % 11 else f"{one.last.upper()}\u00a0",
        one.first,
        one.email if is_only or chance.random() < 0.7 else "",
        _date(chance, one.born),
        one.sex,
        one.ethnicity,
        one.disability,
        "QQ123456C",
        one.faculty,
        one.department,
        _spelt(chance, job["title"], job["grade"]),
        job["family"],
        job["grade"],
        "redacted",
        _fte(chance, job["fte"]),
        job["terms"],
        job["mode"] or (1 if job["fte"] == 1 else 3),
        _date(chance, job["start"]),
        _date(chance, min(job["start"], date(2020, 1, 1))),
        _date(chance, job["end"]) if job["end"] else "",
        job["soc"],
        one.manager,
    ]


def _odd_rows(sheet: Worksheet, chance: random.Random, people: list[Somebody]) -> None:
    """Casual work, a career break, somebody yet to come; and eight rows that cannot be used."""
    some = chance.sample([one for one in people if len(one.jobs) == 1], 12)

    def line(one: Somebody, place: int, number: Any = None, **changes: Any) -> list[Any]:
        job = one.jobs[0] | changes
        cells = _line(chance, one, job, f"X{one.number}", True)
        # Somebody of their own, unless it is said whom they are mistaken for.
        cells[PAYROLL] = number if number is not None else 90_000 + place
        cells[5] = f"odd.{place}@benchside.example" if number is None else ""
        cells[3], cells[4] = "Made-Up", f"Odd {place}"
        return cells

    rows = [
        line(some[0], 1, title="Casual Demonstrator", mode=5),
        line(some[1], 2, title="Technician", mode=6),
        line(some[2], 3, title="Technician", start=DAY + timedelta(days=40), end=""),
        line(some[3], 4, title=""),
    ]
    for place, (column, value) in enumerate(
        (
            (FTE, 7.5),
            (FTE, "full"),
            (BIRTH, "31/02/1980"),
            (20, "Michaelmas"),
            (20, date(2099, 1, 1)),
        )
    ):
        rows.append(line(some[4 + place], 5 + place))
        rows[-1][column] = value
    rows[-1][20:23] = ["01/09/2030", "", "01/09/2020"]
    rows.append(line(some[9], 10, number="1.23E+05"))
    twin = line(some[10], 11, number=some[10].number)
    twin[BIRTH] = "01/01/1970" if some[10].born.year != 1970 else "01/01/1971"
    rows.append(twin)
    for row in rows:
        sheet.append(row)


def _merge_faculties(sheet: Worksheet) -> None:
    """Where the same faculty stands in three rows or more: once, merged."""
    column, first = FACULTY + 1, 5
    for row in range(5, sheet.max_row + 2):
        if sheet.cell(row, column).value == sheet.cell(first, column).value and row > first:
            continue
        if row - first > 3 and sheet.cell(first, column).value not in (None, "", "Faculty"):
            sheet.merge_cells(
                start_row=first, end_row=row - 1, start_column=column, end_column=column
            )
        first = row


def _leavers(sheet: Worksheet, chance: random.Random, people: list[Somebody]) -> None:
    sheet.append(["Leavers 1 August 2025 to 31 July 2026"])
    sheet.append(list(LEAVERS_HEADER))
    for place in range(30):
        left = date(2025, 8, 1) + timedelta(days=chance.randrange(360))
        title = chance.choice(TECHNICIANS)[0]
        reason = (3, 6, 7, 7, 9)[place % 5]
        number = GONE_FROM + place
        name = (f"Gone-{place}", chance.choice(FIRST_NAMES))
        sheet.append([number, *name, title, "Chemistry", _date(chance, left), reason, ""])
    # They have a new contract, or changed group; they stand in the first sheet and have not left.
    for one, reason in zip(chance.sample(people, 6), (1, 1, 1, 10, 10, 1), strict=True):
        ended = one.jobs[0]["start"] - timedelta(days=1)
        sheet.append(
            [one.number, one.last, one.first, "Trainee", one.department, ended, reason, ""]
        )


# --- mess --------------------------------------------------------------------------------------
def _date(chance: random.Random, day: date) -> Any:
    return chance.choice(
        (
            datetime(day.year, day.month, day.day),  # noqa: DTZ001
            f"{day:%d/%m/%Y}",
            (day - date(1899, 12, 30)).days,
            day.isoformat(),
        )
    )


def _fte(chance: random.Random, value: float) -> Any:
    return chance.choice((value, str(value), f"{value:.0%}", round(value * 100)))


def _spelt(chance: random.Random, title: str, grade: str) -> str:
    if not title:
        return ""
    return chance.choice(
        (
            title,
            title,
            title,
            title.upper(),
            f" {title}  ",
            title.replace("Senior", "Snr").replace("Technician", "Tech."),
            f"{title} ({grade})",
            f"{title} – part time",
        )
    )


def _saved(book: Workbook) -> bytes:
    """The same bytes every time: openpyxl stamps the hour on the file and on each of its parts."""
    book.properties.created = book.properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
    first, out = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for part in made.infolist():
            kept.writestr(zipfile.ZipInfo(part.filename), made.read(part), zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


if __name__ == "__main__":
    main()
