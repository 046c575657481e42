"""Two people who claim one record in the same moment."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.db import connections

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.people import actions
from benchside.people.models import Technician
from tests.factories.people import person


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_has_it_and_the_other_is_told() -> None:
    record = Technician.objects.create(name="Edie Made-Up", work_email="desk@example.org")
    both = [person("one@example.org"), person("two@example.org")]
    record.work_email = "one@example.org"
    record.save()
    EmailAddress.objects.filter(user=both[1]).update(email="ONE@example.org")
    barrier, told = threading.Barrier(2), []

    def claim(user: User) -> None:
        try:
            barrier.wait(timeout=30)
            actions.claim_by_address(
                actor=Actor.of(user), user=user, technician=Technician.objects.get(pk=record.pk)
            )
            told.append("has it")
        except Refused:
            told.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim, args=[user]) for user in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(told) == ["has it", "told"]
    record.refresh_from_db()
    assert record.account in both
