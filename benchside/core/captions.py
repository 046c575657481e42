"""Captions: read from WebVTT or SubRip, written again as plain WebVTT.

Only times and words cross. Styles, regions, notes, positions and tags are left behind, so that a
caption cannot paint over the page, and every `&` and `<` of the words is written as an entity.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_BYTES = 1024 * 1024
MAX_CUES = 5_000
MAX_WORDS = 600  # characters of one cue
LONGEST = 4 * 60 * 60  # seconds

TIME = r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)[.,](\d{1,3})"
TIMES = re.compile(rf"\s*{TIME}\s+-->\s+{TIME}(?:\s.*)?")
TAG = re.compile(r"</?[a-zA-Z0-9.:_-]*(?:\s[^<>]*)?>")
NOT_CUES = ("WEBVTT", "NOTE", "STYLE", "REGION")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class CaptionsRefused(ValueError):  # noqa: N818 - reads as what happened
    """Captions that cannot be used. The message names the line and says what to do."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words on the screen from `start` to `end`, in seconds. `words` may have line breaks."""

    start: float
    end: float
    words: str


def read(data: bytes | str) -> list[Cue]:
    """The cues of a WebVTT or SubRip file, by time. Raises CaptionsRefused."""
    lines = _text(data).splitlines()
    cues = [cue for number, block in _blocks(lines) if (cue := _cue(number, block))]
    if not cues:
        raise CaptionsRefused("There are no captions in this file. Choose a .vtt or .srt file.")
    if len(cues) > MAX_CUES:
        raise CaptionsRefused(f"There are more than {MAX_CUES} captions. Join some of them.")
    return sorted(cues, key=lambda cue: (cue.start, cue.end))


def write(cues: Sequence[Cue]) -> str:
    """WebVTT of the cues, and nothing but them."""
    parts = ["WEBVTT"]
    parts += [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{_escaped(cue.words)}" for cue in cues]
    return "\n\n".join(parts) + "\n"


def transcript(cues: Sequence[Cue]) -> str:
    """The words alone, one line a cue: where a transcript may begin."""
    return "\n".join(" ".join(cue.words.split()) for cue in cues)


def _text(data: bytes | str) -> str:
    if len(data) > MAX_BYTES:
        raise CaptionsRefused("This file is larger than 1 MB. Choose the captions alone.")
    if isinstance(data, bytes):
        try:
            data = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise CaptionsRefused("These captions are not UTF-8. Save them as UTF-8.") from error
    return CONTROLS.sub("", data.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> Cue | None:
    if block[0].startswith(NOT_CUES):
        return None
    at = next((place for place, line in enumerate(block[:2]) if "-->" in line), None)
    if at is None:
        raise CaptionsRefused(f"Line {number} has no time. Write 00:01.000 --> 00:04.000 above it.")
    found = TIMES.fullmatch(block[at])
    if found is None:
        raise CaptionsRefused(
            f"Line {number + at} has a time we cannot read. Write it as 00:01.000 --> 00:04.000."
        )
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if not start < end <= LONGEST:
        raise CaptionsRefused(f"Line {number + at} ends before it begins. Put the times right.")
    words = _plain("\n".join(block[at + 1 :]))
    if len(words) > MAX_WORDS:
        raise CaptionsRefused(f"The caption at line {number + at} is too long. Part it in two.")
    return Cue(start, end, words) if words else None


def _plain(words: str) -> str:
    bare = html.unescape(TAG.sub("", words))
    bare = CONTROLS.sub("", bare).replace("-->", "→")
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, part = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole + int((part or "0").ljust(3, "0")) / 1000


def _stamp(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
