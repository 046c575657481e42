"""Films made safe: every frame and every sample decoded and drawn anew, and nothing else kept.

What comes out is one kind of file, an MP4 of H.264 and AAC that starts at once and plays
everywhere, upright, at most 1920 pixels a side and 30 frames a second, with a poster. Place,
names, chapters, subtitles, time codes and attachments have no way across, because only pixels and
samples cross. `core.storage` lets no other film in.

It takes about as long as the film lasts, so it is a task's work: see `core.films`.
"""

import json
import logging
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from benchside.core.media import BRANDS, SafeImage, make_safe

logger = logging.getLogger(__name__)

MAX_BYTES = 500 * 1024 * 1024
# What the child process is held to; `film_redraw.Limits` says in which units.
LIMITS = {
    "seconds": 600,
    "pixels": 3840 * 2160 + 65_536,
    "longest": 1920,
    "streams": 12,
    "work": 3600,
}
WALL_SECONDS = 3600
HERE = Path(__file__).resolve().parents[2]  # where `benchside` is imported from

FILM_NAMES = (
    ".mp4", ".m4v", ".mov", ".qt", ".webm", ".mkv", ".avi", ".mpg", ".mpeg", ".3gp", ".3g2",
    ".wmv", ".flv", ".ts", ".mts", ".m2ts", ".m4a", ".mp3", ".ogg", ".ogv", ".wav",
)  # fmt: skip
ATOMS = {b"moov", b"mdat", b"wide", b"skip"}
SIGNATURES = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"\0\0\x01\xba",  # MPEG programme stream
    b"FLV\x01",
    b"0&\xb2u\x8ef\xcf\x11",  # ASF, WMV
    b"OggS",
    b"ID3\x02",
    b"ID3\x03",
    b"ID3\x04",
)

REMEDIES = {
    "empty": "This file is empty. Choose the film again.",
    "too_large": "This film is larger than 500 MB. Save a shorter or smaller copy and choose that.",
    "too_long": "This film is longer than ten minutes. Cut it and choose the shorter one.",
    "too_many_pixels": "This film is larger than 4K. Save it at 1080p and choose that.",
    "too_many_streams": (
        "This film holds too many tracks. Export it with one picture and one sound track "
        "and choose that."
    ),
    "no_film": "There is no moving picture in this file. Choose a film.",
    "unknown": "This is not a film we can use. Save it as MP4, MOV or WebM and choose that.",
    "broken": "This film is damaged or not complete. Open it, save it again and choose that.",
    "unprepared": "Films are not taken in here. Choose a story and put the film there.",
}


class FilmRefused(ValidationError):  # noqa: N818 - reads as what happened
    """A film that is not taken in. `code` is a key of REMEDIES; the message says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(REMEDIES[code], code=code)


@dataclass(frozen=True, slots=True)
class Shape:
    """Length in seconds, size in pixels, whether there is sound."""

    seconds: float
    width: int
    height: int
    has_sound: bool


class SafeFilm(File):
    """The film that may be stored. Only `make_safe_film` makes it."""

    def __init__(self, file: IO[bytes], shape: Shape, poster: SafeImage) -> None:
        super().__init__(file, name=f"{secrets.token_hex(6)}.mp4")
        self.shape, self.poster = shape, poster


def looks_like_film(name: str, head: bytes) -> bool:
    """Whether a file, by its first bytes or by its name, would be played as film or sound."""
    return (
        name.lower().endswith(FILM_NAMES)
        or head.startswith(SIGNATURES)
        or (head[4:8] == b"ftyp" and head[8:12] not in BRANDS)
        or (head[4:8] in ATOMS and head[0] < 32)  # their length, not letters
        or (head[:4] == b"RIFF" and head[8:12] in {b"AVI ", b"WAVE"})
        or (head[:1] == b"G" and head[188:189] == b"G" and head[376:377] == b"G")
    )


@contextmanager
def made_safe(file: File | IO[bytes], *, limits: Mapping[str, int] = LIMITS) -> Iterator[SafeFilm]:
    """Draw an upload anew; the film lies in a temporary folder for as long as the body runs.

        with made_safe(upload) as safe:
            film.file.save(safe.name, safe)

    Raises FilmRefused. Takes about as long as the film lasts.
    """
    with TemporaryDirectory(prefix="benchside-film-") as name:
        folder = Path(name)
        source = folder / "incoming"
        _copy(file, source)
        shape = _redrawn(source, folder, limits)
        poster = make_safe(ContentFile((folder / "poster.jpg").read_bytes(), name="poster.jpg"))
        with (folder / "film.mp4").open("rb") as drawn:
            yield SafeFilm(drawn, shape, poster)


def make_safe_film(file: File | IO[bytes]) -> SafeFilm:
    """The same for a film that is short enough to be held in memory. Raises FilmRefused."""
    with made_safe(file) as safe:
        return SafeFilm(ContentFile(safe.read()), safe.shape, safe.poster)


def _copy(file: File | IO[bytes], target: Path) -> None:
    file.seek(0)
    head = file.read(1024)
    if not head:
        raise FilmRefused("empty")
    if not looks_like_film("", head):
        raise FilmRefused("unknown")
    file.seek(0)
    if (size := getattr(file, "size", None)) is not None and size > MAX_BYTES:
        raise FilmRefused("too_large")
    with target.open("wb") as copy:
        shutil.copyfileobj(file, copy, 1024 * 1024)
    if target.stat().st_size > MAX_BYTES:
        raise FilmRefused("too_large")


def _redrawn(source: Path, folder: Path, limits: Mapping[str, int]) -> Shape:
    command = [
        sys.executable, "-m", "benchside.core.film_redraw",
        str(source), str(folder), json.dumps(dict(limits)),
    ]  # fmt: skip
    try:
        ended = subprocess.run(  # noqa: S603 - our own module, no shell, no words of a visitor
            command, cwd=HERE, env={"PATH": "/usr/bin:/bin"},
            capture_output=True, timeout=WALL_SECONDS, check=False,
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(ended.stdout)
    except subprocess.TimeoutExpired as error:
        raise FilmRefused("broken") from error
    except ValueError as error:  # it fell over
        logger.warning(
            "Drawing a film anew ended with %s: %s", ended.returncode, ended.stderr[-300:]
        )
        raise FilmRefused("broken") from error
    if code := answer.get("refused"):
        raise FilmRefused(code)
    return Shape(**answer)
