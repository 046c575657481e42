"""A new key in place of the old one; and what follows when somebody else has a key of ours."""

from functools import partial

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.recognition.credentials import keyring, lists, rules
from benchside.recognition.credentials.actions.holding import keep_in_step
from benchside.recognition.credentials.actions.signing import sign_list
from benchside.recognition.enums import CredentialState
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.models import Credential, Endorsement, SigningKey, StatusList

AT_ONCE = 100


def rotate_key(*, actor: Actor) -> SigningKey:
    """Sign with a new key from now on. What the old one signed stays good: it stays listed.

    Raises Denied.
    """
    with acting("signing-key.rotate", actor=actor, subject=None, may=rules.can_keep_keys) as act:
        _retire()
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
            _retire()
        SigningKey.objects.filter(pk=held.pk).update(compromised_at=timezone.now())
        now = SigningKey.objects.filter(is_current=True).first() or keyring.make()
        StatusList.objects.update(changes=F("changes") + 1)
        Endorsement.objects.exclude(document="").update(document="")
        act.note(credentials=left(held))
        act.afterwards(partial(keyring.path_of(held.fragment).unlink, missing_ok=True))
        act.afterwards(_sign_lists)  # at once: a list that nobody believes says nothing of anybody
        publish(CREDENTIALS_CHANGED.key, what="keys")
    key.refresh_from_db()
    return now


def _sign_lists() -> None:
    for number in lists.stale():
        sign_list(number=number)


def _retire() -> None:
    SigningKey.objects.filter(is_current=True).update(is_current=False, retired_at=timezone.now())


def left(key: SigningKey) -> int:
    """How many that it signed are still in use."""
    return _signed_by(key).count()


def _signed_by(key: SigningKey) -> QuerySet[Credential]:
    return Credential.objects.filter(signed_with=key, state=CredentialState.LIVE)


def reissue_some(*, key: SigningKey) -> int:
    """Revoke some of what a compromised key signed, and make each anew where its award still
    stands; returns how many. What is done is seen from the credentials themselves, so that whoever
    is killed in between leaves the rest to the next.
    """
    some = list(_signed_by(key).select_related("award").order_by("pk")[:AT_ONCE])
    with transaction.atomic():
        for one in some:
            keep_in_step(award=one.award)
    return len(some)
