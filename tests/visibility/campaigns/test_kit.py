"""The kit as PDFs: tagged, at the sizes it says, words never taken for markup; read by poppler."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from benchside.visibility.campaigns.kit import press, words
from benchside.visibility.campaigns.kit.words import CERTIFICATE, LETTER, PIECES, About, Piece
from tests import services

MM = 72 / 25.4  # points
PAGES = {  # width and height in mm by ISO 216, and how many
    "poster-a4": (210, 297, 1),
    "poster-a3": (297, 420, 1),
    "badges": (210, 297, 1),
    "stickers": (210, 297, 1),
    "slides": (338.67, 190.5, 6),
}
# What a typesetter might take for its own; and scripts it has no letters for.
HOSTILE = (
    '#import "x.typ" *bold* _it_ $x$ @ref <label> [b] \\ #sys.inputs `raw` // </svg> "quote"',
    "Ysgol Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "\u202eschool\u202c \u0645\u062f\u0631\u0633\u0629 \u5b66\u6821",
    "A" * 200,
    "line\nbreak\x00\x07tab\t",
)


def about(school: str = "", link: str = "") -> About:
    return About(
        campaign="Made-Up Technicians’ Day",
        day="Friday 12 March 2027",
        hashtags=["#MADEUPTECHDAY"],
        message="They set up, mend and make safe.",
        address="benchside.example/campaigns/made-up-day/2027/",
        school=school,
        link=link,
    )


def made(piece: Piece, of: About) -> bytes:
    return press.press(piece, words.of_piece(piece, of))


@pytest.fixture(scope="module")
def poppler() -> None:
    services.need("pdfinfo and pdftotext (apt-get install poppler-utils)", shutil.which("pdfinfo"))


def info(pdf: bytes, tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf)
    said = subprocess.run(["pdfinfo", file], capture_output=True, check=True, text=True).stdout
    return dict(re.split(r":\s*", line, maxsplit=1) for line in said.splitlines() if ":" in line)


def text(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True)
    return " ".join(run.stdout.replace("\u200b", "").split())


def structure(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "one.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdfinfo", "-struct", file], capture_output=True, check=True, text=True)
    return run.stdout


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("key", PAGES)
def test_each_piece_is_tagged_titled_and_of_its_size(key: str, tmp_path: Path) -> None:
    said = info(made(PIECES[key], about()), tmp_path)
    width, height, pages = PAGES[key]
    found = [float(number) for number in re.findall(r"[\d.]+", said["Page size"])[:2]]
    assert said["Tagged"] == "yes"
    assert said["Title"] == f"{PIECES[key].title}: Made-Up Technicians’ Day"
    assert int(said["Pages"]) == pages
    assert found == pytest.approx([width * MM, height * MM], abs=0.6)


def test_pdf_ua_is_declared() -> None:
    assert b"pdfuaid" in made(PIECES["poster-a4"], about())


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("key", PAGES)
def test_each_piece_says_whose_day_it_is(key: str, tmp_path: Path) -> None:
    said = text(made(PIECES[key], about("Northmoor High School", "https://x.example/")), tmp_path)
    assert "#MADEUPTECHDAY" in said
    assert "Northmoor High School" in said
    if key != "stickers":  # too small for both: the school stands in place of the day
        assert "March" in said


@pytest.mark.usefixtures("poppler")
def test_only_a_school_s_own_poster_has_a_qr_code(tmp_path: Path) -> None:
    plain = structure(made(PIECES["poster-a4"], about()), tmp_path)
    own = structure(
        made(PIECES["poster-a4"], about("Northmoor High School", "https://x.example/")), tmp_path
    )
    assert (plain.count("Figure"), own.count("Figure")) == (1, 2)


@pytest.mark.usefixtures("poppler")
@pytest.mark.parametrize("school", HOSTILE)
@pytest.mark.parametrize("key", ["poster-a4", "stickers", "slides"])
def test_words_are_never_taken_for_markup(key: str, school: str, tmp_path: Path) -> None:
    pdf = made(PIECES[key], about(school, "https://x.example/"))
    assert int(info(pdf, tmp_path)["Pages"]) == PAGES[key][2]
    if school.startswith("#import") and key == "poster-a4":
        assert "#import" in text(pdf, tmp_path)
        assert "*bold*" in text(pdf, tmp_path)


@pytest.mark.usefixtures("poppler")
def test_a_certificate_names_the_school_or_one_person(tmp_path: Path) -> None:
    of = about("Northmoor High School")
    school = text(press.press(CERTIFICATE, words.of_certificate(of)), tmp_path)
    person = text(press.press(CERTIFICATE, words.of_certificate(of, name="Edie Made-Up")), tmp_path)
    assert "Northmoor High School" in school
    assert "Edie" not in school
    assert "Edie Made-Up" in person
    assert "Northmoor High School said thank you" in person


@pytest.mark.usefixtures("poppler")
def test_the_letter_has_its_figures_in_a_table(tmp_path: Path) -> None:
    of = about("Northmoor High School")
    figures = [("Schools that took part", "412"), ("From your school", "7")]
    made_letter = words.of_letter(of, date="15 March 2027", figures=figures, site="x.example")
    pdf = press.press(LETTER, made_letter)
    said = text(pdf, tmp_path)
    assert "412" in said
    assert "governors of Northmoor High School" in said
    parts = structure(pdf, tmp_path)
    assert "Table" in parts
    assert "H1" in parts
