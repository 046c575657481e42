"""Set an exhibition up, show it to everybody, end its tour."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.visibility.exhibitions import rules
from benchside.visibility.exhibitions.enums import ExhibitionState
from benchside.visibility.exhibitions.events import EXHIBITION_CHANGED
from benchside.visibility.exhibitions.states import EXHIBITION
from benchside.visibility.models import Exhibition

DETAILS = frozenset({"title", "slug", "campaign", "lead", "about"})


def create_exhibition(*, actor: Actor, values: Mapping[str, Any]) -> Exhibition:
    """Begin an exhibition as a draft. Raises Denied; Refused for an address that is taken."""
    made = Exhibition(**{name: value for name, value in values.items() if name in DETAILS})
    with acting("exhibition.create", actor=actor, subject=None, may=rules.can_run) as act:
        _save(made)
        act.about(made)
    return made


def change_exhibition(*, actor: Actor, exhibition: Exhibition, values: Mapping[str, Any]) -> None:
    """Write the details. Once it is shown, its address stands: it is printed on every panel.

    Raises Denied, Refused.
    """
    with acting("exhibition.change", actor=actor, subject=exhibition, may=rules.can_run) as act:
        held = lock(exhibition)
        fixed = set() if held.state == ExhibitionState.DRAFT else {"slug"}
        said = {k: v for k, v in values.items() if k in DETAILS - fixed}
        for name, value in said.items():
            setattr(held, name, value)
            setattr(exhibition, name, value)
        _save(held)
        act.note(changed=sorted(said))
        tell(held)


def open_exhibition(*, actor: Actor, exhibition: Exhibition) -> None:
    """Show it to everybody. Raises Denied; Refused without a panel that may hang."""
    _move(actor, exhibition, "open")


def end_tour(*, actor: Actor, exhibition: Exhibition) -> None:
    """Its tour is over; its page says so. Raises Denied, Refused."""
    _move(actor, exhibition, "end")


def lock(exhibition: Exhibition) -> Exhibition:
    """The exhibition as it is now, held until the transaction ends: two who plan a stop at once
    come one after the other."""
    return Exhibition.objects.select_for_update().get(pk=exhibition.pk)


def tell(exhibition: Exhibition) -> None:
    publish(EXHIBITION_CHANGED.key, slug=exhibition.slug)


def _move(actor: Actor, exhibition: Exhibition, verb: str) -> None:
    with transaction.atomic():
        lock(exhibition)
        move(table=EXHIBITION, subject=exhibition, verb=verb, actor=actor)
        tell(exhibition)


def _save(one: Exhibition) -> None:
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        raise Refused("This address is taken.", "Use another.") from error
