"""An entry for machines, in schema.org's words: what its page says and no more."""

from typing import Any

from benchside.recognition.entries.publishing import Sheet


def entry(sheet: Sheet, url: str) -> dict[str, Any]:
    """The page of an entry at the absolute address `url`. That somebody holds the title is said
    only while they do."""
    shown = sheet.entry
    person: dict[str, Any] = {
        "@type": "Person",
        "name": shown.name,
        "identifier": shown.number,
    }
    if sheet.former_names:
        person["alternateName"] = list(sheet.former_names)
    if shown.employer:
        person["worksFor"] = {"@type": "Organization", "name": shown.employer}
    if shown.area:
        person["homeLocation"] = {"@type": "Place", "name": shown.area}
    if shown.stands:
        person["honorificSuffix"] = shown.letters
        person["hasCredential"] = {
            "@type": "EducationalOccupationalCredential",
            "name": shown.register.name,
            "credentialCategory": "professional registration",
            "recognizedBy": {"@type": "Organization", "name": shown.body},
            "validFrom": shown.from_day.isoformat(),
            **({"expires": shown.until.isoformat()} if shown.until else {}),
        }
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "@id": url,
        "url": url,
        "name": f"{shown.name}: {shown.state.title}",
        "description": shown.state.meaning,
        "mainEntity": person,
    }
