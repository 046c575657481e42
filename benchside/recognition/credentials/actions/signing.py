"""Signing what waits: credentials in batches, and the lists that say which are revoked."""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import SYSTEM, acting
from benchside.core.asking import asking_once, once
from benchside.core.registries import publish
from benchside.recognition.credentials import badging, keyring, queries, rules
from benchside.recognition.credentials.vc import badge as words
from benchside.recognition.credentials.vc import signing
from benchside.recognition.credentials.vc.batch import Batch
from benchside.recognition.credentials.vc.faults import CredentialError
from benchside.recognition.credentials.vc.status_list import Bits
from benchside.recognition.enums import CredentialState, WordState
from benchside.recognition.events import CREDENTIALS_CHANGED
from benchside.recognition.models import Credential, Endorsement, SigningKey, StatusList

logger = logging.getLogger(__name__)

AT_ONCE = 500
MOST_SPOKEN = 10  # endorsements inside a badge: each makes it longer, and slower to check
LIST_LIVES = timedelta(days=3)  # an older one proves nothing; each is signed anew every day
# How long anybody may go on using what they have, a cache and whoever asks it one after the other.
# With the two minutes of the clock, where an event was lost, that makes less than five.
ASK_AGAIN = timedelta(minutes=1)


def sign_some(*, after: int = 0) -> int:
    """Sign some of the credentials that wait, in order, from after this id on; returns the last
    id looked at, 0 when none is left.

    Nothing is locked while signing: each row takes its text only while it still waits, and only
    while the key is still the one in use. One that cannot be signed is logged and passed over.
    Raises keyrings.NoPrivateKey.
    """
    some = list(queries.to_sign(after)[:AT_ONCE])
    if not some:
        return 0
    key = keyring.current()
    private = keyring.private_half(key)
    signed = _signed(some, key, private)
    with transaction.atomic():
        if not _still_signs(key):
            return sign_some(after=after)
        kept = [one for one, text in signed if _keep(one, text, key)]
        if kept:
            with acting("credential.sign", actor=SYSTEM, subject=key, may=rules.can_issue) as act:
                act.note(count=len(kept), first=kept[0].pk, last=kept[-1].pk)
            publish(CREDENTIALS_CHANGED.key, what="signed")
    return some[-1].pk


def _still_signs(key: SigningKey) -> bool:
    """Its row is locked: nobody gives it up before what was signed with it is written."""
    return SigningKey.objects.select_for_update().filter(pk=key.pk, is_current=True).exists()


def _signed(
    some: Sequence[Credential], key: SigningKey, private: Any
) -> list[tuple[Credential, str]]:
    batch = Batch(key=private, method=keyring.method_of(key), created=timezone.now())
    done: list[tuple[Credential, str]] = []
    with asking_once():
        for one in some:
            try:
                spoken = _endorsements(one.award.version.key)
                document = batch.sign(badging.badge_of(one, spoken))
            except (CredentialError, ValueError):
                logger.exception("Credential %s cannot be signed", one.pk)
            else:
                done.append((one, text_of(document)))
    return done


def text_of(document: Mapping[str, Any]) -> str:
    """The one text of a signed document: what is kept, sent and put into pictures."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _keep(one: Credential, text: str, key: SigningKey) -> bool:
    """True for whoever was first; whoever is late changes nothing."""
    waits = Credential.objects.filter(pk=one.pk, state=CredentialState.WAITING)
    return bool(
        waits.update(
            state=CredentialState.LIVE, document=text, signed_with=key, issued_at=timezone.now()
        )
    )


# --- what others say ------------------------------------------------------------------------------
@once
def _endorsements(standard: str) -> list[Mapping[str, Any]]:
    """Of those who said it first; all of them stand on the badge's page."""
    found = queries.endorsements_of(standard).exclude(document="")
    return [json.loads(one.document) for one in found[:MOST_SPOKEN]]


def sign_endorsements() -> int:
    """Sign what was said for badges and has no text yet; returns how many.

    Raises keyrings.NoPrivateKey.
    """
    waiting = Endorsement.objects.filter(document="", state=WordState.SHOWN)
    return sum(_sign_word(one) for one in waiting.select_related("organisation", "credential"))


def _sign_word(one: Endorsement) -> bool:
    """True for whoever was first. Signed anew where its key was given up meanwhile: else a thief's
    signature would outlive the theft, and go into every badge."""
    key = keyring.current()
    document = signing.sign(
        _word(one),
        key=keyring.private_half(key),
        method=keyring.method_of(key),
        created=timezone.now(),
    )
    with transaction.atomic():
        if _still_signs(key):
            waits = Endorsement.objects.filter(pk=one.pk, document="", state=WordState.SHOWN)
            return bool(waits.update(document=text_of(document)))
    return _sign_word(one)


def _word(one: Endorsement) -> dict[str, Any]:
    name = badging.line(f"{one.organisation.name}, through Benchside")
    about = (
        badging.id_of(one.credential) if one.credential else badging.achievement_id(one.standard)
    )
    return words.endorsement_credential(
        id=badging.whole(f"/credentials/endorsements/{one.key}/"),
        issuer=words.Issuer(keyring.our_did(), name),
        about=about,
        comment=badging.line(one.words),
        valid_from=one.made_at,
    )


# --- lists ----------------------------------------------------------------------------------------
def sign_list(*, number: int) -> StatusList:
    """Sign a list as its credentials are now. Its row is locked meanwhile, so that a credential
    that is revoked at the same time is either on it or counted as a change it does not know.

    Raises keyrings.NoPrivateKey, StatusList.DoesNotExist.
    """
    key = keyring.current()
    private = keyring.private_half(key)
    with acting("status-list.sign", actor=SYSTEM, subject=None, may=rules.can_issue) as act:
        held = StatusList.objects.select_for_update().get(number=number)
        act.about(held)
        now = timezone.now()
        said = words.status_list_credential(
            url=badging.list_url(held),
            issuer=words.Issuer(keyring.our_did(), ""),
            encoded=_bits_of(held).encode(),
            valid_from=now,
            valid_until=now + LIST_LIVES,
            ttl=int(ASK_AGAIN.total_seconds() * 1000),
        )
        document = signing.sign(said, key=private, method=keyring.method_of(key), created=now)
        held.signed, held.signed_at, held.signed_changes = text_of(document), now, held.changes
        held.save(update_fields=["signed", "signed_at", "signed_changes"])
        publish(CREDENTIALS_CHANGED.key, what="lists")
    return held


def _bits_of(held: StatusList) -> Bits:
    bits = Bits(held.size)
    revoked = Credential.objects.filter(status_list=held, state=CredentialState.REVOKED)
    for index in revoked.values_list("index", flat=True):
        bits[index] = True
    return bits
