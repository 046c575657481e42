"""A person for machines, in schema.org's words: what they show to everyone, and no more."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from benchside.visibility.cards import PHOTO, Card
from benchside.visibility.credit.queries import Work

ORCID = "https://orcid.org/"


def person(card: Card, works: Sequence[Work] = ()) -> dict[str, Any]:
    """schema.org `Person`. What is not shown is not there, not even as an empty value. Of their
    works those that a lead author has confirmed: a machine does not read "says so themselves"."""
    who, url = card.person, f"{settings.BASE_URL}{card.url}"
    same = [who.contact_url, f"{ORCID}{who.orcid}" if who.orcid else ""]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": url,
        "url": url,
        "name": who.name,
        "honorificSuffix": who.letters,
        "description": who.headline,
        "image": photo_url(card),
        "jobTitle": [place.title for place in card.places if place.title],
        "worksFor": _employers(card),
        "hasOccupation": _occupation(who.role[1]) if who.role else {},
        "knowsAbout": [name for _, name in (*who.skills, *who.kit)],
        "knowsLanguage": list(who.languages),
        "hasCredential": [
            {"@type": "EducationalOccupationalCredential", "name": name}
            for name in who.qualifications
        ],
        "email": who.contact_email,
        "sameAs": [each for each in same if each],
        "@reverse": _works(works),
    }
    return {name: value for name, value in found.items() if value}


def _occupation(title: str) -> dict[str, str]:
    return {"@type": "Occupation", "name": title}


# schema.org's words for what kind of thing an output is; a CreativeWork where it has none.
OF_KIND = {
    "Article": "ScholarlyArticle", "Preprint": "ScholarlyArticle", "Data": "Dataset",
    "Conference paper": "ScholarlyArticle", "Chapter of a book": "Chapter", "Book": "Book",
    "Software": "SoftwareSourceCode", "Thesis": "Thesis", "Report or standard": "Report",
}  # fmt: skip


def _works(works: Sequence[Work]) -> dict[str, list[dict[str, Any]]]:
    """By how they stand in it: `author`, else `contributor`."""
    told: dict[str, list[dict[str, Any]]] = {}
    for work in works:
        if work.is_confirmed:
            one = {
                "@type": OF_KIND.get(work.kind, "CreativeWork"),
                "@id": work.url,
                "name": work.title,
                "datePublished": str(work.year or ""),
                "creditText": ", ".join(role.name for role in work.roles),
            }
            key = "author" if work.is_author else "contributor"
            told.setdefault(key, []).append({name: value for name, value in one.items() if value})
    return told


def _employers(card: Card) -> list[dict[str, Any]]:
    return [
        {
            "@type": "Organization",
            "name": place.organisation,
            **({"department": {"@type": "Organization", "name": place.unit}} if place.unit else {}),
        }
        for place in card.places
        if place.organisation
    ]


def photo_url(card: Card) -> str:
    """Where the photograph lies, if it is shown and already public."""
    photo = card.person.photo
    if photo is None or not photo.is_approved:
        return ""
    return f"{settings.BASE_URL}{photo.get_rendition(PHOTO).url}"
