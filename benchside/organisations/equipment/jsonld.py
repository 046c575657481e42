"""An item for machines, in schema.org's words: a product that an organisation owns, or a place."""

from typing import Any

from django.utils.safestring import SafeString

from benchside.careers.jsonld import script_text
from benchside.organisations.enums import ThingKind
from benchside.organisations.models import Equipment


def script_of(one: Equipment, url: str) -> SafeString:
    return script_text(described(one, url))


def described(one: Equipment, url: str) -> dict[str, Any]:
    """An IndividualProduct, or for a facility a Place; what is not known is left out. schema.org
    has no owner of a product, so it is told from the organisation's side, with @reverse."""
    owner: dict[str, Any] = {"@type": "Organization", "name": one.organisation.name}
    if one.organisation.website:
        owner["url"] = one.organisation.website
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": url,
        "url": url,
        "name": one.name,
    }
    if one.description:
        found["description"] = one.description
    if one.kind == ThingKind.FACILITY:
        return found | {"@type": "Place", "@reverse": {"location": owner}}
    found |= {
        "@type": "IndividualProduct",
        "productID": one.internal_id,
        "@reverse": {"owns": owner},
    }
    if one.manufacturer:
        found["manufacturer"] = {"@type": "Organization", "name": one.manufacturer}
    if one.model:
        found["model"] = one.model
    if one.kit:
        found["category"] = one.kit.name
    return found
