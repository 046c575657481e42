"""Roles and routes for machines, in schema.org's words, as JSON safe inside a script element."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from benchside.careers.enums import Level
from benchside.careers.models import NationWay, Role, Route

SOC = "Standard Occupational Classification 2020, Office for National Statistics"
# What would end a script element or begin a comment, as JSON writes it (HTML standard, 4.12.1.3);
# the line separators end a line for older parsers of JavaScript.
UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def occupation(role: Role, url: str) -> dict[str, Any]:
    """The occupation at the absolute address `url`. Says no pay: none is published here."""
    return {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "@id": url,
        "url": url,
        "name": role.title,
        "alternateName": role.other_names,
        "description": role.sentence,
        "occupationalCategory": _category(role),
        "responsibilities": " ".join(role.tasks),
        "skills": ", ".join(skill.name for skill in role.skills.all()),
        "qualifications": "; ".join(_qualifications(role)),
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": Level(role.level).label,
        },
        "occupationLocation": {"@type": "Country", "name": "United Kingdom"},
    }


def _category(role: Role) -> dict[str, Any]:
    return {
        "@type": "CategoryCode",
        "inCodeSet": {"@type": "CategoryCodeSet", "name": SOC},
        "codeValue": role.soc2020,
        "name": role.soc2020_title,
    }


def programme(
    route: Route, roles: Sequence[Role], way: NationWay | None, url: str
) -> dict[str, Any]:
    """A route at the absolute address `url`: `WorkBasedProgram` where it is done at work, else
    `EducationalOccupationalProgram`. What nobody has said is left out."""
    level = f", Level {route.level}" if route.level else ""
    codes = {role.soc2020: _category(role) for role in roles}
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WorkBasedProgram"
        if route.is_apprenticeship
        else "EducationalOccupationalProgram",
        "@id": url,
        "url": url,
        "name": route.title,
        "identifier": route.reference,
        "description": way.sentence if way else "",
        "programType": route.kind_name,
        "educationalCredentialAwarded": f"{route.kind_name}: {route.title}{level}",
        "programPrerequisites": route.entry or (way.entry if way else ""),
        "timeToComplete": f"P{route.months}M" if route.months else "",
        "occupationalCategory": list(codes.values()),
        "startDate": route.valid_from.isoformat() if route.valid_from else "",
        "endDate": route.valid_to.isoformat() if route.valid_to else "",
        "sameAs": route.url,
        "spatialCoverage": {"@type": "Country", "name": route.get_nation_display()},
    }
    return {name: value for name, value in found.items() if value}


def _qualifications(role: Role) -> list[str]:
    found = []
    for way in role.ways():
        level = f", Level {way.route.level}" if way.route.level else ""
        found.append(f"{way.route}{level}")
    return found


def script_text(data: dict[str, Any]) -> SafeString:
    """For the inside of `<script type="application/ld+json">`: never ends it early."""
    text = json.dumps(data, ensure_ascii=False).translate(UNSAFE)
    return mark_safe(text)  # noqa: S308 - made safe in the line above
