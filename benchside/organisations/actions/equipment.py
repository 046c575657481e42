"""Keep an organisation's equipment: add, change, retire, bring back, its photograph.

Afterwards, always: the search and the pages that show equipment hear of it.
"""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from benchside.core import pictures
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.models import Picture
from benchside.core.registries import publish
from benchside.core.search.index import index
from benchside.core.states import move
from benchside.organisations.actions.members import lock
from benchside.organisations.enums import ThingKind
from benchside.organisations.equipment import rules
from benchside.organisations.equipment.events import EQUIPMENT_CHANGED
from benchside.organisations.equipment.states import EQUIPMENT
from benchside.organisations.models import Employment, Equipment, Organisation

CHANGEABLE = frozenset(
    {
        "internal_id", "name", "description", "kind", "part_of", "kit", "technique",
        "manufacturer", "model", "unit", "site", "building", "access", "service", "contact",
        "contact_name", "contact_email", "web_address", "acquired_year", "funding", "is_public",
    }
)  # fmt: skip
SEARCHED = "equipment"  # the key of its search source


def add_item(*, actor: Actor, organisation: Organisation, values: Mapping[str, Any]) -> Equipment:
    """Put an item into the register; without a number of its own it is given one.

    Raises Denied; Refused for a number that is taken, and for a unit, facility or person of
    another organisation.
    """
    item = Equipment(organisation=organisation, **_said(values))
    with acting("equipment.add", actor=actor, subject=item, may=rules.can_keep) as act:
        lock(organisation.pk)
        item.internal_id = item.internal_id or _next_number(organisation)
        _refuse_strangers(item)
        _save(item)
        act.about(item)
        tell(item)
    return item


def change_item(*, actor: Actor, item: Equipment, values: Mapping[str, Any]) -> None:
    """Write what was typed. Raises Denied, also for moving it to a unit the actor does not keep;
    Refused as `add_item` does."""
    with acting("equipment.change", actor=actor, subject=item, may=rules.can_keep) as act:
        lock(item.organisation_id)
        item.refresh_from_db()
        if not rules.can_keep(actor, item):
            raise Denied("equipment.change")
        said = _said(values)
        changed = sorted(name for name, value in said.items() if getattr(item, name) != value)
        for name, value in said.items():
            setattr(item, name, value)
        if not rules.can_keep(actor, item):
            raise Denied("equipment.change")
        _refuse_strangers(item)
        _save(item)
        follow_photo(item)
        act.note(changed=changed)
        tell(item)


def retire(*, actor: Actor, item: Equipment) -> None:
    """Take an item out of use; who ran it stays on record. Raises Denied, Refused."""
    with transaction.atomic():
        move(table=EQUIPMENT, subject=item, verb="retire", actor=actor)
        follow_photo(item)
        tell(item)


def bring_back(*, actor: Actor, item: Equipment) -> None:
    """Put a retired item back into use. Raises Denied; Refused, also while its unit is closed."""
    with transaction.atomic():
        move(
            table=EQUIPMENT, subject=item, verb="bring_back", actor=actor,
            columns={"retired_at": None},
        )  # fmt: skip
        if item.unit and item.unit.closed_on:
            raise Refused(f"{item.unit.name} is closed.", "Change its unit, then bring it back.")
        follow_photo(item)
        tell(item)


def set_photo(*, actor: Actor, item: Equipment, file: Any, description: str) -> None:
    """Take a photograph in; the one before is destroyed. Raises Denied."""
    with acting("equipment.set_photo", actor=actor, subject=item, may=rules.can_keep):
        lock(item.organisation_id)
        item.refresh_from_db()
        _destroy_photo(item)
        picture = Picture(title=item.name, description=description, file=file)
        picture.uploaded_by_user = actor.account
        picture.save()
        item.photo = picture
        item.save(update_fields=["photo", "updated_at"])
        follow_photo(item)
        tell(item)


def take_photo_down(*, actor: Actor, item: Equipment) -> None:
    """Destroy the photograph; done already is done. Raises Denied."""
    with acting("equipment.take_photo_down", actor=actor, subject=item, may=rules.can_keep):
        lock(item.organisation_id)
        item.refresh_from_db()
        _destroy_photo(item)
        tell(item)


def hide_all(organisation: Organisation) -> None:
    """What an organisation that has just closed showed everybody: out of the search, and the
    photographs private. Inside the caller's transaction."""
    shown = list(organisation.equipment.live().filter(is_public=True).select_related("photo"))
    for item in shown:
        item.organisation = organisation
        follow_photo(item)
    tell(*shown)


def tell(*items: Equipment) -> None:
    """Let search and page caches know, within the transaction that changed these items."""
    index(SEARCHED, [str(one.pk) for one in items])
    for organisation in {one.organisation_id for one in items}:
        publish(EQUIPMENT_CHANGED.key, organisation_id=organisation)


def follow_photo(item: Equipment) -> None:
    """Its renditions are public while the item is, and only then."""
    if (picture := item.photo) is None:
        return
    wanted = item.is_public and item.is_live and item.organisation.is_open
    if wanted and not picture.is_approved:
        pictures.make_public(picture)
    elif picture.is_approved and not wanted:
        pictures.make_private(picture)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in CHANGEABLE}


def _next_number(organisation: Organisation) -> str:
    taken = {one.casefold() for one in organisation.equipment.values_list("internal_id", flat=True)}
    number = len(taken) + 1
    while f"b-{number:04}" in taken:
        number += 1
    return f"B-{number:04}"


def _refuse_strangers(item: Equipment) -> None:
    """Whatever an item names is of its own organisation."""
    here = item.organisation_id
    if item.unit and (item.unit.organisation_id != here or item.unit.closed_on):
        raise Refused("This unit is not one of yours, or is closed.", "Choose another.")
    if facility := item.part_of:
        is_one = facility.organisation_id == here and facility.kind == ThingKind.FACILITY
        if not is_one or facility.pk == item.pk or item.kind == ThingKind.FACILITY:
            raise Refused("Equipment can be part of a facility of yours only.", "Choose another.")
    if item.pk and item.kind == ThingKind.EQUIPMENT and item.parts.exists():
        raise Refused("Other items are part of this facility.", "Move them first.")
    if item.contact_id and not Employment.objects.current().filter(
        organisation=here, technician=item.contact_id
    ):
        raise Refused("Whoever to ask is not on your staff list.", "Choose somebody who is.")


def _save(item: Equipment) -> None:
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        raise Refused(
            f"The number {item.internal_id} is another item’s already.", "Use another number."
        ) from error


def _destroy_photo(item: Equipment) -> None:
    if (picture := item.photo) is not None:
        item.photo = None
        item.save(update_fields=["photo", "updated_at"])
        pictures.destroy(picture)
