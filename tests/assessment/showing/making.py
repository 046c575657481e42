"""Files as their own programs write them, and a standard that two people sign."""

import io
import zipfile

import docx
import openpyxl
import typst
from PIL import Image

from benchside.assessment.actions import add_link, save_statement
from benchside.assessment.models import Submission
from benchside.assessment.standards import SignOff, Standard, SupporterRules
from benchside.core.actions import Actor

WORDS = "This is true, and I stand by it."
LEAD = SignOff(key="lead", title="Lead", right="lead", words=WORDS)


def two_steps(standard: Standard, *, supporters: SupporterRules | None = None) -> Standard:
    """The same, signed by the lead and then by the head."""
    steps = (LEAD, *standard.sign_offs)
    return standard.model_copy(update={"sign_offs": steps, "supporters": supporters})


def a_pdf(words: str = "A rota") -> bytes:
    return bytes(typst.compile(f"#set document(date: none)\n{words}".encode(), format="pdf"))


def a_docx(words: str = "A rota") -> bytes:
    file, out = docx.Document(), io.BytesIO()
    file.add_paragraph(words)
    file.save(out)
    return out.getvalue()


def an_xlsx() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "Rota"
    book.save(out)
    return out.getvalue()


def a_pptx() -> bytes:
    return a_zip({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"})


def a_zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """An Office file with something more in it."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, more in parts.items():
            archive.writestr(name, more)
    return out.getvalue()


def a_photograph(place: bytes = b"Northmoor") -> bytes:
    """A JPEG with a place written into its EXIF."""
    image, out = Image.new("RGB", (64, 48), "grey"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = place.decode()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def complete(actor: Actor, submission: Submission) -> None:
    for key in ("clear", "mended"):
        number = submission.statements.get(criterion=key).number
        save_statement(
            actor=actor, submission=submission, criterion=key, text=f"Yes, {key}.", based_on=number
        )
    add_link(
        actor=actor,
        submission=submission,
        title="Log",
        url="https://example.org/log",
        serves={"mended": "Who mended what"},
    )
