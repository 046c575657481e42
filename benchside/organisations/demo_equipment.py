"""Equipment of the made-up university: a file its lead brings in, and who runs some of it."""

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.core.exports import csv_text
from benchside.core.imports import apply, preview
from benchside.organisations.actions.running import say_runs
from benchside.organisations.enums import RunLevel
from benchside.organisations.equipment import queries
from benchside.organisations.equipment.files import EquipmentImporter
from benchside.organisations.models import Organisation
from benchside.people.models import Technician

MAKER = "Made-Up Instruments Ltd"
HEADER = (
    "ID", "Type", "Name", "Description", "Related Facility ID", "Kit", "Technique", "Department",
    "Building", "Site Location", "Access", "Service Level", "Manufacturer", "Acquired", "Public",
    "Contact Name", "Contact Email",
)  # fmt: skip
SHARED, HOUSE, UNIT = "outside", "organisation", "unit"
FOR_YOU, TRAINED, YOURSELF = "run-for-you", "after-training", "yourself"
# Number, name, what it does, kit, technique, access, service, year: by facility, unit and building.
PLACES: list[tuple[str, str, str, str, str, list[tuple[str, str, str, str, str, str]]]] = [
    ("F-01", "Microscopy facility", "Rooms for looking closely at cells and surfaces.",
     "Biological Sciences", "Darwin building, level 1", [
        ("Confocal microscope", "microscope", "Microscopy", SHARED, TRAINED, "2021"),
        ("Scanning electron microscope", "microscope", "Microscopy", SHARED, FOR_YOU, "2018"),
        ("Light sheet microscope", "microscope", "Microscopy", HOUSE, TRAINED, "2023"),
        ("Slide scanner", "microscope", "Microscopy", HOUSE, TRAINED, "2020"),
        ("Microtome", "", "Sample preparation", HOUSE, TRAINED, "2012"),
        ("Ultracentrifuge", "centrifuge", "Sample preparation", HOUSE, TRAINED, "2016"),
    ]),
    ("F-02", "X-ray and materials facility", "What things are made of, and how they are built.",
     "Physics", "Franklin building, ground floor", [
        ("X-ray diffractometer", "spectrometer", "X-ray diffraction", SHARED, FOR_YOU, "2017"),
        ("X-ray tomography scanner", "", "X-ray imaging", SHARED, FOR_YOU, "2022"),
        ("X-ray fluorescence spectrometer", "spectrometer", "X-ray fluorescence", HOUSE, TRAINED,
         "2015"),
        ("Surface profiler", "", "Surface measurement", HOUSE, YOURSELF, "2019"),
        ("Helium liquefier", "gas-cylinder", "Cryogenics", UNIT, FOR_YOU, "2014"),
        ("Radiation counting room", "radiation-monitor", "Radiation", UNIT, TRAINED, "2009"),
        ("Vacuum chamber", "pump", "Thin films", UNIT, TRAINED, "2011"),
    ]),
    ("F-03", "Mass spectrometry and magnetic resonance", "Tells one molecule from another.",
     "Chemistry", "Ayrton building, basement", [
        ("Nuclear magnetic resonance spectrometer", "spectrometer", "NMR", SHARED, FOR_YOU, "2019"),
        ("Mass spectrometer", "spectrometer", "Mass spectrometry", SHARED, FOR_YOU, "2020"),
        ("Infrared spectrometer", "spectrometer", "Spectroscopy", HOUSE, TRAINED, "2013"),
        ("Gas chromatograph", "", "Chromatography", HOUSE, TRAINED, "2016"),
        ("Glove box", "fume-cupboard", "Work without air", UNIT, TRAINED, "2018"),
        ("Glassblowing lathe", "glass-torch", "Scientific glass", SHARED, FOR_YOU, "1998"),
        ("Freeze dryer", "", "Sample preparation", UNIT, YOURSELF, "2010"),
        ("Analytical balance", "balance", "Weighing", UNIT, YOURSELF, "2021"),
    ]),
    ("F-04", "Workshops", "Makes what cannot be bought.", "Mechanical Engineering",
     "Whitworth hall", [
        ("Five-axis mill", "milling-machine", "Machining", SHARED, FOR_YOU, "2020"),
        ("CNC lathe", "lathe", "Machining", HOUSE, FOR_YOU, "2015"),
        ("Toolroom lathe", "lathe", "Machining", HOUSE, TRAINED, "1987"),
        ("Wire eroder", "", "Machining", SHARED, FOR_YOU, "2016"),
        ("Laser cutter", "", "Cutting", HOUSE, TRAINED, "2019"),
        ("Water jet cutter", "", "Cutting", SHARED, FOR_YOU, "2021"),
        ("Metal 3D printer", "three-d-printer", "Additive manufacture", SHARED, FOR_YOU, "2022"),
        ("TIG welding bay", "welding-torch", "Welding", HOUSE, FOR_YOU, "2008"),
        ("Tensile tester", "tensile-tester", "Strength of materials", SHARED, TRAINED, "2014"),
        ("Coordinate measuring machine", "", "Measurement", HOUSE, FOR_YOU, "2017"),
    ]),
    ("F-05", "Electronics and robotics laboratory", "Builds and tests circuits and robots.",
     "Electronics", "Hopper building, level 2", [
        ("Circuit board line", "circuit-board", "Electronics", HOUSE, FOR_YOU, "2018"),
        ("Four-channel oscilloscope", "oscilloscope", "Electronics", UNIT, YOURSELF, "2022"),
        ("Robot arm cell", "robot-arm", "Robotics", HOUSE, TRAINED, "2021"),
        ("Anechoic chamber", "", "Radio", SHARED, FOR_YOU, "2003"),
        ("Survey drone", "drone", "Surveying", HOUSE, FOR_YOU, "2023"),
        ("Resin 3D printer", "three-d-printer", "Additive manufacture", HOUSE, YOURSELF, "2022"),
    ]),
]  # fmt: skip
RUN_BY = 3  # of every four items, so many have somebody named


def bring_in_equipment() -> None:
    """By the importer, as one file; then the lead names people of the staff list."""
    university = Organisation.objects.get(name="Made-Up University")
    lead = Actor.of(User.objects.get(email=f"lead{DEMONSTRATION_DOMAIN}"))
    run = preview(
        actor=lead,
        importer=EquipmentImporter(university),
        data=csv_text(HEADER, _rows()).encode(),
        filename="equipment.csv",
        scope=str(university.pk),
    )
    apply(actor=lead, run=run)
    _name_people(university, lead)


def _rows() -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for code, name, what, unit, building, things in PLACES:
        team = (name, f"{code.lower()}{DEMONSTRATION_DOMAIN}")
        rows.append((code, "facility", name, what, "", "", "", unit, building, "Main campus",
                     SHARED, "", "", "", "yes", *team))  # fmt: skip
        for place, (thing, kit, technique, access, service, year) in enumerate(things, start=1):
            public = "no" if access == UNIT else "yes"
            rows.append((f"{code[2:]}-{place:03}", "equipment", thing, "", code, kit, technique,
                         unit, building, "Main campus", access, service, MAKER, year, public,
                         *team))  # fmt: skip
    return rows


def _name_people(university: Organisation, lead: Actor) -> None:
    """Those who have claimed their record speak for themselves; the lead names the others."""
    people = list(queries.staff_of(university).select_related("account"))
    if not people:
        return
    people.sort(key=lambda one: not one.is_claimed)
    things = university.equipment.filter(kind="equipment").order_by("internal_id")
    for place, item in enumerate(things):
        if place % 4 < RUN_BY:
            who = people[place % min(len(people), 24)]
            level = list(RunLevel)[place % 3]
            say_runs(actor=_speaker(who, lead), item=item, technician=who, level=level)


def _speaker(who: Technician, lead: Actor) -> Actor:
    return Actor.of(who.account) if who.account else lead
