"""Which files are taken in: what their name says, and nothing that runs."""

import io
import zlib

import pytest
from PIL import Image

from benchside.core import safe_files as files
from benchside.core.safe_files import FileRefused, accept, plain_name
from tests.assessment.showing.making import (
    a_docx,
    a_pdf,
    a_photograph,
    a_pptx,
    a_zip,
    an_xlsx,
    with_parts,
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("Rota.PDF", a_pdf()),
        ("rota.docx", a_docx()),
        ("rota.xlsx", an_xlsx()),
        ("rota.pptx", a_pptx()),
        ("rota.txt", "Wer kommt? Zoë – am Montag.".encode()),
        ("old.txt", "Zoë".encode("cp1252")),
        ("wide.csv", "a,b\r\n1,2".encode("utf-16")),
        ("rota.csv", b"who,when\r\nZoe,Monday"),
    ],
)
def test_what_people_have_is_taken_in_as_it_is(name: str, data: bytes) -> None:
    found = accept(name, data)
    assert (found.data, found.name) == (data, name)
    assert found.ending in files.TYPES


def test_a_photograph_loses_where_it_was_taken_and_keeps_its_name() -> None:
    found = accept("IMG 1.JPEG", a_photograph(b"Northmoor"))
    assert b"Northmoor" not in found.data
    assert not Image.open(io.BytesIO(found.data)).getexif()
    assert found.name == "IMG 1.jpg"


EXE = b"MZ" + bytes(200)
PAGE = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
MACROS = with_parts(a_docx(), {"word/vbaProject.bin": b"x"})


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("page.html", PAGE, "Saved web pages"),
        ("drawing.svg", SVG, "Export the drawing as PNG"),
        ("setup.exe", EXE, "Programs"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("macros.docm", MACROS, "macros"),
        ("things.zip", a_zip({"a": b"b"}), "Unpack it"),
        ("film.mp4", b"", "empty"),
        ("film.mp4", b"\0\0\0 ftypmp42", "add a link"),
        ("odd.xyz", b"x", r"\(.xyz\)"),
        ("noending", b"x", "no ending"),
        ("page.pdf", PAGE, "no PDF, whatever its name says: inside it is a web page"),
        ("prog.pdf", EXE, "inside it is a program"),
        ("photo.pdf", a_photograph(), "inside it is a picture"),
        ("rota.docx", a_pdf(), "inside it is a PDF"),
        ("rota.docx", an_xlsx(), "no Word file"),
        ("rota.xlsx", a_docx(), "no Excel file"),
        ("rota.docx", a_docx()[:-200], "damaged"),
        ("rota.docx", MACROS, "holds macros"),
        ("rota.docx", with_parts(a_docx(), {"word/activeX/activeX1.bin": b"x"}), "macros"),
        ("page.txt", PAGE, "web page"),
        ("drawing.txt", b"\n" + SVG, "web page or drawing"),
        ("prog.txt", EXE, "inside it is a program"),
        ("noise.txt", bytes(range(256)) * 8, "no text file"),
        ("page.png", PAGE, "inside it is a web page"),
        ("drawing.png", SVG, "Export the drawing"),
        ("cut.jpg", a_photograph()[:200], "damaged"),
        ("cut.pdf", a_pdf()[:-400], "not complete"),
    ],
)
def test_everything_else_is_refused_in_words_that_help(name: str, data: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refusal:
        accept(name, data)
    assert refusal.value.remedy.endswith(".")


def test_a_zip_that_unpacks_to_gigabytes_is_refused_before_it_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "MOST_UNPACKED", 3 * 1024 * 1024)
    bomb = with_parts(a_docx(), {"word/media/big.xml": bytes(4 * 1024 * 1024)})
    assert len(bomb) < 100_000
    with pytest.raises(FileRefused, match="unpacks to more than 3 MB"):
        accept("rota.docx", bomb)


def test_a_template_from_elsewhere_is_refused() -> None:
    rels = (
        b'<Relationships><Relationship Id="r1" Type="http://x/attachedTemplate" '
        b'Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>'
    )
    with pytest.raises(FileRefused, match="template from somewhere else"):
        accept("rota.docx", with_parts(a_docx(), {"word/_rels/settings.xml.rels": rels}))


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_that_starts_something_is_refused(packed: bool) -> None:
    """Open to see, and packed into an object stream as PDF 1.5 has it."""
    script = b"<< /S /JavaScript /JS (app.alert(1)) >>"
    if packed:
        inside = zlib.compress(script)
        script = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + inside
        script += b"\nendstream"
    with pytest.raises(FileRefused, match="holds a script"):
        accept("form.pdf", a_pdf()[:9] + script + a_pdf()[9:])


def test_too_large_is_said_in_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BIGGEST", 1024**2)
    with pytest.raises(FileRefused, match="larger than 1 MB"):
        accept("rota.txt", b"x" * (1024**2 + 1))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\Zoe\\rota.pdf", "rota.pdf"),
        ("../../etc/rota.pdf", "rota.pdf"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("a\r\nb\0.pdf", "a b.pdf"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_one_plain_line(name: str, plain: str) -> None:
    assert plain_name(name) == plain
