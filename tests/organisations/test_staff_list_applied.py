"""A staff list brought in: previewed, applied, undone, and killed half-way."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from benchside.careers.models import Role
from benchside.core.actions import Refused
from benchside.core.models import AuditEvent
from benchside.organisations.actions.staff_lists import (
    apply_staff_list,
    undo_staff_list,
)
from benchside.organisations.models import (
    Employment,
    Post,
    StaffRun,
    StaffSnapshot,
    Unit,
)
from benchside.organisations.staff import applying
from benchside.organisations.staff.indexes import role_index
from benchside.organisations.tasks import forget_old_staff_runs, take_census
from benchside.people.models import Technician
from scripts.make_staff_list import DAY, OUT
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, OLU
from tests.organisations.lists import (
    COOK,
    bring,
    changed,
    everything,
    listed,
    preview,
    rows_of_every_table,
)

pytestmark = pytest.mark.django_db


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
    for gone in ("Kai", "kai@", "ZZ1003", "Catering", "Olu", "olu@"):
        assert gone not in dump, gone
    for birth in ("01/02/1980", "1980-02-01", "05/06/1985", "1985-06-05", "31/02/1990"):
        assert birth not in dump, birth


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
