"""A broken catalogue names file, field, value and remedy, for every fault at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchside.careers.actions import FOLDER
from benchside.careers.catalogue_files import BrokenCatalogue, Fault, read
from benchside.careers.packing import NotPacked, pack, unpack

Rewrite = Callable[[str, str, str], Path]
NURSE = "roles/035-veterinary-nurse.toml"
BAKER = "roles/098-bakery-technologist.toml"


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(BrokenCatalogue) as broken:
        read(folder)
    return broken.value.faults


def only(folder: Path) -> Fault:
    found = faults(folder)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


def test_whole_catalogue_reads() -> None:
    catalogue = read(FOLDER)
    assert (len(catalogue.roles), len(catalogue.sectors), len(catalogue.advice)) == (100, 12, 4)
    assert (len(catalogue.routes), len({way.nation for way in catalogue.ways})) == (98, 4)


def test_bad_toml_names_the_line(folder: Path, rewrite: Rewrite) -> None:
    rewrite(NURSE, "number = 35", "number = = 35")
    fault = only(folder)
    assert fault.file == NURSE
    assert "line 1" in fault.value
    assert "not TOML" in fault.remedy


def test_wrong_encoding_says_save_as_utf8(folder: Path) -> None:
    path = folder / "roles/004-school-science-technician.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert only(folder).remedy == "is not UTF-8: save the file as UTF-8"


@pytest.mark.parametrize(
    ("old", "new", "field", "value", "remedy"),
    [
        ('"animals-land-and-sea"', '"zoos"', "sector", "zoos", "is not in sectors.toml"),
        ('term = "stethoscope"', 'term = "wand"', "kit[2].term", "wand", "is not in kit.toml"),
        ('"steady-hands"', '"flying"', "lists.skills[2]", "flying", "is not in skills.toml"),
        ('["biology",', '["alchemy",', "lists.subjects[1]", "alchemy", "is not in subjects.toml"),
        ('["hospital",', '["moon",', "lists.settings[1]", "moon", "is not in settings.toml"),
        ('"veterinary-nurse-st0343"', '"hearsay"', "routes[1].route", "hearsay", "in routes.toml"),
        ("level = 3", "level = 9", "level", "9", "must be 7 or less"),
        ("level = 3", "level = 1", "level", "1", "must be 2 or more"),
        ("level = 3", 'level = "3"', "level", "3", "must be a whole number, without quotes"),
        ("level = 3\n", "", "level", "", "is missing: add it"),
        ('title = "Veterinary nurse"\n', "", "title", "", "is missing: add it"),
        ('short = "Vet nursing"', 'shrot = "Vet"', "shrot", "Vet", "is not a field"),
        ('short = "Vet nursing"', f'short = "{"x" * 25}"', "short", "x" * 25, "at most 24"),
        ("checked = 2026-11-22", 'checked = "soon"', "checked", "soon", "must be a date"),
        ("realistic = 6.71", "realistic = 7.5", "onet.realistic", "7.5", "must be 7 or less"),
        ('hands = "hands"', 'hands = "feet"', "tags.hands", "feet", "must be one of 'hands'"),
        ('time = "08:15"', 'time = "8.15"', "day[1].time", "8.15", "is not written as expected"),
        ("key = true", "key = false", "day", "0 key moments", "must have key = true at one"),
        ('time = "08:15"', 'time = "23:15"', "day", "23:15, 09:00", "in the order of the day"),
        ('"chemistry", "maths"]', '"biology"]', "lists.subjects[2]", "biology", "is there twice"),
    ],
)
def test_fault_names_field_value_and_remedy(
    folder: Path, rewrite: Rewrite, old: str, new: str, field: str, value: str, remedy: str
) -> None:
    rewrite(NURSE, old, new)
    found = faults(folder)
    assert {fault.file for fault in found} == {NURSE}
    fault = next(fault for fault in found if fault.field == field)
    assert fault.value.startswith(value)
    assert remedy in fault.remedy


def test_duplicate_number_slug_and_title_name_the_other_file(
    folder: Path, rewrite: Rewrite
) -> None:
    rewrite(BAKER, "number = 98", "number = 35")
    rewrite(BAKER, 'slug = "bakery-technologist"', 'slug = "veterinary-nurse"')
    rewrite(BAKER, 'title = "Bakery technologist"', 'title = "VETERINARY NURSE"')
    found = {fault.field: fault for fault in faults(folder) if NURSE in fault.remedy}
    assert {"number", "slug", "title"} <= set(found)
    assert found["title"].value == "VETERINARY NURSE"
    assert found["number"].remedy == f"is taken by {NURSE}: choose another"


def test_file_name_must_match_number_and_slug(folder: Path) -> None:
    (folder / NURSE).rename(folder / "roles/053-vet.toml")
    fault = only(folder)
    assert (fault.file, fault.value) == ("roles/053-vet.toml", "35, veterinary-nurse")
    assert f"should be {NURSE}" in fault.remedy


def test_all_faults_of_all_files_come_at_once(folder: Path, rewrite: Rewrite) -> None:
    rewrite(NURSE, "level = 3", "level = 9")
    rewrite(NURSE, 'term = "stethoscope"', 'term = "wand"')
    rewrite(BAKER, "number = 98", "number = = 98")
    rewrite("kit.toml", 'symbol = "caliper"', 'symbol = "Big Caliper"')
    (folder / "skills.toml").unlink()
    places = {(fault.file, fault.field) for fault in faults(folder)}
    assert (NURSE, "level") in places
    assert (BAKER, "") in places
    assert ("kit.toml", "kit[1].symbol") in places
    assert ("skills.toml", "") in places


def test_unknown_word_is_told_even_beside_a_fault_of_another_role(
    folder: Path, rewrite: Rewrite
) -> None:
    rewrite(NURSE, 'term = "stethoscope"', 'term = "wand"')
    rewrite(BAKER, "level = ", "level = 1")
    assert {fault.file for fault in faults(folder)} == {NURSE, BAKER}


def test_vocabulary_word_twice(folder: Path, rewrite: Rewrite) -> None:
    rewrite("subjects.toml", '{ slug = "chemistry"', '{ slug = "biology"')
    assert Fault("subjects.toml", "subjects[2]", "biology", "is there twice") in faults(folder)


@pytest.mark.parametrize(
    ("old", "new", "field", "value", "remedy"),
    [
        ('"dfe-standards-2021"', '"hearsay"', "routes[1].source", "hearsay", "in sources.toml"),
        ('nation = "england"', 'nation = "kent"', "routes[1].nation", "kent", "must be one of"),
        ('"ST0020"', '"ST0190"', "routes[2].reference", "ST0190", "is the reference of advanced"),
        ("level = 3", "level = 9", "routes[1].level", "9", "must be 8 or less"),
        (
            "as_of = 2021-01-01",
            "as_of = 2021-01-01\nvalid_from = 2021-09-01\nvalid_to = 2020-09-01",
            "routes[1].valid_to",
            "2020-09-01",
            "is before valid_from",
        ),
    ],
)
def test_fault_of_a_route_names_field_value_and_remedy(
    folder: Path, rewrite: Rewrite, old: str, new: str, field: str, value: str, remedy: str
) -> None:
    rewrite("routes.toml", old, new)
    fault = next(fault for fault in faults(folder) if fault.field == field)
    assert (fault.file, fault.value) == ("routes.toml", value)
    assert remedy in fault.remedy


def test_drawing_of_no_role(folder: Path) -> None:
    text = '[[drawing]]\nnumber = {}\nscene = "wood"\ntools = ["saw"]\nalt = "A saw."\n'
    (folder / "drawings.toml").write_text(text.format(4) + text.format(999) + text.format(4))
    found = [(fault.field, fault.remedy) for fault in faults(folder)]
    assert found == [
        ("drawing[2].number", "is no role's number"),
        ("drawing[3].number", "is there twice"),
    ]


def test_pay_and_other_strange_fields_are_refused(folder: Path, rewrite: Rewrite) -> None:
    rewrite(NURSE, "number = 35", "number = 35\npay = 30000")
    assert only(folder).field == "pay"


def test_oversized_file_is_not_read(folder: Path) -> None:
    (folder / NURSE).write_bytes(b"#" * 300_000)
    assert "too big" in only(folder).remedy


def test_deeply_nested_toml_is_a_fault_and_no_crash(folder: Path) -> None:
    (folder / NURSE).write_text("number = " + "[" * 20_000)
    assert only(folder).file == NURSE


def test_a_folder_without_roles_says_what_to_give(tmp_path: Path) -> None:
    assert "is no catalogue" in only(tmp_path).remedy


def test_packing_is_deterministic_and_understands_a_zip_of_the_folder() -> None:
    files = {"sectors.toml": b"a", "roles/001-a.toml": b"b"}
    assert pack(files) == pack(dict(reversed(files.items())))
    assert unpack(pack(files)) == files
    outer = {f"catalogue/{name}": data for name, data in files.items()}
    assert unpack(pack(outer)) == files


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\x00" * 100])
def test_what_is_no_zip_is_refused(data: bytes) -> None:
    with pytest.raises(NotPacked):
        unpack(data)


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = pack({"roles/001-a.toml": b"\x00" * (9 * 1024 * 1024)})
    assert len(bomb) < 20_000
    with pytest.raises(NotPacked, match="more than a catalogue"):
        unpack(bomb)
