"""Several at once: a record goes to one of them."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.people import actions
from benchside.people.models import Profile, Technician
from tests.factories.people import person

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "workshop@benchside.example"


def together(*jobs: Callable[[], object]) -> Counter[str]:
    """What became of each job, all begun at one moment."""
    barrier, found = threading.Barrier(len(jobs)), Counter[str]()

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
            found["done"] += 1
        except Refused as refused:
            found[refused.message] += 1
        except Exception as error:
            found[repr(error)] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def claims(user: User, technician: Technician) -> Callable[[], object]:
    return lambda: actions.claim_by_address(
        actor=Actor.of(user), user=user, technician=Technician.objects.get(pk=technician.pk)
    )


def test_of_four_who_share_a_proven_address_one_has_the_record() -> None:
    """A workshop's shared mailbox: each account has proven it can read it."""
    technician = Technician.objects.create(name="Edie Made-Up", work_email=ADDRESS)
    sharing = [person(f"one{number}@benchside.example") for number in range(4)]
    for user, written in zip(
        sharing, [ADDRESS, ADDRESS.title(), ADDRESS.upper(), "W" + ADDRESS[1:]], strict=True
    ):
        EmailAddress.objects.create(user=user, email=written, verified=True, primary=False)
    found = together(*(claims(user, technician) for user in sharing))
    assert found == {"done": 1, "Somebody has claimed this record already.": 3}
    technician.refresh_from_db()
    assert technician.account in sharing
    assert Profile.objects.count() == 1


def test_pressed_four_times_one_record_is_begun() -> None:
    user = person()
    found = together(*[lambda: actions.begin_record(actor=Actor.of(user), user=user)] * 4)
    assert found == {"done": 4}
    assert Technician.objects.count() == 1
