"""Files fill an empty catalogue; later they come as a difference that spares editors' changes."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from benchside.careers import actions
from benchside.careers.imports import CatalogueImporter
from benchside.careers.live import live_catalogue
from benchside.careers.models import KitTerm, Role, Sector
from benchside.careers.packing import pack
from benchside.core import imports
from benchside.core.actions import SYSTEM, VISITOR, Denied, Refused
from benchside.core.models import AuditEvent, ImportRun

Rewrite = Callable[[str, str, str], Path]
NURSE = "roles/035-veterinary-nurse.toml"


def load(folder: Path, **options: object) -> str:
    out = StringIO()
    call_command("load_catalogue", path=folder, stdout=out, **options)
    return out.getvalue()


def nurse() -> Role:
    return Role.objects.get(slug="veterinary-nurse")


@pytest.mark.django_db
def test_real_catalogue_fills_an_empty_one_and_again_after_an_undo() -> None:
    call_command("load_catalogue", verbosity=0)
    imports.undo(actor=SYSTEM, run=ImportRun.objects.get())
    assert not Role.objects.exists()
    call_command("load_catalogue", verbosity=0)
    assert Role.objects.filter(live=True).count() == 100
    assert not Role.objects.filter(drawing_alt="").exists()
    role = nurse()
    assert (role.number, role.level, role.sector.slug) == (35, 3, "animals-land-and-sea")
    assert [kit.term.slug for kit in role.kit_list.all()][:2] == ["animal-care-kit", "stethoscope"]
    assert {term.slug for term in role.subjects.all()} == {"biology", "chemistry", "maths"}
    ways = role.route_list.select_related("route")
    routes = [(way.route.reference, str(way.route.as_of), way.listed) for way in ways]
    assert routes == [("ST0343", "2021-01-01", True), ("", "2025-06-01", False)]


@pytest.mark.django_db
def test_same_files_again_change_nothing(folder: Path) -> None:
    load(folder)
    before = (ImportRun.objects.count(), nurse().updated_at)
    assert load(folder) == "The files are as they were when last loaded.\n"
    assert (ImportRun.objects.count(), nurse().updated_at) == before
    assert "0 added, 0 changed" in load(folder, apply=True)
    assert nurse().updated_at == before[1]


@pytest.mark.django_db
def test_newer_files_are_shown_and_wait_for_apply(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    rewrite(NURSE, 'short = "Vet nursing"', 'short = "Vet nurse"')
    shown = load(folder)
    assert "changed: role:veterinary-nurse\n  short: Vet nursing -> Vet nurse" in shown
    assert "Nothing was changed" in shown
    assert nurse().short == "Vet nursing"
    load(folder, apply=True)
    assert nurse().short == "Vet nurse"


@pytest.mark.django_db
def test_editors_change_stays_and_is_named(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    role = nurse()
    role.sentence = "An editor's own sentence about nursing animals."
    role.save()
    rewrite(NURSE, 'sentence = "You watch', 'sentence = "The files watch')
    rewrite(NURSE, 'short = "Vet nursing"', 'short = "Vet nurse"')
    shown = load(folder, apply=True)
    assert "an editor's An editor's own sentence" in shown
    role = nurse()
    assert role.sentence.startswith("An editor's own")
    assert role.short == "Vet nurse"
    load(folder, apply=True, take=["role:veterinary-nurse/sentence"])
    assert nurse().sentence.startswith("The files watch")


@pytest.mark.django_db
def test_editors_kit_and_subjects_stay(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    role = nurse()
    role.kit_list.set([kit for kit in role.kit_list.all() if kit.term.slug != "microscope"])
    role.subjects.set([term for term in role.subjects.all() if term.slug != "maths"])
    role.save()
    rewrite(NURSE, 'why = "A hamster', 'why = "A mouse')
    load(folder, apply=True)
    role = nurse()
    assert "microscope" not in {kit.term.slug for kit in role.kit_list.all()}
    assert "maths" not in {term.slug for term in role.subjects.all()}


@pytest.mark.django_db
def test_kit_and_routes_of_the_files_replace_what_was_there(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    rewrite(NURSE, 'term = "stethoscope"', 'term = "thermometer"')
    rewrite(NURSE, 'route = "veterinary-nurse-st0343"', 'route = "t-level-science"')
    load(folder, apply=True)
    role = nurse()
    assert [kit.term.slug for kit in role.kit_list.all()][1] == "thermometer"
    assert [way.route.slug for way in role.route_list.select_related("route")] == [
        "t-level-science",
        "t-level-animal-care-and-management",
    ]
    assert role.kit_list.count() == 6


@pytest.mark.django_db
def test_changed_role_may_name_a_new_term(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    new = '[[kit]]\nslug = "wand"\nname = "Wand"\nsymbol = "brush"\nsentence = "Waves."\n\n[[kit]]'
    rewrite("kit.toml", "[[kit]]", new)
    rewrite(NURSE, 'term = "stethoscope"', 'term = "wand"')
    load(folder, apply=True)
    assert "wand" in {kit.term.slug for kit in nurse().kit_list.all()}


@pytest.mark.django_db
def test_run_can_be_undone(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    rewrite(NURSE, 'short = "Vet nursing"', 'short = "Vet nurse"')
    rewrite(NURSE, 'why = "A hamster', 'why = "A mouse')
    load(folder, apply=True)
    imports.undo(actor=SYSTEM, run=ImportRun.objects.first())
    role = nurse()
    assert role.short == "Vet nursing"
    assert role.kit_list.all()[1].why.startswith("A hamster")


@pytest.mark.django_db
def test_first_load_can_be_undone_to_nothing(folder: Path) -> None:
    load(folder)
    imports.undo(actor=SYSTEM, run=ImportRun.objects.get())
    assert actions.is_empty()
    assert not KitTerm.objects.exists()


@pytest.mark.django_db
def test_broken_catalogue_names_all_faults_and_changes_nothing(
    folder: Path, rewrite: Rewrite
) -> None:
    load(folder)
    rewrite("sectors.toml", 'name = "Health"', 'name = "Wellness"')
    rewrite(NURSE, "level = 3", "level = 9")
    rewrite(NURSE, 'term = "stethoscope"', 'term = "wand"')
    runs = ImportRun.objects.count()
    with pytest.raises(CommandError) as error:
        load(folder, apply=True)
    assert "1 faults" in str(error.value)
    assert f"{NURSE}: level = 9: must be 7 or less" in str(error.value)
    assert Sector.objects.get(slug="health").name == "Health"
    assert ImportRun.objects.count() == runs


@pytest.mark.django_db
def test_broken_upload_cannot_be_applied(folder: Path, rewrite: Rewrite) -> None:
    """Past the command too: the desk's upload reads a zip."""
    rewrite(NURSE, 'term = "stethoscope"', 'term = "wand"')
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.toml")
    }
    run = imports.preview(
        actor=SYSTEM,
        importer=imports.importers[CatalogueImporter.key],
        data=pack(files),
        filename="catalogue.zip",
    )
    assert [problem["column"] for problem in run.problems] == [f"{NURSE}: kit[2].term"]
    assert run.difference == []
    with pytest.raises(Refused):
        imports.apply(actor=SYSTEM, run=run)
    assert actions.is_empty()


@pytest.mark.django_db
def test_draft_keeps_what_its_editor_wrote_and_learns_the_rest(
    folder: Path, rewrite: Rewrite
) -> None:
    load(folder)
    role = nurse()
    role.sentence = "A draft about a dog, a cone and a very long afternoon."
    role.save_revision()
    rewrite(NURSE, 'sentence = "You watch', 'sentence = "The files watch')
    rewrite(NURSE, 'short = "Vet nursing"', 'short = "Vet nurse"')
    load(folder, apply=True)
    role = nurse()
    assert (role.sentence[:9], role.short) == ("You watch", "Vet nurse")
    draft = role.get_latest_revision_as_object()
    assert (draft.sentence[:7], draft.short) == ("A draft", "Vet nurse")
    role.latest_revision.publish()
    assert (nurse().sentence[:7], nurse().short) == ("A draft", "Vet nurse")


@pytest.mark.django_db
def test_role_edited_and_published_is_not_taken_back_by_its_next_edit(
    folder: Path, rewrite: Rewrite
) -> None:
    """Wagtail's form opens the latest revision, so an import must write one too."""
    load(folder)
    role = nurse()
    role.short = "Nursing pets"
    role.save_revision().publish()
    rewrite(NURSE, 'why = "A hamster', 'why = "A mouse')
    load(folder, apply=True)
    opened = nurse().get_latest_revision_as_object()
    assert opened.short == "Nursing pets"
    assert opened.kit_list.all()[1].why.startswith("A mouse")
    assert not nurse().has_unpublished_changes


@pytest.mark.django_db
def test_only_administrators_and_benchside_itself_may_load(folder: Path) -> None:
    with pytest.raises(Denied):
        actions.preview_catalogue(actor=VISITOR, folder=folder)
    assert not ImportRun.objects.exists()
    assert actions.preview_catalogue(actor=SYSTEM, folder=folder)
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {"import.preview"}


@pytest.mark.django_db
def test_readers_see_the_new_files_at_once(folder: Path, rewrite: Rewrite) -> None:
    load(folder)
    assert live_catalogue().by_slug["veterinary-nurse"].short == "Vet nursing"
    rewrite(NURSE, 'short = "Vet nursing"', 'short = "Vet nurse"')
    load(folder, apply=True)
    assert live_catalogue().by_slug["veterinary-nurse"].short == "Vet nurse"
