"""A list is not taken back once anything leans on an entry of it: every relation is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from benchside.accounts.models import User
from benchside.assessment.models import Award, AwardReminder, Challenge
from benchside.core.actions import Actor, Refused
from benchside.people.models import CpdBreak, Technician
from benchside.recognition.bringing import actions, carrying, leaning
from benchside.recognition.bringing.writing import TAKEN_BACK
from benchside.recognition.entries import keyring
from benchside.recognition.models import (
    AnnualDeclaration,
    BroughtList,
    ConductCase,
    CredentialClaim,
    DeclarationReminder,
    Entry,
    EntryRequest,
    FollowUp,
    HidingRequest,
    ProposedMove,
    Register,
    RenewalLetter,
    Sanction,
    Spell,
    Statement,
    YearlyRenewal,
)
from tests.recognition.bringing.lists import a_list

pytestmark = pytest.mark.django_db
MODELS: tuple[type[Model], ...] = (Entry, Award, Technician)
LEANS = [
    (model, label, field)
    for model in MODELS
    for label, field in leaning.relations_to(model)
    if label not in leaning.OWN
]
DAY = date(2026, 5, 1)


@pytest.fixture
def brought(register: Register, reg: User) -> BroughtList:
    one = a_list(register, reg)
    carrying.bring_in(actor=Actor.of(reg), one=one)
    one.refresh_from_db()
    return one


def refused(reg: User, one: BroughtList) -> str:
    with pytest.raises(Refused) as why:
        actions.undo_list(actor=Actor.of(reg), one=one)
    assert Entry.objects.exclude(hidden_basis=TAKEN_BACK).count() == 3, "nothing is half undone"
    return why.value.args[0]


def a_break(one: Entry) -> CpdBreak:
    assert one.award.technician is not None
    return CpdBreak.objects.create(technician=one.award.technician, begins=DAY, ends=DAY)


MADE: dict[str, Callable[[Entry], Any]] = {
    "a declaration of CPD was made for {}": lambda one: AnnualDeclaration.objects.create(
        entry=one, year=2026, is_kept=True, is_conduct_kept=True, due_on=DAY
    ),
    "the holder of {} was reminded": lambda one: DeclarationReminder.objects.create(
        entry=one, year=2026, days=30
    ),
    "a concern was raised about {}": lambda one: ConductCase.objects.create(entry=one, said="x"),
    "a change of {} was proposed": lambda one: ProposedMove.objects.create(
        entry=one, verb="remove", effective_on=DAY
    ),
    "a request was made for {}": lambda one: EntryRequest.objects.create(entry=one, verb="resign"),
    "a state of {} is meant to end": lambda one: Spell.objects.create(
        entry=one, state="career-break", begins=DAY, until=DAY
    ),
    "a sanction stands on {}": lambda one: Sanction.objects.create(
        entry=one, kind="warning", title="Warning", begins=DAY
    ),
    "the next year of {} was begun": lambda one: YearlyRenewal.objects.create(
        entry=one, period_end=DAY
    ),
    "a letter was sent about the next year of {}": lambda one: RenewalLetter.objects.create(
        entry=one, period_end=DAY, days=1
    ),
    "a statement was given of {}": lambda one: Statement.objects.create(
        entry=one, digest="0" * 64, file="0" * 64, signed_with=keyring.current()
    ),
    "the holder of {} asked not to be shown": lambda one: HidingRequest.objects.create(
        entry=one, words="x"
    ),
    "a credential was asked for {}": lambda one: CredentialClaim.objects.create(award=one.award),
    "an adviser follows {} up": lambda one: FollowUp.objects.create(award=one.award, due_on=DAY),
    "somebody challenged {}": lambda one: Challenge.objects.create(award=one.award, text="x"),
    "a reminder was sent about {}": lambda one: AwardReminder.objects.create(
        award=one.award, period_end=DAY, days=30
    ),
    "more is kept of whoever holds {}": a_break,
}


def test_what_leans_on_an_entry_is_named_with_its_number(brought: BroughtList, reg: User) -> None:
    entry = Entry.objects.select_related("award__technician").get(award__number="RT-000043")
    for words, make in MADE.items():
        row = make(entry)
        told = refused(reg, brought)
        assert words.format("RT-000043").lower() in told.lower(), words
        row.delete()
    actions.undo_list(actor=Actor.of(reg), one=brought)
    assert not Entry.objects.exclude(hidden_basis=TAKEN_BACK).exists()


def test_each_of_several_is_named(brought: BroughtList, reg: User) -> None:
    for one in Entry.objects.select_related("award"):
        MADE["a statement was given of {}"](one)
    first = Entry.objects.get(award__number="0042")
    MADE["a sanction stands on {}"](first)
    told = refused(reg, brought)
    assert set(told.partition(". ")[0].split("; ")) == {
        "A sanction stands on 0042",
        "a statement was given of 0042",
        "a statement was given of RT-000041",
        "a statement was given of RT-000043",
    }


@pytest.mark.parametrize(("model", "label", "field"), LEANS, ids=[label for _, label, _ in LEANS])
def test_no_relation_is_passed_over(
    brought: BroughtList, reg: User, model: type[Model], label: str, field: Any
) -> None:
    """Whatever hangs on an entry, its award or its person, and nothing else does: it is in the
    way. A relation of a room that comes later is found by the walk, and stands here by itself."""

    def only_this(asked: Any, known: dict[Any, str]) -> set[str]:
        return set(known.values()) if asked is field else set()

    with mock.patch.object(leaning, "_held", only_this):
        assert "RT-000041" in refused(reg, brought)


def test_the_walk_finds_what_the_database_holds_to_them() -> None:
    """Every foreign key of the tables themselves, as the database tells them."""
    targets = {model._meta.db_table for model in MODELS}
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models(True)}
    told = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table not in labels:
                continue
            for column, (_, other) in connection.introspection.get_relations(cursor, table).items():
                if other in targets:
                    told.add((labels[table], column))
    walked = {
        (field.model._meta.label, field.column)
        for model in MODELS
        for _, field in leaning.relations_to(model)
    }
    assert told
    assert told == walked


def test_what_is_in_no_way_is_a_relation_that_there_is() -> None:
    known = {label for model in MODELS for label, _ in leaning.relations_to(model)}
    assert set(leaning.OWN) <= known
    assert set(leaning.SAID) <= known


def test_every_relation_to_an_entry_has_words_of_its_own() -> None:
    """A new one is in the way from its first day; here somebody thinks of what to call it."""
    for model, label, _ in LEANS:
        assert model is Technician or label in leaning.SAID, label
