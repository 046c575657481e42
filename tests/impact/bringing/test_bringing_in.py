"""A file brought in: applied as one, found again, undone, and never twice."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from benchside.accounts.models import DEMONSTRATION_DOMAIN
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, ImportRun
from benchside.impact.bringing import actions, demo
from benchside.impact.bringing.building import preview_of
from benchside.impact.bringing.importer import note_in, with_note
from benchside.impact.bringing.personal import NAMES
from benchside.impact.bringing.workspace import TO_DO
from benchside.impact.enums import FileState
from benchside.impact.models import Action, BroughtRow, Plan, PlanFile, PlanReading
from benchside.impact.plans.actions import begin_plan, change_action, propose_action, write_note
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Membership
from tests.factories.organisations import a_member, an_organisation, sitting
from tests.factories.people import person
from tests.factories.plan_files import TRACK, brought, taken_in
from tests.factories.plans import ENDS, STARTS, a_plan
from tests.impact.bringing.messy import CODES, FIVE_COLUMNS, YEARS

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan_and_lead() -> tuple:
    return a_plan()


def kinds(file: PlanFile) -> dict[str, int]:
    preview = preview_of(PlanFile.objects.get(pk=file.pk))
    found: dict[str, int] = {}
    for one in preview.told:
        found[one.kind] = found.get(one.kind, 0) + 1
    return found


def changed_rows(**by_ref: dict[int, str]) -> list[list[str]]:
    rows = [[str(cell) for cell in row] for row in CODES]
    for row in rows:
        for place, text in by_ref.get(row[0], {}).items():
            row[place] = text
    return rows


def test_a_plan_comes_in_with_all_its_cells(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    assert kinds(file) == {"new": 5}
    run = brought(file, lead)
    assert run.counts["added"] == 5
    assert list(plan.actions.order_by("pk").values_list("code", "state", "delivery")) == [
        ("V-001", "in-progress", "green"), ("V-002", "in-progress", "amber"),
        ("R-001", "in-progress", "red"), ("C-001", "in-progress", "amber"),
        ("S-001", "in-progress", "green"),
    ]  # fmt: skip
    second = plan.actions.get(code="V-002")
    assert second.origin == "import"
    assert second.owner_post == "Registrar"
    assert sorted(second.successes.values_list("title", flat=True)) == [
        "minutes sent",
        "one seat each",
    ]
    for _, cell in (("Ref", "V2"), ("Lead", "Registrar"), ("RAG", "A")):
        assert cell in second.internal
    assert "Measure: - one seat each\n- minutes sent" in second.internal


def test_letters_nobody_explained_wait_and_the_rest_comes_in(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag={"g": "complete"})
    assert kinds(file) == {"new": 2, "doubt": 3}
    brought(file, lead)
    assert set(plan.actions.values_list("code", flat=True)) == {"V-001", "S-001"}
    # The others wait on in the same file, and come in once they are settled.
    for line in preview_of(file).of("doubt"):
        actions.settle_line(
            actor=Actor.of(lead), file=file, line=line.line.key, said={"meaning": "ongoing"}
        )
    assert kinds(file) == {"same": 2, "new": 3}
    brought(file, lead)
    assert plan.actions.count() == 5


def test_the_same_file_again_changes_nothing_and_makes_nothing_new(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    brought(taken_in(plan, lead, CODES, rag=TRACK), lead)
    again = taken_in(plan, lead, CODES, name="plan (2).xlsx")
    assert kinds(again) == {"same": 5}, "what RAG means was asked once"
    with pytest.raises(Refused, match="nothing to bring in"):
        brought(again, lead)
    assert plan.actions.count() == 5


def test_a_newer_file_shows_what_changed_however_it_is_worded(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    brought(taken_in(plan, lead, CODES, rag=TRACK), lead)
    rows = changed_rows(V1={1: "Publish a newsletter every term", 4: "A"}, S1={2: "Wendy"})
    rows.insert(3, ["V3", "Put up portraits in the foyer", "Comms", "", "G"])
    rows.reverse()
    rows.insert(0, rows.pop())
    file = taken_in(plan, lead, rows)
    assert kinds(file) == {"same": 3, "changed": 2, "new": 1}
    run = brought(file, lead)
    assert (run.counts["added"], run.counts["changed"]) == (1, 2)
    first = plan.actions.get(code="V-001")
    assert (first.title, first.delivery) == ("Publish a newsletter every term", "amber")
    assert plan.actions.get(code="S-001").owner_post == "Wendy"
    assert set(first.changes.values_list("changed_by", flat=True)) == {lead.person_id}
    assert plan.actions.count() == 6


def test_without_codes_rows_are_found_by_their_words(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    bare = [row[1:] for row in CODES]
    places = {"area": {}, "rag": TRACK}
    tables = {"0": {"area": "impact"}}
    for rows, wanted in (
        (bare, {"new": 5}),
        (list(reversed(bare[1:])), {"same": 5}),
        (
            [*bare[1:3], ["WRITE A FAIR-ATTRIBUTION POLICY!", "TBC", "Policy adopted", "R"]],
            {"same": 2, "changed": 1},
        ),
    ):
        file = taken_in(plan, lead, [bare[0], *[row for row in rows if row != bare[0]]], rag=TRACK)
        actions.answer_file(
            actor=Actor.of(lead), file=file, answers={"words": places, "tables": tables}
        )
        assert kinds(file) == wanted
        if "same" not in wanted or len(wanted) > 1:
            brought(file, lead)
    assert plan.actions.count() == 5


def test_what_was_edited_here_is_kept_until_it_is_taken(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    actor = Actor.of(lead)
    brought(taken_in(plan, lead, CODES, rag=TRACK), lead)
    action = plan.actions.get(code="V-001")
    change_action(actor=actor, action=action, changes={"title": "Print a newsletter each term"})
    file = taken_in(plan, lead, changed_rows(V1={1: "Publish a newsletter every single term"}))
    (line,) = (one for one in preview_of(file).told if one.line.code == "V1")
    assert line.action == action
    assert line.change is not None
    assert line.change.kept["title"].before == "Print a newsletter each term"
    brought(file, lead, take=[f"{line.key}/title"])
    action.refresh_from_db()
    assert action.title == "Publish a newsletter every single term"


def test_words_beside_the_files_own_in_the_note_are_left_alone(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    brought(taken_in(plan, lead, CODES, rag=TRACK), lead)
    action = plan.actions.get(code="S-001")
    mine = f"Ask Wendy first.\n\n{action.internal}\n\nThen the union."
    change_action(actor=Actor.of(lead), action=action, changes={"internal": mine})
    brought(taken_in(plan, lead, changed_rows(S1={2: "Wendy"})), lead)
    action.refresh_from_db()
    assert action.internal.startswith("Ask Wendy first.")
    assert action.internal.endswith("Then the union.")
    assert "Lead: Wendy" in note_in(action.internal)
    assert with_note("", "") == ""


def test_taking_it_back_puts_everything_as_it_was(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    kept = propose_action(
        actor=Actor.of(lead),
        plan=plan,
        title="Publish a newsletter each term",
        areas=["visibility"],
    )
    before = Action.objects.values().get(pk=kept.pk)
    file = taken_in(plan, lead, CODES, rag=TRACK)
    assert kinds(file) == {"changed": 1, "new": 4}, "an action written by hand is found too"
    brought(file, lead)
    assert plan.actions.count() == 5
    actions.undo_bringing(actor=Actor.of(lead), file=file)
    after = Action.objects.values().get(pk=kept.pk)
    ignored = {"changed_at", "delivery_at"}
    assert {k: v for k, v in after.items() if k not in ignored} == {
        k: v for k, v in before.items() if k not in ignored
    }
    assert plan.actions.count() == 1
    assert not kept.successes.exists()
    actions.open_again(actor=Actor.of(lead), file=file)
    assert kinds(file) == {"changed": 1, "new": 4}
    brought(file, lead)
    assert plan.actions.count() == 5


def test_taking_back_is_refused_once_somebody_worked_on_it(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    brought(file, lead)
    write_note(actor=Actor.of(lead), action=plan.actions.get(code="V-001"), text="Two issues out.")
    with pytest.raises(Refused, match="V-001: people have worked on it"):
        actions.undo_bringing(actor=Actor.of(lead), file=file)
    assert plan.actions.count() == 5
    change_action(
        actor=Actor.of(lead), action=plan.actions.get(code="R-001"), changes={"title": "Another"}
    )
    with pytest.raises(Refused, match="edited since"):
        actions.undo_bringing(actor=Actor.of(lead), file=file)
    file.refresh_from_db()
    assert file.state == FileState.BROUGHT


def test_after_thirty_days_it_stays_and_the_files_words_are_gone(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    brought(file, lead)
    left = taken_in(plan, lead, YEARS, name="other.xlsx")
    old = timezone.now() - timedelta(days=31)
    PlanFile.objects.update(brought_at=old)
    assert actions.forget_files() == 1, "one that was applied today can still be taken back"
    ImportRun.objects.update(applied_at=old, created_at=old)
    assert actions.forget_files() == 1
    file.refresh_from_db()
    left.refresh_from_db()
    assert (file.tables, left.tables, left.state) == ({}, {}, FileState.LEFT)
    with pytest.raises(Refused, match="30 days"):
        actions.undo_bringing(actor=Actor.of(lead), file=file)


def test_what_was_not_seen_is_not_brought_in(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    seen = preview_of(file).digest
    propose_action(
        actor=Actor.of(lead), plan=plan, title="Start a mentoring scheme", areas=["careers"]
    )
    with pytest.raises(Refused, match="changed since you looked"):
        actions.bring_in(actor=Actor.of(lead), file=file, seen=seen)
    assert plan.actions.count() == 1


def test_of_two_files_alike_open_at_once_the_second_finds_everything_there(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    one = taken_in(plan, lead, CODES, rag=TRACK)
    assert taken_in(plan, lead, CODES) == one, "the same file while it is open is the same"
    rows = [*CODES, ["V9", "Hang up a banner in the hall", "", "", "G"]]
    other = taken_in(plan, lead, rows)
    seen = preview_of(other).digest
    brought(one, lead)
    with pytest.raises(Refused):
        actions.bring_in(actor=Actor.of(lead), file=other, seen=seen)
    brought(other, lead)
    assert plan.actions.count() == 6


def test_the_same_words_twice_are_one_action_or_two_as_a_person_says(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    rows = [
        ["Action", "Area", "Lead"],
        ["Hold a day", "Visibility", "A"],
        ["Plan it", "Visibility", "B"],
        ["Hold a day", "Visibility", "C"],
    ]
    file = taken_in(plan, lead, rows)
    assert kinds(file) == {"new": 2, "doubt": 1}
    (twin,) = preview_of(file).of("doubt")
    actions.settle_line(
        actor=Actor.of(lead), file=file, line=twin.line.key, said={"is": "action", "same": "new"}
    )
    assert kinds(file) == {"new": 3}
    brought(file, lead)
    again = taken_in(plan, lead, rows, name="again.xlsx")
    told = preview_of(again)
    assert told.count("new") == 0


def test_a_person_leaves_a_row_out_and_takes_that_back(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    line = preview_of(file).told[0].line.key
    actions.settle_line(actor=Actor.of(lead), file=file, line=line, said={"is": "leave"})
    assert kinds(file) == {"left": 1, "new": 4}
    actions.settle_line(actor=Actor.of(lead), file=file, line=line, said={})
    assert kinds(file) == {"new": 5}


def test_a_file_of_several_cycles_is_used_for_a_plan_each(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    rows = [
        ["Action", "Area", "Plan period"],
        ["Hold a day", "Visibility", "2020-23"],
        ["Film ten technicians", "Visibility", "2023-26"],
    ]
    file = taken_in(plan, lead, rows)
    reading = preview_of(file).reading
    assert reading.cycles == [("2020 23", 1, True), ("2023 26", 1, True)]
    actions.answer_file(actor=Actor.of(lead), file=file, answers={"cycles": ["2023 26"]})
    assert [one.line.title for one in preview_of(file).told] == ["Film ten technicians"]
    years = {"starts_on": date(2020, 8, 1), "ends_on": date(2023, 7, 31)}
    other = Plan.objects.create(organisation=plan.organisation, title="Before", **years)
    more = actions.use_for(actor=Actor.of(lead), file=file, plan=other)
    assert [one.line.title for one in preview_of(more).told] == [
        "Hold a day",
        "Film ten technicians",
    ]


def test_answers_are_remembered_for_the_organisation_and_for_no_other(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, FIVE_COLUMNS)
    words = {"day": {"when funds allow": ""}, "owner": {"deans": str(lead.pk)}}
    actions.answer_file(actor=Actor.of(lead), file=file, answers={"words": words, "years_begin": 4})
    memory = PlanReading.objects.get(organisation=plan.organisation)
    assert memory.owners == {"deans": str(lead.pk)}
    assert memory.years_begin == 4
    there, other = a_plan("southmoor")
    elsewhere = taken_in(there, other, FIVE_COLUMNS)
    assert kinds(file) == {"new": 5}
    assert kinds(elsewhere) == {"new": 4, "doubt": 1}


def test_an_owner_who_is_no_member_is_never_taken(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    _, stranger = a_plan("southmoor")
    file = taken_in(
        plan, lead, FIVE_COLUMNS, owner={"hr": str(stranger.pk)}, day={"when funds allow": ""}
    )
    brought(file, lead)
    assert not plan.actions.filter(owner=stranger).exists()


def test_only_keepers_of_the_plan_bring_files_in(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, CODES, rag=TRACK)
    seen = preview_of(file).digest
    _, stranger = a_plan("southmoor")
    for user in (a_member(plan.organisation, MemberRole.STEERING), stranger):
        who = {"actor": Actor.of(user)}
        verbs = (
            partial(actions.take_in_file, plan=plan, data=b"a,b", filename="a.csv", **who),
            partial(actions.answer_file, file=file, answers={}, **who),
            partial(actions.settle_line, file=file, line="0-1", said={}, **who),
            partial(actions.bring_in, file=file, seen=seen, **who),
            partial(actions.undo_bringing, file=file, **who),
            partial(actions.open_again, file=file, **who),
            partial(actions.leave_file, file=file, **who),
            partial(actions.use_for, file=file, plan=plan, **who),
        )
        for verb in verbs:
            with pytest.raises(Denied):
                verb()
    assert not plan.actions.exists()


def test_the_log_of_it_names_nobody(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    brought(taken_in(plan, lead, FIVE_COLUMNS, day={"when funds allow": ""}), lead)
    told = [event.detail for event in AuditEvent.objects.filter(verb__startswith="plan_file.")]
    assert told
    assert "Lena" not in str(told)


def test_rows_remember_what_files_called_them(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    brought(taken_in(plan, lead, CODES, rag=TRACK), lead)
    assert set(BroughtRow.objects.values_list("ref", flat=True)) == {"V1", "V2", "R1", "CD1", "S1"}


def test_a_name_that_was_remembered_is_told_and_forgotten(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    file = taken_in(plan, lead, FIVE_COLUMNS)
    words = {"owner": {"deans": str(lead.pk), "hr": ""}}
    actions.answer_file(actor=Actor.of(lead), file=file, answers={"words": words})
    told = NAMES.export(lead.person_id)["names in files of action plans"]
    assert told == [{"organisation": plan.organisation.name, "called": "deans"}]
    NAMES.erase(lead.person_id)
    NAMES.erase(lead.person_id)
    assert PlanReading.objects.get().owners == {"hr": ""}


def test_a_file_waits_for_those_who_may_go_on_with_it(plan_and_lead) -> None:
    plan, lead = plan_and_lead
    steering = a_member(plan.organisation, MemberRole.STEERING)
    file = taken_in(plan, lead, CODES, rag=TRACK)
    (todo,) = TO_DO.things(sitting(plan.organisation_id, lead))
    assert str(file.key) in todo.url
    assert TO_DO.things(sitting(plan.organisation_id, steering)) == []
    brought(file, lead)
    assert TO_DO.things(sitting(plan.organisation_id, lead)) == []


def test_the_demonstration_has_a_file_that_waits_once() -> None:
    demo.create()
    here = an_organisation("made-up", name="Made-Up University")
    lead = person(f"lead{DEMONSTRATION_DOMAIN}")
    Membership.objects.create(organisation=here, user=lead, role=MemberRole.LEAD)
    demo.create()
    assert not PlanFile.objects.exists()
    begin_plan(actor=Actor.of(lead), organisation=here, title="Now", starts_on=STARTS, ends_on=ENDS)
    demo.create()
    demo.create()
    assert PlanFile.objects.count() == 1
