"""A new key in place of the old one; and what follows when somebody else has a key of ours."""

from functools import partial

from django.db.models import F
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.recognition.credentials import keyring, lists, queries, rules
from benchside.recognition.credentials.actions.holding import keep_each_in_step
from benchside.recognition.credentials.actions.signing import sign_list
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.keyrings import path_of
from benchside.recognition.models import Endorsement, SigningKey, StatusList

AT_ONCE = 200


def rotate_key(*, actor: Actor) -> SigningKey:
    """Sign with a new key from now on. What the old one signed stays good: it stays listed.

    Raises Denied.
    """
    with acting("signing-key.rotate", actor=actor, subject=None, may=rules.can_keep_keys) as act:
        keyring.retire()
        made = keyring.make()
        act.about(made)
        publish(CREDENTIALS_CHANGED.key, what="keys")
    return made


def compromise_key(*, actor: Actor, key: SigningKey) -> SigningKey:
    """Somebody else may have this key: nothing that it signed is believed from now on.

    It leaves did.json at once; its file is deleted and all lists are signed anew right after.
    What it issued is revoked and issued anew by `reissue_some`, called until nothing is left.
    Returns the key that signs now. Raises Denied; Refused when this was said already.
    """
    with acting("signing-key.compromise", actor=actor, subject=key, may=rules.can_keep_keys) as act:
        held = SigningKey.objects.select_for_update().get(pk=key.pk)
        if held.compromised_at is not None:
            raise Refused("This key was given up already.", "What it signed is being issued anew.")
        if held.is_current:
            keyring.retire()
        SigningKey.objects.filter(pk=held.pk).update(compromised_at=timezone.now())
        now = SigningKey.objects.filter(is_current=True).first() or keyring.make()
        StatusList.objects.update(changes=F("changes") + 1)
        Endorsement.objects.exclude(document="").update(document="")
        held.refresh_from_db()
        act.note(credentials=left(held))
        act.afterwards(partial(path_of(held.fragment).unlink, missing_ok=True))
        act.afterwards(_sign_lists)  # at once: a list that nobody believes says nothing of anybody
        publish(CREDENTIALS_CHANGED.key, what="keys")
    key.refresh_from_db()
    return now


def _sign_lists() -> None:
    for number in lists.stale():
        sign_list(number=number)


def left(key: SigningKey) -> int:
    """How many that it signed, or that carry what it signed, are still in use."""
    return queries.resting_on(key).count()


def reissue_some(*, key: SigningKey, after: int = 0) -> int:
    """Revoke some of what rests on a compromised key, in order, from after this id on, and make
    each anew where its award still stands; returns the last id, 0 when none is left.

    What is done is seen from the credentials themselves, so that whoever is killed in between
    leaves the rest to the next.
    """
    some = queries.resting_on(key).filter(pk__gt=after).order_by("pk").values_list("pk", "award")
    found = list(some[:AT_ONCE])
    if not found:
        return 0
    keep_each_in_step(awards=[award for _, award in found])
    return found[-1][0]
