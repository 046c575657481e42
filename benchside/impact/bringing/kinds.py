"""What a file is by its bytes, whatever its name says. No Django in here.

A zip or an old Office file is looked into far enough to tell a workbook from a letter, and to find
macros, which are never opened.
"""

import io
import zipfile
import zlib
from enum import StrEnum

MAX_PARTS = 2_000
MAX_UNPACKED = 120 * 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Kind(StrEnum):
    XLSX = "an Excel workbook"
    XLS = "an old Excel workbook"
    ODS = "an OpenDocument spreadsheet"
    DOCX = "a Word document"
    DOC = "an old Word document"
    ODT = "an OpenDocument text"
    TEXT = "a text table"
    PDF = "a PDF"
    PICTURE = "a picture"
    HTML = "a web page"
    LOCKED = "a file locked with a password"
    MACROS = "a file with macros"
    BOMB = "a file that unpacks to far too much"
    ZIP = "a zip archive"
    OTHER = "no table that we know"


READ = {Kind.XLSX, Kind.XLS, Kind.ODS, Kind.DOCX, Kind.TEXT}
# What a name may hold; .txt is what some programs call a table cut by tabs.
BY_NAME = {
    ".xlsx": {Kind.XLSX},
    ".xls": {Kind.XLS},
    ".ods": {Kind.ODS},
    ".docx": {Kind.DOCX},
    ".csv": {Kind.TEXT},
    ".tsv": {Kind.TEXT},
    ".txt": {Kind.TEXT},
}


def kind_of(data: bytes) -> Kind:
    if data.startswith(b"PK"):
        return _in_zip(data)
    if data.startswith(OLD_OFFICE):
        return _in_old_office(data)
    if data.lstrip()[:5].startswith(b"%PDF"):
        return Kind.PDF
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return Kind.PICTURE
    head = data.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"{\\rtf")):
        return Kind.HTML if b"html" in head else Kind.OTHER
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return Kind.TEXT if wide or b"\0" not in data else Kind.OTHER


def _in_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(parts) > MAX_PARTS or len(set(names)) < len(names):
                return Kind.BOMB
            if any(part.flag_bits & 1 for part in parts):
                return Kind.LOCKED
            if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
                return Kind.MACROS
            if not _unpacks_to_enough(archive, parts):
                return Kind.BOMB
            return _by_parts(archive, set(names))
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError):
        return Kind.OTHER


def _by_parts(archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "word/document.xml" in names:
        return Kind.DOCX
    if "content.xml" in names and "mimetype" in names:
        said = archive.read("mimetype")[:80]
        return Kind.ODS if b"spreadsheet" in said else Kind.ODT
    return Kind.ZIP


def _unpacks_to_enough(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether all parts together stay small, counted as they unpack: headers may lie."""
    left = MAX_UNPACKED
    for part in parts:
        with archive.open(part) as content:
            while some := content.read(1024 * 1024):
                left -= len(some)
                if left < 0:
                    return False
    return True


def _in_old_office(data: bytes) -> Kind:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return Kind.LOCKED
    if holds("_VBA_PROJECT"):
        return Kind.MACROS
    if holds("WordDocument"):
        return Kind.DOC
    return Kind.XLS if holds("Workbook") or holds("Book") else Kind.OTHER
