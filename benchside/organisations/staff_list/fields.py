"""The columns a staff list can have, and every name we have seen them under.

Names are those of the Higher Education Statistics Agency's staff record (CONTID, ACTSOC2020) and of
the exports of HR systems. They are compared as `plain_name` writes them. A name further to the
left is a better one: where a sheet has both "Start date" and "Continuous service date", the first
is taken. A name may serve two fields; whichever claims it with the better rank gets it.
"""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How the values of a column are read; see `values`."""

    TEXT = "text"
    NUMBER = "staff number"
    EMAIL = "e-mail address"
    BIRTH = "date of birth"
    AGE = "age"
    BAND = "age band"
    DATE = "date"
    FTE = "full-time equivalent"
    HOURS = "hours a week"
    SHARE = "share in percent"
    SOC = "SOC 2020 code"
    SEX = "sex"
    DISABILITY = "disability"
    MODE = "mode"
    TERMS = "terms"
    REASON = "reason for leaving"


class Field(NamedTuple):
    """One thing a staff list says. `names` are as `plain_name` writes them, best first."""

    key: str
    label: str
    kind: Kind
    names: tuple[str, ...]

    @property
    def longest(self) -> int:
        """How many letters are kept of it."""
        return LONGEST.get(self.key, 80)


LONGEST = {"title": 160, "name": 120, "unit": 120, "unit_above": 120, "grade": 40, "email": 200}


def _field(key: str, label: str, kind: Kind, names: str) -> Field:
    return Field(key, label, kind, tuple(name.strip() for name in names.split(",")))


FIELDS: dict[str, Field] = {
    field.key: field
    for field in (
        _field(
            "number",
            "Staff number",
            Kind.NUMBER,
            "staff number, staffid, ownstaffid, staff id, staff no, staff ref, employee number,"
            "employee no, employee id, employeeid, employee ref, emp no, emp id, personnel number,"
            "personnel no, payroll number, payroll no, person id, person number, assignment number,"
            "assignment no, staff code",
        ),
        _field(
            "contract",
            "Contract or post number",
            Kind.NUMBER,
            "contract number, contid, contract id, contract no, contract ref, post number, post no,"
            "post id, post ref, position number, position no, position id, assignment id,"
            "assignment number, assignment no",
        ),
        _field(
            "name",
            "Full name",
            Kind.TEXT,
            "full name, name, employee name, staff name, display name, employee, person name",
        ),
        _field(
            "first_name",
            "First name",
            Kind.TEXT,
            "first name, forename, forenames, first names, given name, given names, known as,"
            "preferred name, preferred first name",
        ),
        _field("last_name", "Last name", Kind.TEXT, "last name, surname, family name, second name"),
        _field(
            "email",
            "Work e-mail",
            Kind.EMAIL,
            "work email, email, email address, work email address, e mail, e mail address,"
            "university email, email id, mail",
        ),
        _field(
            "birth",
            "Date of birth",
            Kind.BIRTH,
            "date of birth, dob, birth date, birthdte, birthdate, born, d o b",
        ),
        _field("age", "Age", Kind.AGE, "age, current age, age in years"),
        _field("age_band", "Age band", Kind.BAND, "age band, age group, age range, ageband"),
        _field("sex", "Sex", Kind.SEX, "sex, sexid, legal sex, gender"),
        _field(
            "ethnicity",
            "Ethnicity",
            Kind.TEXT,
            "ethnicity, ethnic, ethnic origin, ethnic group, ethnicity description",
        ),
        _field(
            "disability",
            "Disability",
            Kind.DISABILITY,
            "disability, disable, disabled, disability status, disability declared, disable1",
        ),
        _field(
            "unit",
            "Department",
            Kind.TEXT,
            "department, dept, department name, dept name, unit, unit name, org unit,"
            "organisation unit, organizational unit, organisational unit, organisation unit name,"
            "cost centre name, cost centre, cost center, ccentre1, ccentre, school, institute,"
            "division, section, team, service, directorate, faculty, college",
        ),
        _field(
            "unit_above",
            "Faculty",
            Kind.TEXT,
            "faculty, college, faculty name, parent unit, directorate, division, school, service",
        ),
        _field("unit_2", "Second cost centre", Kind.TEXT, "ccentre2"),
        _field("unit_3", "Third cost centre", Kind.TEXT, "ccentre3"),
        _field("share", "Share in the first cost centre", Kind.SHARE, "ccprop1"),
        _field("share_2", "Share in the second cost centre", Kind.SHARE, "ccprop2"),
        _field("share_3", "Share in the third cost centre", Kind.SHARE, "ccprop3"),
        _field(
            "title",
            "Job title",
            Kind.TEXT,
            "job title, jobtitle, job role, post title, position title, role title, role,"
            "position, post, job, job name, occupation, title",
        ),
        _field(
            "family",
            "Job family",
            Kind.TEXT,
            "job family, technical family, family, staff group, staff category, job group,"
            "staff type, employee group, job category",
        ),
        _field(
            "soc",
            "SOC 2020 code",
            Kind.SOC,
            "actsoc2020, soc2020, soc 2020, soc 2020 code, soc code, soc",
        ),
        _field(
            "grade",
            "Grade",
            Kind.TEXT,
            "grade, pay grade, salary grade, grade name, pay band, band, levels, level,"
            "spine point, spoint, pay point",
        ),
        _field(
            "fte",
            "Full-time equivalent",
            Kind.FTE,
            "fte, wte, confte, contract fte, full time equivalent, whole time equivalent,"
            "post fte, fte percent",
        ),
        _field(
            "hours",
            "Hours a week",
            Kind.HOURS,
            "hours, weekly hours, hours per week, contracted hours, contract hours, hours week",
        ),
        _field(
            "mode",
            "Full or part time",
            Kind.MODE,
            "mode of employment, moemp, mode, employment mode, full part time,"
            "full time part time, ft pt, full or part time",
        ),
        _field(
            "terms",
            "Permanent or fixed term",
            Kind.TERMS,
            "terms, contract type, type of contract, contract terms, employment type,"
            "terms of employment, permanent fixed term, contract status, employment status,"
            "appointment type",
        ),
        _field(
            "start",
            "Start date",
            Kind.DATE,
            "start date, startcon, contract start date, contract start, date started, start,"
            "post start date, date joined, joined, joining date, hire date, date of appointment,"
            "continuous service date",
        ),
        _field(
            "end",
            "End date of the contract",
            Kind.DATE,
            "end date, endcon, contract end date, contract end, expected end date,"
            "fixed term end date, post end date, ftc end date",
        ),
        _field(
            "left",
            "Leaving date",
            Kind.DATE,
            "leaving date, dateleft, date left, date of leaving, leave date, termination date,"
            "left, last day, last working day, last day of service",
        ),
        _field(
            "reason",
            "Reason for leaving",
            Kind.REASON,
            "reason for leaving, rescon, leaving reason, reason, reason code, leaver reason,"
            "termination reason",
        ),
        _field(
            "destination",
            "Where leavers went",
            Kind.TEXT,
            "actleave, destination, leaving destination, activity on leaving",
        ),
        _field(
            "manager",
            "Line manager",
            Kind.TEXT,
            "line manager, manager, reports to, line manager name, manager name, manager id,"
            "manager number, line manager number, supervisor, line manager email",
        ),
    )
}

# Columns that are none of our business, and two that look like ours and are not. They are never
# read, whatever a person maps.
NEVER: dict[str, str] = {
    name: reason
    for reason, names in {
        "Not needed here, so it is not read.": (
            "ni number, national insurance number, ni no, nino, salary, annual salary,"
            "basic salary, salref, pay, bank account, account number, sort code,"
            "home address, address, postcode,"
            "home postcode, home email, personal email, home phone, mobile, mobile number,"
            "telephone, religion, religion or belief, relblf, sexual orientation, sexort,"
            "nationality, nation, marital status, genderid, gender identity, next of kin,"
            "emergency contact, passport number, visa expiry, sickness days, trade union"
        ),
        "SOC 2010 codes are not SOC 2020: the job titles are matched instead.": (
            "actsoc2010, soc2010, soc 2010, soc 2010 code"
        ),
    }.items()
    for name in (part.strip() for part in names.split(","))
}


def plain_name(header: object) -> str:
    """A header as it is compared: "E-mail Address*" is "e mail address"; "(s)" is a plural."""
    text = unicodedata.normalize("NFKD", str(header)).encode("ascii", "ignore").decode()
    text = re.sub(r"\((e?s)\)", r"\1", text.casefold()).replace("%", " percent ")
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    return " ".join(words)


# By plain name: the fields that know it, and how good a name it is for each.
KNOWN_NAMES: dict[str, list[tuple[int, str]]] = {}
for _one in FIELDS.values():
    for _rank, _name in enumerate(dict.fromkeys([plain_name(_one.label), *_one.names])):
        KNOWN_NAMES.setdefault(_name, []).append((_rank, _one.key))
