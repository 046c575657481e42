"""Who counts as a technician is theirs to say, and who may not bring in a list, or not now."""

import threading
from io import BytesIO

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from benchside.core.actions import Actor, Denied, Refused
from benchside.organisations.actions import definitions, own_words
from benchside.organisations.actions.staff_lists import (
    apply_staff_list,
    bad_rows_of,
    discard_staff_list,
    undo_staff_list,
)
from benchside.organisations.enums import MemberRole, TechnicianVerdict
from benchside.organisations.models import (
    Employment,
    StaffRun,
    Unit,
)
from benchside.organisations.staff import applying, staging
from benchside.organisations.staff_list.returned import template_workbook
from scripts.make_staff_list import DAY
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU, text
from tests.organisations.lists import (
    COOK,
    bring,
    changed,
    listed,
    member,
    organisation,
    preview,
    rows_of_every_table,
)

pytestmark = pytest.mark.django_db


# --- who counts ----------------------------------------------------------------------------------
def test_a_title_decided_and_a_definition_written_hold_for_the_next_list(nowhere, steward) -> None:
    wrangler = changed(EDIE, job_title="Dark Arts Wrangler")
    run = preview(steward, nowhere, wrangler, COOK)
    assert [one["plain"] for one in run.waiting] == ["cook", "dark arts wrangler"]
    definitions.decide_title(
        actor=steward,
        organisation=nowhere,
        title="DARK ARTS Wrangler",
        verdict=TechnicianVerdict.TECHNICIAN,
    )
    rules = [{"about": "unit", "words": ["Catering"], "verdict": "technician"}]
    definitions.write_definition(actor=steward, organisation=nowhere, rules=rules)
    bring(steward, nowhere, wrangler, COOK, OLU)
    assert {name for name, _, _ in listed(nowhere)} == {"Edie Made-Up", "Kai Invented"}
    assert nowhere.technician_definitions.get().version == 1


def test_ones_own_word_is_obeyed_by_every_later_list(nowhere, steward) -> None:
    bring(steward, nowhere, EDIE, OLU)
    employment = Employment.objects.get(staff_number="1001")
    account = person("edie@benchside.example")
    with pytest.raises(Denied):
        own_words.say_of_oneself(
            actor=Actor.of(account), employment=employment, is_technician=False
        )
    edie = employment.technician
    edie.account, edie.claimed_at = account, timezone.now()
    edie.save()
    employment.refresh_from_db()
    own_words.say_of_oneself(actor=Actor.of(account), employment=employment, is_technician=False)
    assert {name for name, _, _ in listed(nowhere)} == {"Olu Notreal"}  # at once
    run = bring(steward, nowhere, EDIE, OLU)
    assert run.counts["joined"] == 0
    assert {name for name, _, _ in listed(nowhere)} == {"Olu Notreal"}


def test_bad_rules_are_refused_by_number(nowhere, steward) -> None:
    rules = [{"about": "soc", "words": ["x"], "verdict": "technician"}]
    with pytest.raises(Refused, match="Rule 1"):
        definitions.write_definition(actor=steward, organisation=nowhere, rules=rules)


def test_a_mapping_given_once_is_remembered(nowhere, steward) -> None:
    rows = [["Staff no", "Role", "Bit"], ["1", "Technician", "Physics"]]
    answer = staging.Answer({"bit": "unit"})
    bring(steward, nowhere, data=text(rows), answers={"": answer})
    later = preview(steward, nowhere, data=text([rows[0], ["1", "Technician", "Music"]]))
    assert later.counts["moved"] == 1


# --- refusals ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "role", [role for role in MemberRole if role not in ("lead", "deputy", "hr-steward")]
)
def test_other_members_may_not(nowhere, role) -> None:
    unit = Unit.objects.create(organisation=nowhere, name="Physics")
    of_unit = {"unit": unit} if role in (MemberRole.CHAMPION, MemberRole.MANAGER) else {}
    with pytest.raises(Denied):
        preview(Actor.of(member(nowhere, role, **of_unit)), nowhere, EDIE)


def test_a_lead_of_elsewhere_may_do_nothing_here(nowhere, steward) -> None:
    stranger = Actor.of(member(organisation("elsewhere"), MemberRole.LEAD))
    run = preview(steward, nowhere, EDIE)
    with pytest.raises(Denied):
        preview(stranger, nowhere, EDIE)
    applied = bring(steward, nowhere, OLU)
    for verb, of in (
        (apply_staff_list, run),
        (discard_staff_list, run),
        (undo_staff_list, applied),
    ):
        with pytest.raises(Denied):
            verb(actor=stranger, run=of)


def test_lists_of_two_organisations_do_not_touch(nowhere, steward) -> None:
    other = organisation("elsewhere")
    lead = Actor.of(member(other, MemberRole.LEAD))
    bring(steward, nowhere, EDIE, OLU)
    bring(lead, other, changed(EDIE, name="Another Edie"))
    assert len(listed(nowhere)) == 2
    assert listed(other) == {("Another Edie", "Technician", "Physics")}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"\x00" * 9, template_workbook()])
def test_a_file_that_is_no_list_is_refused_or_empty(nowhere, steward, data) -> None:
    try:
        run = preview(steward, nowhere, data=data or b" ")
    except Refused as refusal:
        if not refusal.remedy:
            raise AssertionError("no remedy") from refusal
    else:
        assert run.counts["joined"] == 0


def test_bad_rows_go_back_to_whoever_may_and_are_kept_nowhere(nowhere, steward) -> None:
    data = text([HEADER, OLU, changed(EDIE, fte="many")])
    asked = {"organisation": nowhere, "data": data, "as_of": DAY}
    book = load_workbook(BytesIO(bad_rows_of(actor=steward, **asked)))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Row", 3]
    assert "“many”" in rows[1][1]
    assert "Edie" not in "\n".join(rows_of_every_table())
    with pytest.raises(Denied):
        bad_rows_of(actor=Actor.of(member(nowhere, MemberRole.EDITOR)), **asked)


def test_a_stale_preview_is_refused(nowhere, steward) -> None:
    first, second = preview(steward, nowhere, EDIE), preview(steward, nowhere, OLU)
    apply_staff_list(actor=steward, run=first)
    with pytest.raises(Refused, match="Another staff list"):
        apply_staff_list(actor=steward, run=second)
    applying.carry_out(first.pk)
    with pytest.raises(Refused, match="changed since"):
        apply_staff_list(actor=steward, run=second)
    assert {name for name, _, _ in listed(nowhere)} == {"Edie Made-Up"}
    first.refresh_from_db()
    with pytest.raises(Refused, match="cannot be done now: it is applied"):
        discard_staff_list(actor=steward, run=first)


@pytest.mark.django_db(transaction=True)
def test_two_stewards_at_once_apply_one_list(nowhere, steward) -> None:
    lead = Actor.of(member(nowhere, MemberRole.LEAD))
    runs = [(steward, preview(steward, nowhere, EDIE)), (lead, preview(lead, nowhere, OLU))]
    start = threading.Barrier(2)
    said: list[str] = []

    def press(actor: Actor, run: StaffRun) -> None:
        try:
            start.wait(timeout=30)
            apply_staff_list(actor=actor, run=run)
            said.append("applied")
        except Refused as refusal:
            said.append(refusal.message)
        finally:
            connection.close()

    presses = [threading.Thread(target=press, args=one) for one in runs]
    for one in presses:
        one.start()
    for one in presses:
        one.join(timeout=60)
    assert sorted(said) == ["Another staff list is being applied.", "applied"]
    for _, run in runs:
        applying.carry_out(run.pk)
    assert len(listed(nowhere)) == 1


def test_a_discarded_preview_keeps_no_names(nowhere, steward) -> None:
    run = preview(steward, nowhere, EDIE)
    discard_staff_list(actor=steward, run=run)
    assert "Edie" not in "\n".join(rows_of_every_table())
