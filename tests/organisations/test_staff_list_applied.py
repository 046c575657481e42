"""A staff list brought in: previewed, applied, undone; by two at once, killed, by strangers."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from benchside.accounts.models import User
from benchside.careers.models import Role
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent
from benchside.organisations.actions import definitions
from benchside.organisations.actions.staff_lists import (
    apply_staff_list,
    bad_rows_of,
    discard_staff_list,
    preview_staff_list,
    undo_staff_list,
)
from benchside.organisations.enums import MemberRole, OrganisationState, TechnicianVerdict
from benchside.organisations.models import (
    Employment,
    Membership,
    Organisation,
    Post,
    StaffRun,
    StaffSnapshot,
    Unit,
)
from benchside.organisations.staff import applying, staging
from benchside.organisations.staff.indexes import role_index
from benchside.organisations.staff_list import TitleIndex
from benchside.organisations.staff_list.returned import template_workbook
from benchside.organisations.tasks import forget_old_staff_runs, take_census
from benchside.people.models import Technician
from scripts.make_staff_list import DAY, OUT
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU, text

pytestmark = pytest.mark.django_db
NONE = TitleIndex([])
COOK = ("1003", "Kai Invented", "kai@benchside.example", "05/06/1985", "Catering", "Cook", "1")


def organisation(slug: str = "nowhere") -> Organisation:
    ada = person(f"applicant@{slug}.example").person_id
    return Organisation.objects.create(
        slug=slug,
        name=slug.title(),
        kind="university",
        state=OrganisationState.APPROVED,
        applied_by=ada,
        decided_by=ada,
        decided_at=timezone.now(),
    )


def member(of: Organisation, role: MemberRole, **fields: Any) -> User:
    user = person(f"{role}@{of.slug}.example")
    Membership.objects.create(organisation=of, user=user, role=role, **fields)
    return user


@pytest.fixture
def nowhere() -> Organisation:
    return organisation()


@pytest.fixture
def steward(nowhere: Organisation) -> Actor:
    return Actor.of(member(nowhere, MemberRole.HR_STEWARD))


def preview(actor: Actor, of: Organisation, *rows: Any, data: bytes = b"", **more: Any) -> StaffRun:
    return preview_staff_list(
        actor=actor,
        organisation=of,
        data=data or text([HEADER, *rows]),
        filename="C:\\Users\\hr\\staff.csv",
        as_of=DAY,
        soc=NONE,
        roles=NONE,
        **more,
    )


def bring(actor: Actor, of: Organisation, *rows: Any, **more: Any) -> StaffRun:
    """Preview and apply, with the task run here."""
    run = preview(actor, of, *rows, **more)
    apply_staff_list(actor=actor, run=run)
    applying.carry_out(run.pk)
    run.refresh_from_db()
    return run


def listed(of: Organisation) -> set[tuple[str, str, str]]:
    rows = Post.objects.current().filter(employment__organisation=of)
    return set(rows.values_list("employment__technician__name", "title", "unit__name"))


def changed(row: Any, **cells: str) -> tuple[str, ...]:
    places = [name.lower().replace(" ", "_").replace("-", "_") for name in HEADER]
    return tuple(cells.get(name, cell) for name, cell in zip(places, row, strict=True))


def everything() -> list[tuple[Any, ...]]:
    """All rows that an import writes, to compare before with after."""
    return [
        tuple(model.objects.order_by("pk").values_list())
        for model in (Technician, Employment, Post, Unit)
    ]


# --- in and out ----------------------------------------------------------------------------------
def test_a_preview_changes_nothing_and_applying_lists_technicians(nowhere, steward) -> None:
    run = preview(steward, nowhere, EDIE, OLU, COOK)
    assert run.counts["joined"] == 2
    assert run.filename == "staff.csv"
    assert not Technician.objects.exists()
    assert not Unit.objects.exists()
    apply_staff_list(actor=steward, run=run)
    applying.carry_out(run.pk)
    assert listed(nowhere) == {
        ("Edie Made-Up", "Technician", "Physics"),
        ("Olu Notreal", "Sound Technician", "Music"),
    }
    edie = Employment.objects.get(staff_number="1001")
    assert (edie.age_band, edie.age_as_of) == ("45-49", DAY)
    assert set(Unit.objects.open().values_list("name", flat=True)) == {"Physics", "Music"}


def test_nobody_else_and_no_birth_date_is_in_any_table(nowhere, steward) -> None:
    run = bring(steward, nowhere, EDIE, COOK, changed(OLU, dob="31/02/1990"))
    assert run.counts["bad"] == 1
    dump = "\n".join(rows_of_every_table())
    assert "Edie Made-Up" in dump
    for gone in ("Kai", "kai@", "1003", "Catering", "Olu", "olu@"):
        assert gone not in dump, gone
    for birth in ("01/02/1980", "1980-02-01", "05/06/1985", "1985-06-05", "31/02/1990"):
        assert birth not in dump, birth


def rows_of_every_table() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from map(str, cursor.fetchall())


def test_the_same_file_twice_changes_nothing(nowhere, steward) -> None:
    bring(steward, nowhere, EDIE, OLU)
    before = everything()
    again = bring(steward, nowhere, OLU, EDIE)
    assert again.counts["unchanged"] == 2
    assert not again.staged.exists()
    assert everything() == before


def test_moves_leavers_and_posts_are_written_and_undone_as_one(nowhere, steward) -> None:
    third = changed(EDIE, staff_no="1009", name="Uma Pretend", work_e_mail="uma@benchside.example")
    bring(steward, nowhere, EDIE, OLU, third)
    before = everything()
    run = bring(
        steward,
        nowhere,
        changed(EDIE, department="Chemistry", fte="0.6", name="Edie Newname"),
        changed(EDIE, department="Music", fte="0.2", name="Edie Newname"),
        changed(third, job_title="Cook"),
        changed(COOK, job_title="Technician"),
    )
    assert listed(nowhere) == {
        ("Edie Newname", "Technician", "Chemistry"),
        ("Edie Newname", "Technician", "Music"),
        ("Kai Invented", "Technician", "Catering"),
    }
    assert Employment.objects.get(staff_number="1002").left_on == DAY
    assert Employment.objects.get(staff_number="1009").leaving_reason == "no longer counted"
    undo_staff_list(actor=steward, run=run)
    applying.sweep(run.pk)
    assert everything() == before


def test_undoing_the_first_list_leaves_nothing(nowhere, steward) -> None:
    run = bring(steward, nowhere, EDIE, OLU)
    undo_staff_list(actor=steward, run=run)
    assert not listed(nowhere)
    applying.sweep(run.pk)
    assert not Technician.objects.exists()
    assert not Employment.everything.exists()
    assert not Post.everything.exists()


def test_whoever_comes_back_is_the_same_person(nowhere, steward) -> None:
    bring(steward, nowhere, EDIE, OLU)
    was = Employment.objects.get(staff_number="1001").technician_id
    bring(steward, nowhere, OLU)
    bring(steward, nowhere, EDIE, OLU)
    back = Employment.objects.get(staff_number="1001")
    assert (back.technician_id, back.left_on) == (was, None)
    assert len(listed(nowhere)) == 2


def test_a_claimed_record_keeps_its_name_and_outlives_an_undo(nowhere, steward) -> None:
    run = bring(steward, nowhere, EDIE)
    edie = Technician.objects.get()
    edie.account, edie.claimed_at, edie.name = person("e@x.example"), timezone.now(), "Edie Herself"
    edie.save()
    again = bring(steward, nowhere, EDIE)
    assert again.counts["unchanged"] == 1
    edie.refresh_from_db()
    assert edie.name == "Edie Herself"
    undo_staff_list(actor=steward, run=again)
    with pytest.raises(Refused, match="changed since"):
        undo_staff_list(actor=steward, run=run)


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
        definitions.say_of_oneself(
            actor=Actor.of(account), employment=employment, is_technician=False
        )
    edie = employment.technician
    edie.account, edie.claimed_at = account, timezone.now()
    edie.save()
    employment.refresh_from_db()
    definitions.say_of_oneself(actor=Actor.of(account), employment=employment, is_technician=False)
    run = bring(steward, nowhere, EDIE, OLU)
    assert run.counts["no longer counted"] == 1
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
    "role", [role for role in MemberRole if role not in ("lead", "hr-steward")]
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
    with pytest.raises(Refused, match="cannot be done while it is applied"):
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


# --- killed --------------------------------------------------------------------------------------
class Killed(BaseException):
    """What no `except Exception` catches."""


def killed_at(monkeypatch, module: Any, name: str, nth: int) -> None:
    original, calls = getattr(module, name), iter(range(1, 1_000))

    def sometimes(*args: Any, **options: Any) -> Any:
        if next(calls) == nth:
            raise Killed
        return original(*args, **options)

    monkeypatch.setattr(module, name, sometimes)


@pytest.mark.parametrize(
    ("module", "name", "nth"),
    [
        (applying, "_bring", 2),
        (applying.writing, "posts", 3),
        (applying.writing, "rewrite", 1),
        (applying.writing, "paired", 1),
        (applying, "move", 1),
    ],
)
def test_killed_anywhere_nothing_is_half_applied_and_the_next_try_ends_it(
    nowhere, steward, monkeypatch, module, name, nth
) -> None:
    bring(steward, nowhere, EDIE)
    before, seen = everything()[1:3], listed(nowhere)
    many = [
        changed(OLU, staff_no=str(n), work_e_mail=f"{n}@benchside.example") for n in range(1, 700)
    ]
    run = preview(steward, nowhere, changed(EDIE, department="Chemistry"), *many)
    apply_staff_list(actor=steward, run=run)
    with monkeypatch.context() as patch:
        killed_at(patch, module, name, nth)
        with pytest.raises(Killed):
            applying.carry_out(run.pk)
    assert listed(nowhere) == seen
    assert everything()[1:3] == before
    applying.carry_out(run.pk)
    run.refresh_from_db()
    assert run.state == "applied"
    assert Employment.objects.current().count() == 700
    assert Technician.objects.count() == 700
    applying.carry_out(run.pk)  # once more does no harm
    assert Employment.everything.count() == 700


def test_a_run_that_cannot_end_leaves_nothing(nowhere, steward) -> None:
    run = preview(steward, nowhere, EDIE)
    apply_staff_list(actor=steward, run=run)
    applying.prepare(run)
    nowhere.staff_list_settings.version += 5  # somebody changed the list by hand
    nowhere.staff_list_settings.save()
    applying.carry_out(run.pk)
    applying.sweep(run.pk)
    run.refresh_from_db()
    assert (run.state, run.failure[:14]) == ("failed", "The staff list")
    assert everything() == [(), (), (), ()]
    assert not Employment.everything.exists()


def test_what_was_done_is_told_without_names(nowhere, steward) -> None:
    run = bring(steward, nowhere, EDIE)
    undo_staff_list(actor=steward, run=run)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "staff_list.preview",
        "staff_list.apply",
        "staff_list.list",
        "staff_list.undo",
    ]
    assert "Edie" not in repr(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_a_snapshot_holds_sums_and_nobody(nowhere, steward) -> None:
    bring(steward, nowhere, EDIE, changed(OLU, fte="0.5"), COOK)
    with time_machine.travel("2026-12-01 02:50"):
        take_census.func()
        take_census.func()
    with time_machine.travel("2026-12-02 02:50"):
        take_census.func()
    made = StaffSnapshot.objects.get()
    assert (made.day, made.people, made.fte) == (date(2026, 12, 1), 2, Decimal("1.5"))
    assert made.counts["unit"] == {"Music": 1, "Physics": 1}
    assert made.counts["age_band"] == {"35-39": 1, "45-49": 1}
    assert {sum(counted.values()) for counted in made.counts.values()} == {2}
    assert not any(word in str(made.counts) for word in ("Edie", "1001", "@"))


def test_titles_are_matched_to_roles_by_any_of_their_names() -> None:
    call_command("load_catalogue", verbosity=0)
    other, slug = next(
        (names[0], slug) for names, slug in Role.objects.values_list("other_names", "slug") if names
    )
    index = role_index()
    assert index.match("Senior Theatre Technician").code == "theatre-technician"
    assert index.match("Scientific Glassblower").code == "scientific-glassblower"
    assert index.match(other).code == slug


def test_old_previews_are_forgotten_with_their_names(nowhere, steward) -> None:
    run = preview(steward, nowhere, EDIE)
    forget_old_staff_runs.func()
    assert run.staged.exists()
    StaffRun.objects.update(created_at=timezone.now() - timedelta(days=8))
    forget_old_staff_runs.func()
    run.refresh_from_db()
    assert run.state == "discarded"
    assert "Edie" not in "\n".join(rows_of_every_table())


def test_the_made_up_university_is_brought_in_whole(nowhere, steward) -> None:
    run = bring(steward, nowhere, data=OUT.read_bytes())
    assert run.state == "applied"
    assert 225 <= Employment.objects.current().count() <= 245
    again = preview(steward, nowhere, data=OUT.read_bytes())
    assert sum(again.counts[kind] for kind in ("joined", "left", "moved", "changed")) == 0
    assert again.as_of == date(2026, 10, 31)
