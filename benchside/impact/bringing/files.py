"""A file opened, whatever made it: refused in words, or its tables."""

from collections.abc import Callable
from pathlib import PurePosixPath

from benchside.impact.bringing.documents import read_document
from benchside.impact.bringing.kinds import BY_NAME, READ, Kind, kind_of
from benchside.impact.bringing.problems import Unreadable
from benchside.impact.bringing.spreadsheets import (
    read_old_workbook,
    read_open_document,
    read_text,
    read_workbook,
)
from benchside.impact.bringing.tables import Source, TooMuch, trimmed

MAX_BYTES = 10 * 1024 * 1024
WANTED = "Bring an Excel workbook (.xlsx, .xls), an .ods, a .csv or a Word document (.docx)."
READERS: dict[Kind, Callable[[bytes], Source]] = {
    Kind.XLSX: read_workbook,
    Kind.XLS: read_old_workbook,
    Kind.ODS: read_open_document,
    Kind.DOCX: read_document,
    Kind.TEXT: read_text,
}
REMEDIES = {
    Kind.MACROS: "Save it without macros, as .xlsx or .docx, and bring that in. "
    "Macros are never opened.",
    Kind.LOCKED: "Open it, take the password off, and save it again.",
    Kind.PDF: "Bring the Word or Excel file it was made from; or open the PDF in Word and save it "
    "as .docx.",
    Kind.DOC: "Open it in Word and save it as .docx.",
    Kind.ODT: "Save it as .docx and bring that in.",
    Kind.BOMB: "Copy the plan into a new file by itself, and bring that in.",
}


def open_file(data: bytes, filename: str) -> Source:
    """The tables of a file. Raises Unreadable, which says what to do."""
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"This file is larger than {MAX_BYTES // 1024**2} MB.",
            "Take the pictures out, or split it, and bring in the parts.",
        )
    if not data.strip():
        raise Unreadable("This file is empty.", "Choose the file that holds the plan.")
    kind = kind_of(data)
    _refuse_what_it_is_not(kind, filename)
    try:
        source = READERS[kind](data)
        tables = trimmed(source.tables)
    except Unreadable:
        raise
    except TooMuch as error:
        raise Unreadable(
            f"This file holds {error.what}; no plan is so large.",
            "Copy the plan into a new file by itself, and bring that in.",
        ) from error
    except BaseException as error:  # a panic in a library is no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit)):
            raise
        raise Unreadable(
            "This file is damaged.", "Open it, save it again, and bring that in."
        ) from error
    if not tables:
        where = "no table" if kind == Kind.DOCX else "nothing"
        raise Unreadable(
            f"There is {where} in this file.",
            "Choose the file in which the plan stands as a table.",
        )
    return Source(tables, source.notes)


def _refuse_what_it_is_not(kind: Kind, filename: str) -> None:
    suffix = PurePosixPath(filename.lower()).suffix
    named = BY_NAME.get(suffix)
    if kind in {Kind.MACROS, Kind.LOCKED, Kind.BOMB}:
        raise Unreadable(f"This is {kind.value}.", REMEDIES[kind])
    if named is not None and kind not in named:
        raise Unreadable(
            f"This file is called {suffix}, but it is {kind.value}.", REMEDIES.get(kind, WANTED)
        )
    if named is None and kind in READ:
        name = f"Its name ends in {suffix}" if suffix else "Its name has no ending"
        raise Unreadable(
            f"{name}, but it is {kind.value}.", f"Give it the name it should have. {WANTED}"
        )
    if kind not in READ:
        raise Unreadable(f"This is {kind.value}.", REMEDIES.get(kind, WANTED))
