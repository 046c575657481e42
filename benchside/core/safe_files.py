"""Files that may stand as evidence: each is what its name says, and holds nothing that runs.

A reviewer opens what a stranger chose. So pictures are drawn anew, Office files are unpacked up to
a limit and looked through, a PDF must be whole and without scripts, text must be text. All else is
refused in words that say what to do. Files are handed out as downloads that no browser runs; this
is the second lock, not the first.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath, PureWindowsPath

from benchside.core.media import PictureRefused, make_safe

BIGGEST = 25 * 1024 * 1024
LONGEST_NAME = 120
MOST_PARTS = 3_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_OF_OBJECTS = 64 * 1024 * 1024
MOST_STREAMS = 5_000
CHUNK = 256 * 1024

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# By the ending of a name: what a browser is told it is.
TYPES = {
    ".pdf": "application/pdf",
    ".docx": WORD,
    ".xlsx": SHEET,
    ".pptx": SLIDES,
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
}
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".avif", ".gif")
ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.txt,.csv,image/jpeg,image/png,image/webp,.heic,.heif,.avif"
IN_WORDS = "a PDF, a Word, Excel or PowerPoint file, a picture, or plain text"
MAIN_PART = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".pptx": "ppt/presentation.xml",
}
CALLED = {".docx": "Word file", ".xlsx": "Excel file", ".pptx": "PowerPoint file"}
SIGNED_BY = [
    (b"%PDF-", "a PDF"),
    (b"PK", "a zip, as Word and Excel use it"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a program"),
    (b"\xd0\xcf\x11\xe0", "an older Office file"),
    (b"{\\rtf", "a rich text file"),
]
PAGE = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype|html|head|body|script|svg|iframe)\b",
    re.I | re.S,
)
SCRIPTS = re.compile(rb"/(JavaScript|Launch|RichMedia)\b")
OBJECTS = re.compile(rb"/ObjStm\b.{0,600}?\bstream\r?\n", re.S)
OUTSIDE = re.compile(
    rb"attachedTemplate[^>]*TargetMode=\"External\"|TargetMode=\"External\"[^>]*attachedTemplate"
)

PROGRAMS = {
    ".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".js", ".mjs", ".vbs", ".ps1", ".sh", ".jar",
    ".app", ".apk", ".dll", ".py", ".lnk",
}  # fmt: skip
REFUSED = {
    **dict.fromkeys(
        PROGRAMS, ("Programs are not taken in.", "Show what it does: a screenshot, or a PDF.")
    ),
    **dict.fromkeys(
        (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".xml"),
        ("Saved web pages are not taken in.", "Add its address as a link, or print it to a PDF."),
    ),
    ".svg": ("SVG drawings are not taken in.", "Export the drawing as PNG, and choose that."),
    **dict.fromkeys(
        (".doc", ".xls", ".ppt", ".rtf"),
        (
            "This is the format of an older Office.",
            "Open it, save it as .docx, .xlsx, .pptx or PDF, and choose that.",
        ),
    ),
    **dict.fromkeys(
        (".docm", ".xlsm", ".pptm", ".dotm", ".xltm", ".xlsb"),
        ("This file may hold macros.", "Save it as .docx, .xlsx or .pptx, and choose that."),
    ),
    **dict.fromkeys(
        (".odt", ".ods", ".odp", ".pages", ".numbers", ".key"),
        ("This format is not taken in.", "Save it as PDF or in an Office format."),
    ),
    **dict.fromkeys(
        (".zip", ".rar", ".7z", ".gz", ".tar"),
        ("Packed files are not taken in.", "Unpack it, and add the files one by one."),
    ),
    **dict.fromkeys(
        (".mp4", ".mov", ".avi", ".mkv", ".webm", ".mp3", ".m4a", ".wav"),
        ("Films and sound are not taken in.", "Put it where it can be seen, and add a link."),
    ),
}


class FileRefused(ValueError):  # noqa: N818 - reads as what happened
    """A file that is not taken in: what is wrong, and what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        self.message, self.remedy = message, remedy
        super().__init__(f"{message} {remedy}")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What may be stored: the bytes, the name people know it by, and the ending that is true."""

    data: bytes
    name: str
    ending: str
    is_picture: bool = False


def accept(name: str, data: bytes) -> Accepted:
    """The file as it may be stored. Raises FileRefused."""
    shown = plain_name(name)
    ending = PurePosixPath(shown).suffix.lower()
    if not data:
        raise FileRefused("This file is empty.", "Choose it again, or another.")
    if len(data) > BIGGEST:
        raise FileRefused(
            f"This file is larger than {BIGGEST // 1024**2} MB.",
            "Save a smaller copy, or add a link to where it is kept.",
        )
    if ending in REFUSED:
        raise FileRefused(*REFUSED[ending])
    if ending in PICTURES:
        return _picture(shown, data)
    check = CHECKS.get(ending)
    if check is None:
        raise FileRefused(f"A file of this kind is not taken in{_named(ending)}.",
                          f"Choose {IN_WORDS}.")  # fmt: skip
    check(ending, data)
    return Accepted(data, shown, ending)


def plain_name(name: str) -> str:
    """The last part of a name as one line, without what could mislead, its ending kept."""
    last = PureWindowsPath(str(name).replace("\0", "")).name
    line = " ".join("".join(s if s.isprintable() else " " for s in last).split()) or "file"
    stem, dot, ending = line.rpartition(".")
    if not dot or not stem or len(ending) > 8:
        return line[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _named(ending: str) -> str:
    return f" ({ending})" if ending else ": its name has no ending"


def _begins_like(data: bytes) -> str:
    if PAGE.match(data[:2048]):
        return "a web page or drawing"
    return next((words for sign, words in SIGNED_BY if data.startswith(sign)), "something else")


def _not_what_it_says(kind: str, data: bytes) -> FileRefused:
    return FileRefused(
        f"This is no {kind}, whatever its name says: inside it is {_begins_like(data)}.",
        f"Open it in its program, save it as a {kind}, and choose that.",
    )


def _picture(name: str, data: bytes) -> Accepted:
    try:
        safe = make_safe(io.BytesIO(data))
    except PictureRefused as refusal:
        if refusal.code == "unknown":
            raise _not_what_it_says("picture", data) from refusal
        message, _, remedy = str(refusal.messages[0]).partition(". ")
        raise FileRefused(f"{message.rstrip('.')}.", remedy or "Choose another.") from refusal
    ending = PurePosixPath(str(safe.name)).suffix
    return Accepted(safe.read(), f"{PurePosixPath(name).stem}{ending}", ending, is_picture=True)


# --- PDF ----------------------------------------------------------------------------------------
def _check_pdf(_: str, data: bytes) -> None:
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        raise _not_what_it_says("PDF", data)
    if b"%%EOF" not in data[-2048:]:
        raise FileRefused("This PDF is not complete.", "Save or scan it again, and choose that.")
    if SCRIPTS.search(data) or any(SCRIPTS.search(part) for part in _objects(data)):
        raise FileRefused(
            "This PDF holds a script or starts something.",
            "Print it to a new PDF, which leaves that out, and choose the new one.",
        )


def _objects(data: bytes) -> list[bytes]:
    """What lies packed in the object streams of a PDF, up to a limit. What does not unpack is
    nothing a reader could run."""
    found, left = [], MOST_OF_OBJECTS
    for begin in islice(OBJECTS.finditer(data), MOST_STREAMS):
        ends = data.find(b"endstream", begin.end())
        packed = data[begin.end() : ends if ends > 0 else None]
        try:
            part = zlib.decompressobj().decompress(packed, left)
        except zlib.error:
            continue
        found.append(part)
        left -= len(part)
        if left <= 0:
            raise FileRefused("This PDF unpacks to too much.", "Print it to a new PDF.")
    return found


# --- Word, Excel, PowerPoint ----------------------------------------------------------------------
def _check_office(ending: str, data: bytes) -> None:
    kind = CALLED[ending]
    if not data.startswith(b"PK"):
        raise _not_what_it_says(kind, data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _damaged(kind) from error
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise _damaged(kind)
    if len(parts) > MOST_PARTS:
        raise FileRefused(f"This {kind} has too many parts.", "Save it as PDF, and choose that.")
    if "[Content_Types].xml" not in names or MAIN_PART[ending] not in names:
        raise FileRefused(
            f"This is no {kind}, whatever its name says.",
            f"Open it, save it as a {kind}, and choose that.",
        )
    _look_through(archive, parts, kind)


def _look_through(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], kind: str) -> None:
    left = MOST_UNPACKED
    for part in parts:
        lower = part.filename.lower()
        if lower.endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) or "activex" in lower:
            raise _macros(kind)
        head = b""
        for chunk in _unpacked(archive, part, kind):
            left -= len(chunk)
            if left < 0:
                limit = MOST_UNPACKED // 1024**2
                raise FileRefused(
                    f"This {kind} unpacks to more than {limit} MB.",
                    "Make the pictures in it smaller, or save it as PDF.",
                )
            head = head or chunk
        _check_part(lower, head, kind)


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, kind: str) -> Iterator[bytes]:
    """The part in small pieces, whatever its header claims of its size."""
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or part.flag_bits & 1:
        raise _damaged(kind)
    try:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except FileRefused:
        raise
    except Exception as error:  # a reader of zips may raise anything on hostile bytes
        raise _damaged(kind) from error


def _check_part(name: str, head: bytes, kind: str) -> None:
    if name == "[content_types].xml" and b"macroenabled" in head.lower():
        raise _macros(kind)
    if name.endswith(".rels") and OUTSIDE.search(head):
        raise FileRefused(
            f"This {kind} takes its template from somewhere else.",
            "Save it as PDF, and choose that.",
        )


def _damaged(kind: str) -> FileRefused:
    return FileRefused(f"This {kind} is damaged.", "Open it, save it again, and choose that.")


def _macros(kind: str) -> FileRefused:
    return FileRefused(f"This {kind} holds macros.", "Save it without them, and choose that.")


# --- text -----------------------------------------------------------------------------------------
def _check_text(_: str, data: bytes) -> None:
    if PAGE.match(data[:2048]):
        raise FileRefused(
            "This is a web page or drawing, whatever its name says.",
            "Add its address as a link, or print it to a PDF.",
        )
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(not (sign.isprintable() or sign in "\r\n\t\f\ufeff") for sign in text[:200_000])
    if "\0" in text or odd * 50 > len(text[:200_000]) or data.startswith((b"MZ", b"PK", b"%PDF")):
        raise _not_what_it_says("text file", data)


CHECKS: dict[str, Callable[[str, bytes], None]] = {
    ".pdf": _check_pdf,
    ".docx": _check_office,
    ".xlsx": _check_office,
    ".pptx": _check_office,
    ".txt": _check_text,
    ".csv": _check_text,
}
