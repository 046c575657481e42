"""Staff lists of the made-up organisations, brought in as their stewards would bring them in."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.core.exports import csv_text
from benchside.organisations.actions.definitions import decide_titles, write_definition
from benchside.organisations.actions.staff_files import take_in_staff_file
from benchside.organisations.actions.staff_lists import apply_staff_list
from benchside.organisations.demo_people import claim_records, invite_one
from benchside.organisations.enums import TechnicianVerdict
from benchside.organisations.models import Organisation, StaffFile
from benchside.organisations.staff import applying, comparing, counting, judging, kept, releasing

FOLDER = Path(__file__).parent / "demonstration"
WORKBOOK = FOLDER / "staff-list.xlsx"
DAY = date(2026, 10, 31)
# Lists of the two years before, each counted at the census after it; and how many people claimed
# their records in between, so that the figures have a past.
EARLIER = {
    date(2024, 11, 15): 11,
    date(2025, 7, 15): 14,
    date(2025, 11, 14): 17,
    date(2026, 7, 15): 18,
}
WHY = "The rules everybody begins with, read through with the heads of technical services."
DECIDED = 12  # titles decided; some are left to wait, as they would be

HEADER = ["Staff number", "First name", "Last name", "Work e-mail", "Unit", "Job title", "FTE"]
SCHOOL = [
    ("S1", "Sami", "Made-Up", "Science", "Senior science technician", "1"),
    ("S2", "Nia", "Made-Up", "Science", "Science technician", "0.8"),
    ("S3", "Olu", "Made-Up", "Design and technology", "Design and technology technician", "0.6"),
    ("S4", "Tess", "Made-Up", "Performing arts", "Theatre technician", "0.5"),
]
EMPLOYER = [
    ("E1", "Ada", "Made-Up", "Assembly", "Electronics technician", "1"),
    ("E2", "Ben", "Made-Up", "Assembly", "Electronics technician", "1"),
    ("E3", "Cai", "Made-Up", "Assembly", "Apprentice electronics technician", "1"),
    ("E4", "Dot", "Made-Up", "Calibration", "Calibration technician", "1"),
    ("E5", "Eli", "Made-Up", "Calibration", "Calibration technician", "0.6"),
    ("E6", "Fay", "Made-Up", "Machine shop", "CNC technician", "1"),
    ("E7", "Gus", "Made-Up", "Machine shop", "Toolroom technician", "1"),
    ("E8", "Hal", "Made-Up", "Machine shop", "Maintenance technician", "1"),
    ("E9", "Ivy", "Made-Up", "Quality", "Quality technician", "1"),
    ("E10", "Jun", "Made-Up", "Quality", "Test technician", "1"),
    ("E11", "Kit", "Made-Up", "Optics", "Optical technician", "1"),
    ("E12", "Lou", "Made-Up", "Optics", "Vacuum technician", "0.8"),
]


def bring_in_lists() -> None:
    """The university's own messy workbooks of three years, and two small tables."""
    university = Organisation.objects.get(name="Made-Up University")
    steward = _actor("hr-steward")
    holds, _ = kept.definition_of(university)
    rules = holds.as_json()["rules"]
    write_definition(actor=steward, organisation=university, rules=rules, note=WHY)
    for day, claims in EARLIER.items():
        workbook = FOLDER / f"staff-list-{day:%Y-%m}.xlsx"
        _bring(steward, university, workbook.read_bytes(), workbook.name, day)
        claim_records(university, claims)
        counting.take_snapshot(university, releasing.next_census(day))
    _bring(steward, university, WORKBOOK.read_bytes(), WORKBOOK.name)
    _decide(steward, university)
    invite_one(university)
    school = Organisation.objects.get(name="Made-Up High School")
    _bring(_actor("school-lead"), school, _table(SCHOOL), "technicians.csv")
    employer = Organisation.objects.get(name="Made-Up Instruments Ltd")
    _bring(_actor("employer-lead"), employer, _table(EMPLOYER), "technicians.csv")


def _bring(
    actor: Actor, organisation: Organisation, data: bytes, filename: str, day: date = DAY
) -> None:
    """By the actions of the pages; the two tasks between them are run here."""
    file = take_in_staff_file(
        actor=actor, organisation=organisation, data=data, filename=filename, as_of=day
    )
    comparing.compare(file.pk, actor)
    run = StaffFile.objects.select_related("run").get(pk=file.pk).run
    assert run is not None, f"{filename}: {file.problem}"
    apply_staff_list(actor=actor, run=run)
    applying.carry_out(run.pk)


def _decide(actor: Actor, organisation: Organisation) -> None:
    """The titles of most people are technicians’ where the nearest role is one of ours."""
    waiting = judging.waiting_titles(organisation)
    chosen = [one["spellings"][0] for one in waiting if one["role"]][:DECIDED]
    if chosen:
        decide_titles(
            actor=actor,
            organisation=organisation,
            titles=chosen,
            verdict=TechnicianVerdict.TECHNICIAN,
        )


def _table(rows: Sequence[tuple[str, ...]]) -> bytes:
    said = [
        (number, first, last, f"{first.lower()}{DEMONSTRATION_DOMAIN}", *rest)
        for number, first, last, *rest in rows
    ]
    return csv_text(HEADER, said).encode()


def _actor(local: str) -> Actor:
    return Actor.of(User.objects.get(email=local + DEMONSTRATION_DOMAIN))
