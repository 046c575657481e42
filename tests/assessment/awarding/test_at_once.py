"""Many at once: no number twice, one renewal of one award, a letter sent once."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connections

from benchside.assessment.actions import load_standard, publish_standard
from benchside.assessment.awarding import clock
from benchside.assessment.models import Award, AwardReminder
from benchside.assessment.queries import faults_of
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM
from tests.assessment.awarding.conftest import FILE, an_award
from tests.factories.people import person

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
def test_workers_that_walk_at_once_move_and_write_once() -> None:
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    publish_standard(actor=SYSTEM, version=version)
    award = an_award(version)
    organisation = award.organisation
    assert organisation is not None
    organisation.contact = person("contact@northmoor.example")
    organisation.save()
    start = Barrier(AT_ONCE)

    def work() -> None:
        start.wait()
        try:
            one = Award.objects.get(pk=award.pk)
            clock.remind(one, date(2029, 1, 5))
            clock.walk(one, date(2029, 1, 5))
        except OperationalError:  # SQLite: somebody else is writing; the next round does it
            pass
        except Exception as refused:
            if type(refused).__name__ not in {"Refused", "IntegrityError"}:
                raise
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    clock.remind(award, date(2029, 1, 5))
    award.refresh_from_db()
    clock.walk(award, date(2029, 1, 5))
    assert AwardReminder.objects.count() == 1
    assert [one.verb for one in award.events.all()] == ["grant", "come-due"]
    assert list(faults_of(award)) == []
