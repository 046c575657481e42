"""What is carried: the drawn badge as SVG and PNG, and the certificate as PDF, set with typst."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import font_fjallaone
import typst
from PIL import Image

from benchside.assessment.models import StandardVersion
from benchside.careers.classes import qr
from benchside.recognition.credentials import badging
from benchside.recognition.credentials.designs import design_for
from benchside.recognition.credentials.saying import entry_of
from benchside.recognition.models import Credential

FOLDER = Path(__file__).parent / "typst"
STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1: tagged, titled, every figure with words for it
EDGE = "#5B3A8E"  # the colour of recognition
DOTS = 144  # to the inch: a badge is 800 pixels wide
COLOURS = 64
FINE = re.compile(r"-?[0-9]+\.[0-9]{3,}")  # finer than a hundredth of a point nobody sees
SVG_HEAD = re.compile(r"<svg\b[^>]*>")
NO_LETTER = "could not be displayed"


@dataclass(frozen=True, slots=True)
class Face:
    """What stands on a badge."""

    said: str
    title: str
    sub: str
    plate: str
    until: str
    owner: str


def face_of(credential: Credential) -> Face:
    """Of one holder: with its number and its last day."""
    award = credential.award
    general = general_face(award.version, credential.level)
    until = credential.until
    return Face(
        said=general.said,
        title=general.title,
        sub=general.sub or badging.letters_of(award.version.key),
        plate=award.number,
        until=f"Until {until:%-d %B %Y}" if until else "",
        owner=general.owner,
    )


def general_face(version: StandardVersion, level: str = "") -> Face:
    """Of nobody: what the achievement looks like."""
    standard, design = version.standard, design_for(version.key)
    levels = {one.key: one.title for one in standard.levels}
    letters = badging.letters_of(version.key)
    return Face(
        said=design.said if design else "",
        title=badging.name_of(version, ""),
        sub=badging.line(levels.get(level, "")),
        plate=letters or levels.get(level, "") or f"Version {version.version}",
        until="",
        owner=badging.line(badging.keeper_of(version)),
    )


@lru_cache(maxsize=64)
def svg(face: Face) -> str:
    """A picture that asks nobody for anything; letters are shapes, so it looks alike everywhere.

    Raises typst.TypstError if it cannot be set.
    """
    drawn = _compile("badge.typ", _on_badge(face), format="svg").decode()
    drawn = FINE.sub(lambda number: f"{float(number[0]):.2f}", drawn)
    title = ", ".join(part for part in (face.title, face.sub, face.plate) if part)
    named = f'<title id="t">{_escaped(title)}</title>'
    head = SVG_HEAD.search(drawn)
    if head is None:
        raise ValueError("typst drew no picture")
    opened = head[0].removesuffix(">") + ' role="img" aria-labelledby="t">'
    return f"{opened}{named}{drawn[head.end() :]}"


@lru_cache(maxsize=64)
def png(face: Face) -> bytes:
    """800 by 800, the corners clear. Raises typst.TypstError if it cannot be set."""
    drawn = _compile("badge.typ", _on_badge(face), format="png", ppi=DOTS)
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as picture:
        small = picture.convert("RGBA").quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
        small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _on_badge(face: Face) -> dict[str, Any]:
    return {**asdict(face), "edge": EDGE}


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def certificate(credential: Credential) -> bytes:
    """A PDF to be framed, with the credential itself inside as a file. Raises typst.TypstError.

    A name in letters that our fonts lack keeps it from claiming PDF/UA, and nobody from having it.
    """
    try:
        return _certificate(credential, to_standard=True)
    except typst.TypstError as problem:
        if NO_LETTER not in str(problem):
            raise
        return _certificate(credential, to_standard=False)


def _certificate(credential: Credential, *, to_standard: bool) -> bytes:
    return _compile(
        "certificate.typ",
        _on_certificate(credential),
        format="pdf",
        pdf_standards=STANDARD if to_standard else None,
    )


def _on_certificate(credential: Credential) -> dict[str, Any]:
    award, entry = credential.award, entry_of(credential.award)
    version, address = award.version, badging.id_of(credential)
    side, path = qr.path(address)
    until = credential.until
    name, face = badging.line(credential.name), face_of(credential)
    letters = badging.letters_of(version.key)
    cells = [
        ("Number", award.number),
        ("Since", f"{badging.awarded_on(award, entry):%-d %B %Y}"),
        ("Believe it until", f"{until:%-d %B %Y}" if until else "no end"),
        ("Standard", f"Version {version.version}"),
    ]
    if entry is not None:
        cells.insert(1, ("Assessed by", badging.line(entry.body.name)))
    return {
        "title": f"{face.title}: {name}",
        "named": f"{name} {letters}".strip(),
        "is_person": bool(letters),
        "what": badging.name_of(version, credential.level),
        "said": face.said,
        "owner": face.owner,
        "cells": cells,
        "address": address,
        "badge": svg(face),
        "qr": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>',
        "credential": credential.document,
        "made": f"{credential.made_at:%-d %B %Y}",
    }


def _compile(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    made: bytes = typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
        **options,
    )
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those of packages alone: a badge looks the same from every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(font_fjallaone.font_directory)])
