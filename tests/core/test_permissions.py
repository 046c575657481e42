"""Predicates, put together, and asked by everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, VISITOR, Actor
from benchside.core.permissions import (
    anybody,
    has_perm,
    holds_link,
    is_editor,
    is_signed_in,
    is_superuser,
    is_system,
    nobody,
    predicate,
)

ALL = [anybody, nobody, is_signed_in, is_system, is_superuser, is_editor]


def answers(rule, actors) -> list[bool]:
    return [rule(actor) for actor in actors]


@pytest.fixture
def actors(db) -> list[Actor]:
    """A visitor, a reader, an editor, a superuser, somebody with a link, Benchside."""
    editor = User.objects.create_user("erin@example.org")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return [
        Actor.of(AnonymousUser()),
        Actor.of(User.objects.create_user("rob@example.org")),
        Actor.of(User.objects.get(pk=editor.pk)),
        Actor.of(User.objects.create_superuser("sue@example.org")),
        Actor.holding_link(scope="statement:7"),
        SYSTEM,
    ]


def test_who_is_what(actors):
    assert answers(anybody, actors) == [True] * 6
    assert answers(nobody, actors) == [False] * 6
    assert answers(is_signed_in, actors) == [False, True, True, True, False, False]
    assert answers(is_editor, actors) == [False, False, True, True, False, False]
    assert answers(is_superuser, actors) == [False, False, False, True, False, False]
    assert answers(is_system, actors) == [False] * 5 + [True]


def test_permission_by_name(actors):
    only_the_superuser = [False, False, False, True, False, False]

    assert answers(has_perm("website.nonsense"), actors) == only_the_superuser


def test_link_opens_its_own_subject_only():
    own, other = User(pk=7), User(pk=8)
    rule = holds_link("statement")

    assert rule(Actor.holding_link(scope="statement:7"), own)
    assert not rule(Actor.holding_link(scope="statement:7"), other)
    assert not rule(Actor.holding_link(scope="letter:7"), own)
    assert not rule(Actor.holding_link(scope="statement:7"))
    assert not rule(VISITOR, own)


def test_closed_account_may_nothing(db):
    sue = User.objects.create_superuser("sue@example.org")
    sue.is_active = False

    assert not (is_signed_in | is_superuser | is_editor)(Actor.of(sue))


@pytest.mark.parametrize("left", [anybody, nobody])
@pytest.mark.parametrize("right", [anybody, nobody])
def test_rules_combine(left, right):
    yes, no = left is anybody, right is anybody

    assert (left & right)(VISITOR) is (yes and no)
    assert (left | right)(VISITOR) is (yes or no)
    assert (~left)(VISITOR) is (not yes)


def test_a_rule_sees_its_subject():
    @predicate("the person themselves")
    def is_self(actor, subject):
        return subject is not None and actor.person_id == subject.person_id

    alice, bob = User(email="alice@example.org"), User(email="bob@example.org")

    assert is_self(Actor.of(alice), alice)
    assert not is_self(Actor.of(alice), bob)
    assert not is_self(Actor.of(alice))


def test_rules_read_as_sentences():
    assert str(is_editor & ~is_superuser) == "an editor and not a superuser"
    assert str(is_editor | (is_signed_in & is_superuser)) == (
        "an editor or (somebody signed in and a superuser)"
    )
    assert repr(is_system) == "<Predicate Benchside itself>"
