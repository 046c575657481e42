"""Small English, and what somebody meant by a mangled address."""

import pytest

from benchside.careers.lookup import nearest, tidied
from benchside.careers.wording import counted, inside, listed, with_article


@pytest.mark.parametrize(
    ("name", "inside_a_sentence"),
    [
        ("Multimeter", "a multimeter"),
        ("Oscilloscope", "an oscilloscope"),
        ("CNC mill", "a CNC mill"),
        ("3D printer", "a 3D printer"),
        ("Petri dish", "a Petri dish"),
        ("Ship's engine", "a ship's engine"),
        ("Hard hat and harness", "a hard hat and harness"),
        ("Safety glasses", "safety glasses"),
        ("Spanners and sockets", "spanners and sockets"),
        ("Test tubes", "test tubes"),
        ("Radar", "radar"),
    ],
)
def test_kit_takes_its_article(name: str, inside_a_sentence: str) -> None:
    assert with_article(name) == inside_a_sentence


def test_proper_names_keep_their_capital() -> None:
    assert [inside(name) for name in ("English", "PE", "Maths")] == ["English", "PE", "maths"]


def test_counts_and_lists() -> None:
    assert counted(1, "role") == "1 role"
    assert counted(0, "role") == "0 roles"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert listed([]) == ""


@pytest.mark.parametrize(
    "mangled",
    [
        "Veterinary-Nurse",
        "VETERINARY-NURSE",
        "veterinary_nurse",
        "veterinary nurse",
        "veterinary-nurse.html",
        "veterinary-nurse).",
        "035-veterinary-nurse",
        "veterinary--nurse-",
        "“veterinary-nurse”",
    ],
)
def test_mangled_slug_is_tidied(mangled: str) -> None:
    assert tidied(mangled) == "veterinary-nurse"


def test_number_inside_a_slug_stays() -> None:
    assert tidied("3d-printing-technician") == "3d-printing-technician"
    assert tidied("044-3d-printing-technician") == "3d-printing-technician"


def test_nearest_by_spelling() -> None:
    slugs = ["veterinary-nurse", "sound-technician", "rail-engineering-technician"]
    assert nearest("vetinary-nurse", slugs, most=1) == ["veterinary-nurse"]
    assert nearest("zzzz", slugs) == []
    assert nearest("x" * 100_000, slugs) == []
