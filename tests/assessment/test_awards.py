"""Awards: numbers without a gap, states by the file, and events nobody can change unseen."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from benchside.assessment import queries
from benchside.assessment.actions import grant_award, load_standard, move_award, publish_standard
from benchside.assessment.actions.awards import Given
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Award, AwardEvent, Duty, StandardVersion
from benchside.assessment.standards import read
from benchside.core.actions import SYSTEM, VISITOR, Actor, Denied, Refused
from benchside.core.models.audit import AppendOnly
from tests.factories.organisations import an_organisation
from tests.factories.people import person

FILE = Path(__file__).parent / "made_up.toml"
pytestmark = pytest.mark.django_db


@pytest.fixture
def mark() -> StandardVersion:
    version = load_standard(actor=SYSTEM, standard=read(FILE))
    publish_standard(actor=SYSTEM, version=version)
    return version


def an_award(mark: StandardVersion, name: str = "northmoor", **more: Any) -> Award:
    given = Given(organisation=an_organisation(name), starts_on=date(2026, 3, 1), **more)
    return grant_award(actor=SYSTEM, version=mark, given=given)


def test_an_award_has_the_next_number_and_the_period_of_its_standard(mark: StandardVersion) -> None:
    first, second = an_award(mark), an_award(mark, "southmoor")
    assert [first.number, second.number] == ["TB-000001", "TB-000002"]
    assert (first.state, first.period_end) == ("held", date(2029, 2, 28))


def test_a_number_of_a_grant_that_failed_is_given_to_the_next(mark: StandardVersion) -> None:
    with transaction.atomic():
        an_award(mark)
        transaction.set_rollback(True)
    assert an_award(mark, "southmoor").number == "TB-000001"


def test_every_pair_the_file_does_not_list_is_refused(mark: StandardVersion) -> None:
    award = an_award(mark)
    rules = mark.standard.award
    assert rules is not None
    listed = {(source, move.verb) for move in rules.moves for source in move.source}
    verbs = {move.verb for move in rules.moves} | {"fly"}
    for state in rules.states:
        for verb in verbs:
            Award.objects.filter(pk=award.pk).update(state=state.key)
            reasons = next((m.reasons for m in rules.moves if m.verb == verb), ())
            reason = reasons[0] if reasons else ""
            try:
                with transaction.atomic():
                    move_award(actor=SYSTEM, award=award, verb=verb, reason=reason)
                    moved = True
                    transaction.set_rollback(True)
            except Refused:
                moved = False
            assert moved == ((state.key, verb) in listed), (state.key, verb)


def test_a_change_wants_the_reason_the_file_asks_for(mark: StandardVersion) -> None:
    award = an_award(mark)
    with pytest.raises(Refused, match="Untrue"):
        move_award(actor=SYSTEM, award=award, verb="withdraw", reason="because")
    move_award(actor=SYSTEM, award=award, verb="withdraw", reason="Untrue")
    assert Award.objects.get().state == "withdrawn"


def test_what_it_was_on_a_day_is_read_from_its_events(mark: StandardVersion) -> None:
    award = an_award(mark)
    move_award(actor=SYSTEM, award=award, verb="come-due", effective_on=date(2026, 6, 1))
    move_award(actor=SYSTEM, award=award, verb="renew", effective_on=date(2026, 9, 1))
    days = [date(2026, 2, 1), date(2026, 3, 1), date(2026, 7, 1), date(2026, 9, 1)]
    assert [queries.state_on(award, day) for day in days] == [None, "held", "renewal-due", "held"]
    assert award.period_end == date(2029, 8, 31)
    with pytest.raises(Refused, match="1 September 2026"):
        move_award(actor=SYSTEM, award=award, verb="come-due", effective_on=date(2026, 8, 1))


def test_nobody_without_the_right_changes_an_award(mark: StandardVersion) -> None:
    award = an_award(mark)
    with pytest.raises(Denied):
        move_award(actor=VISITOR, award=award, verb="come-due")
    assert AwardEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("duty", "may"),
    [(DutyKind.KEEP, []), (DutyKind.RATIFY, ["withdraw", "renew"]), (DutyKind.ASSIGN, [])],
)
def test_a_move_is_for_whom_the_file_says(
    mark: StandardVersion, duty: DutyKind, may: list[str]
) -> None:
    """In this file renewing and withdrawing are for whoever ratifies, the rest is for the clock."""
    somebody = person("somebody@benchside.example")
    Duty.objects.create(user=somebody, standard=mark.key, kind=duty)
    done = []
    for verb, reason in (("come-due", ""), ("withdraw", "Untrue"), ("renew", "")):
        award = an_award(mark, f"{verb}-hall")
        try:
            move_award(actor=Actor.of(somebody), award=award, verb=verb, reason=reason)
            done.append(verb)
        except Denied:
            assert Award.objects.get(pk=award.pk).state == "held"
    assert done == may


def test_events_can_be_changed_by_no_way_of_the_program(mark: StandardVersion) -> None:
    event = an_award(mark).events.get()
    event.target = "withdrawn"
    for change in (
        event.save,
        event.delete,
        AwardEvent.objects.all().delete,
        lambda: AwardEvent.objects.all().update(target="x"),
    ):
        with pytest.raises(AppendOnly):
            change()


@pytest.mark.parametrize(
    "sql",
    ["UPDATE assessment_awardevent SET target = 'held'", "DELETE FROM assessment_awardevent"],
)
def test_the_database_refuses_what_goes_round_the_program(mark: StandardVersion, sql: str) -> None:
    an_award(mark)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_verify_finds_an_award_changed_behind_its_back(mark: StandardVersion) -> None:
    award = an_award(mark)
    move_award(actor=SYSTEM, award=award, verb="come-due", effective_on=date(2026, 6, 1))
    assert list(queries.faults_of(award)) == []
    Award.objects.filter(pk=award.pk).update(state="held")
    assert [one.problem for one in queries.faults_of(Award.objects.get())] == [
        "is not the state that stands in the record"
    ]


def test_a_published_version_is_never_changed(mark: StandardVersion) -> None:
    standard = read(FILE)
    assert load_standard(actor=SYSTEM, standard=standard) == mark
    other = standard.model_copy(update={"title": "Another"})
    with pytest.raises(Refused, match="new version"):
        load_standard(actor=SYSTEM, standard=other)
    newer = load_standard(actor=SYSTEM, standard=other.model_copy(update={"version": "2026-2"}))
    assert StandardVersion.objects.in_force("tidy-bench") == mark
    publish_standard(actor=SYSTEM, version=newer)
    assert StandardVersion.objects.in_force("tidy-bench") == newer


def test_a_version_is_switched_to_on_its_day(mark: StandardVersion) -> None:
    later = read(FILE).model_copy(update={"version": "2099", "valid_from": date(2099, 1, 1)})
    publish_standard(actor=SYSTEM, version=load_standard(actor=SYSTEM, standard=later))
    assert StandardVersion.objects.in_force("tidy-bench") == mark


def test_what_is_stored_says_what_the_file_said(mark: StandardVersion) -> None:
    assert StandardVersion.objects.get().standard == read(FILE)
