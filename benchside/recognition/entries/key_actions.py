"""A new key for statements in place of the old one; and when somebody else has one of ours."""

from functools import partial

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.recognition.credentials.rules import can_keep_keys
from benchside.recognition.entries import keyring
from benchside.recognition.events import REGISTERS_CHANGED
from benchside.recognition.keyrings import path_of
from benchside.recognition.models import StatementKey


def rotate_statement_key(*, actor: Actor) -> StatementKey:
    """Sign statements with a new key from now on. What the old one signed stays good: its public
    half stays where it is. Raises Denied."""
    with acting("statement-key.rotate", actor=actor, subject=None, may=can_keep_keys) as act:
        keyring.retire()
        made = keyring.make()
        act.about(made)
        publish(REGISTERS_CHANGED.key, register="")
    return made


def compromise_statement_key(*, actor: Actor, key: StatementKey) -> StatementKey:
    """Somebody else may have this key: its signature alone proves nothing from now on. What we
    gave out ourselves we still know, by its digest. Its file is deleted.

    Returns the key that signs now. Raises Denied; Refused when this was said already.
    """
    with acting("statement-key.compromise", actor=actor, subject=key, may=can_keep_keys) as act:
        held = StatementKey.objects.select_for_update().get(pk=key.pk)
        if held.compromised_at is not None:
            raise Refused("This key was given up already.", "Another one signs now.")
        if held.is_current:
            keyring.retire()
        StatementKey.objects.filter(pk=held.pk).update(compromised_at=timezone.now())
        now = StatementKey.objects.filter(is_current=True).first() or keyring.make()
        act.afterwards(partial(path_of(held.fragment).unlink, missing_ok=True))
        publish(REGISTERS_CHANGED.key, register="")
    key.refresh_from_db()
    return now
