"""A role for machines: schema.org `Occupation`, as JSON that is safe inside a script element."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from benchside.careers.enums import Level
from benchside.careers.models import Role

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
        "occupationalCategory": {
            "@type": "CategoryCode",
            "inCodeSet": {"@type": "CategoryCodeSet", "name": SOC},
            "codeValue": role.soc2020,
            "name": role.soc2020_title,
        },
        "responsibilities": " ".join(role.tasks),
        "skills": ", ".join(skill.name for skill in role.skills.all()),
        "qualifications": "; ".join(_qualifications(role)),
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": Level(role.level).label,
        },
        "occupationLocation": {"@type": "Country", "name": "United Kingdom"},
    }


def _qualifications(role: Role) -> list[str]:
    found = []
    for route in role.routes.all():
        level = f", Level {route.level}" if route.level else ""
        found.append(f"{route.get_kind_display()}: {route.title}{level}")
    return found


def script_text(data: dict[str, Any]) -> SafeString:
    """For the inside of `<script type="application/ld+json">`: never ends it early."""
    text = json.dumps(data, ensure_ascii=False).translate(UNSAFE)
    return mark_safe(text)  # noqa: S308 - made safe in the line above
