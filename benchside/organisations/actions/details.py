"""Change what stands on an organisation's plate."""

from typing import Any

from benchside.core.actions import Actor, acting
from benchside.organisations import rules
from benchside.organisations.models import Organisation

# Numbers of the real lists are set when it is approved, and by the desk alone.
CHANGEABLE = ("name", "town", "region", "nation", "website")


def change_details(*, actor: Actor, organisation: Organisation, details: dict[str, Any]) -> None:
    """Change name, place or website. The slug stays: addresses are printed on posters."""
    with acting(
        "organisation.change_details",
        actor=actor,
        subject=organisation,
        may=rules.can_change_details,
    ) as act:
        changed = [
            name
            for name in CHANGEABLE
            if name in details and getattr(organisation, name) != details[name]
        ]
        for name in changed:
            setattr(organisation, name, details[name])
        organisation.save(update_fields=changed)
        act.note(changed=changed)
