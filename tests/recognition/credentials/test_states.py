"""A credential walked whole: every state by every verb, against a table written by hand. What was
revoked never comes back; nobody but Benchside itself issues or revokes."""

import pytest

from benchside.core.actions import SYSTEM, Actor, Denied
from benchside.core.states import NoSuchMove, move
from benchside.recognition.credentials.states import CREDENTIALS
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Credential
from tests.factories import credentials as made
from tests.factories.people import person

pytestmark = pytest.mark.django_db

BY_HAND = {
    "waiting": {"sign": "live", "revoke": "revoked"},
    "live": {"revoke": "revoked"},
    "revoked": {},
}
VERBS = ("sign", "revoke")


def test_the_table_is_the_one_written_by_hand() -> None:
    assert set(BY_HAND) == set(CredentialState.values)
    assert CREDENTIALS.start == "waiting"
    written = {(state, verb, to) for state, verbs in BY_HAND.items() for verb, to in verbs.items()}
    assert {(row.source, row.verb, row.target) for row in CREDENTIALS.rows} == written


@pytest.mark.parametrize("state", BY_HAND)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_everybody(state: str, verb: str) -> None:
    one = made.claimed(made.a_registered_person())  # live, with all that a signed one has
    columns = {"state": state}
    if state == "revoked":
        columns |= {"revoked_at": one.issued_at, "reason": "ended"}
    Credential.objects.filter(pk=one.pk).update(**columns)
    target = BY_HAND[state].get(verb)
    holder = one.award.technician.account if one.award.technician else None
    staff = person("root@work.example")
    staff.is_superuser = True
    staff.save()
    for actor in (Actor.of(holder), Actor.of(staff), Actor.of(person("other@work.example"))):
        with pytest.raises(Denied if target else NoSuchMove):
            move(table=CREDENTIALS, subject=one_of(one), verb=verb, actor=actor)
        assert one_of(one).state == state
    reason = {"reason": "ended"} if verb == "revoke" else {}
    if target is None:
        with pytest.raises(NoSuchMove):
            move(table=CREDENTIALS, subject=one_of(one), verb=verb, actor=SYSTEM, columns=reason)
    else:
        move(table=CREDENTIALS, subject=one_of(one), verb=verb, actor=SYSTEM, columns=reason)
    assert one_of(one).state == (target or state)


def one_of(one: Credential) -> Credential:
    return Credential.objects.get(pk=one.pk)
