"""Several moderators at one moment, as processes of their own: nobody gets another's, and of two
who decide the same, one does."""

import uuid
from collections import Counter
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import pytest
from django.db import connection

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.core.models import AuditEvent
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.moderation_queue import take_turn
from tests.factories.desk import person
from tests.factories.wall import a_photo

pytestmark = pytest.mark.django_db(transaction=True)
FORK = get_context("fork")
Work = Callable[[Any], Any]


def together(works: list[Work]) -> list[Any]:
    """What each gave, begun at the same moment, each in a process with a connection of its own."""
    start, said = FORK.Barrier(len(works)), FORK.SimpleQueue()

    def one(work: Work) -> None:
        connection.close()
        connection.ensure_connection()
        start.wait(timeout=60)
        said.put(work())

    connection.close()  # a connection must not be shared across a fork
    processes = [FORK.Process(target=one, args=[work], daemon=True) for work in works]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=120)
        assert process.exitcode == 0
    return [said.get() for _ in works]


def moderators(count: int) -> list[User]:
    return [person(f"Mod{number}", "Moderators", is_staff=True) for number in range(count)]


def test_a_turn_is_given_once() -> None:
    for _ in range(12):
        a_photo()

    def turns(person_id: uuid.UUID) -> Work:
        return lambda: [photo.pk for photo in take_turn(person_id)]

    given = together([turns(one.person_id) for one in moderators(5)])
    every = [pk for pks in given for pk in pks]
    assert len(every) == len(set(every)) == 10


def test_a_queue_worked_off_by_four_is_decided_once_each() -> None:
    for _ in range(20):
        a_photo()

    def work_off(user: User) -> Work:
        def run() -> int:
            done = 0
            while turn := take_turn(user.person_id, count=1):
                moderation.approve(actor=Actor.of(user), photo=turn[0])
                done += 1
            return done

        return run

    done = together([work_off(user) for user in moderators(4)])
    assert sum(done) == 20
    events = AuditEvent.objects.filter(verb="photo.approve").values_list("subject_id", flat=True)
    assert set(Counter(events).values()) == {1}
    assert Photo.objects.filter(state=PhotoState.APPROVED).count() == 20


def test_two_who_both_say_the_first_yes_are_still_asked_for_a_second() -> None:
    photo = a_photo(in_picture=InPicture.CHILD, child_may_be_seen=True)
    seen = Photo.objects.get(pk=photo.pk)

    def say_yes(user: User) -> Work:
        def run() -> str:
            try:
                moderation.approve(actor=Actor.of(user), photo=seen)
            except Refused:
                return "refused"
            return "yes"

        return run

    assert sorted(together([say_yes(user) for user in moderators(3)])) == [
        "refused", "refused", "yes",
    ]  # fmt: skip
    assert Photo.objects.get(pk=photo.pk).state == PhotoState.ONCE_APPROVED


def test_a_doubt_and_a_yes_at_one_moment_never_hang_a_child_by_one_yes() -> None:
    first, second = moderators(2)
    for _ in range(6):
        photo = a_photo()
        seen = Photo.objects.get(pk=photo.pk)

        def yes(seen: Photo = seen) -> str:
            try:
                moderation.approve(actor=Actor.of(first), photo=seen)
            except Refused:
                return "refused"
            return "yes"

        def doubt(pk: int = photo.pk) -> str:
            moderation.raise_child(actor=Actor.of(second), photo=Photo.objects.get(pk=pk))
            return "doubt"

        together([yes, doubt])
        held = Photo.objects.get(pk=photo.pk)
        assert held.child_may_be_seen
        assert held.state in {PhotoState.ONCE_APPROVED, PhotoState.HIDDEN, PhotoState.QUEUED}
        assert held.picture is not None
        assert not held.picture.is_approved
