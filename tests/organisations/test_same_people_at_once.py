"""Two keepers merge one pair at the same moment."""

import threading

import pytest
from django.db import connection

from benchside.core.actions import Actor, Refused
from benchside.organisations.actions.same_people import merge_people
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Merger, Organisation, Post
from tests.factories.staff_lists import EDIE
from tests.organisations.lists import bring, changed, member


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_crossed", [False, True])
def test_two_keepers_at_once_merge_a_pair_once(
    nowhere: Organisation, steward: Actor, is_crossed: bool
) -> None:
    lead = Actor.of(member(nowhere, MemberRole.LEAD))
    bring(steward, nowhere, EDIE, changed(EDIE, staff_no="2001", work_e_mail="", fte="0.4"))
    first, second = Employment.objects.order_by("pk").values_list("pk", flat=True)
    start = threading.Barrier(2)
    said: list[str] = []

    def press(actor: Actor, keep: int, other: int) -> None:
        try:
            start.wait(timeout=30)
            merge_people(actor=actor, organisation=nowhere, kept_id=keep, absorbed_id=other)
            said.append("merged")
        except Refused as refusal:
            said.append(refusal.message[:10])
        finally:
            connection.close()

    pair = (second, first) if is_crossed else (first, second)
    presses = [
        threading.Thread(target=press, args=(steward, first, second)),
        threading.Thread(target=press, args=(lead, *pair)),
    ]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(said) == ["One of the", "merged"]
    assert Merger.objects.count() == 1
    assert Employment.objects.count() == 1
    assert Post.objects.current().count() == 2
