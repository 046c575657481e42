"""What stands on each piece of the kit. Plain values in and out; no Django here.

The words are read by pupils, so they are short; all of them are the project's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

STICKERS = ("I thanked a technician today", "Ask me what a technician does", "Technician at work")
MOST_NAME = 80  # letters of a name typed for a certificate


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to download. `paper` and `size` are said beside the button."""

    key: str
    title: str
    template: str
    size: str
    use: str
    symbol: str = ""
    drawings: tuple[str, ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)

    @property
    def filename(self) -> str:
        return f"{self.key}.pdf"


POSTER = "For a board, a door, a corridor."
PIECES = {
    piece.key: piece
    for piece in (
        Piece(
            "poster-a4",
            "Poster, A4",
            "poster.typ",
            "A4",
            POSTER,
            "plan",
            ("main",),
            {"paper": "a4"},
        ),
        Piece(
            "poster-a3",
            "Poster, A3",
            "poster.typ",
            "A3",
            POSTER,
            "plan",
            ("main",),
            {"paper": "a3"},
        ),
        Piece(
            "badges",
            "Badges",
            "badges.typ",
            "A4, ten badges of 85 × 54 mm",
            "Cut along the lines. Write your name and your job.",
            "figure-coat",
        ),
        Piece(
            "slides",
            "Assembly slides",
            "slides.typ",
            "six slides, 16:9",
            "Ten minutes for a hall or a tutor group.",
            "laptop",
            ("main", "workshop", "stage"),
        ),
        Piece(
            "stickers",
            "Stickers",
            "stickers.typ",
            "A4, 21 labels of 63.5 × 38.1 mm",
            "Fits the label sheets sold as L7160. Print at full size, not “fit to page”.",
            "printer",
        ),
    )
}
CERTIFICATE = Piece("certificate", "Certificate", "certificate.typ", "A4", "", drawings=("main",))
LETTER = Piece("letter", "Letter", "letter.typ", "A4", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose day it is. `day` as "Friday 12 March 2027"; `school` and `link` may be empty.

    `address` is printed, `link` is what the QR code opens.
    """

    campaign: str
    day: str
    hashtags: Sequence[str]
    message: str
    address: str
    school: str = ""
    link: str = ""


def of_piece(piece: Piece, about: About) -> dict[str, Any]:
    """All words of one piece of the kit, as its template takes them."""
    return {
        **_common(about, f"{piece.title}: {about.campaign}"),
        **piece.inputs,
        "headline": f"Thank a technician on {_short_day(about.day)}",
        "badge": "I make it happen",
        "stickers": list(STICKERS),
        "slides": _slides(about),
    }


def of_certificate(about: About, *, name: str = "") -> dict[str, Any]:
    """For the school, or for one person of it when a name is given. The name goes nowhere else."""
    name = " ".join(name.split())[:MOST_NAME]
    if name:
        words = (
            f"On {about.day} {about.school} said thank you to its technicians. "
            f"{name} is one of them. Lessons, shows and experiments work because of what they do."
        )
    else:
        words = (
            f"This school took part in {about.campaign} on {about.day}. "
            "It showed what its technicians do, and it said thank you."
        )
    return {
        **_common(about, f"Certificate: {about.campaign}"),
        "recipient": name or about.school,
        "words": words,
    }


def of_letter(
    about: About, *, date: str, figures: Sequence[tuple[str, str]], site: str
) -> dict[str, Any]:
    """Thanks to the leaders of a school, with the figures of the day as (what, number)."""
    return {
        **_common(about, f"Thank you: {about.campaign}"),
        "date": date,
        "greeting": f"To the head and governors of {about.school}",
        "heading": "Your school showed its technicians",
        "paragraphs": [
            f"On {about.day} your school took part in {about.campaign}. Somebody on your staff "
            "signed you up, put up the posters and told others why. Please thank them.",
            "A technician plans, builds, mends and keeps people safe, and is seldom seen doing "
            "it. A day like this is a start. A title that fits the job, time to learn and a "
            "place in your plans are what come next.",
        ],
        "figures": [list(pair) for pair in figures],
        "close": "With thanks from all of us.",
        "signed": f"The team of {about.campaign}, on {site}",
    }


def _common(about: About, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "title-short": about.campaign,
        "campaign": about.campaign,
        "day": about.day,
        "hashtags": " ".join(about.hashtags),
        "message": about.message,
        "school": about.school,
        "address": about.address,
        "link": about.link,
    }


def _short_day(day: str) -> str:
    """ "Friday 12 March" of "Friday 12 March 2027": the year stands in the plate."""
    return day.rsplit(" ", 1)[0]


def _slides(about: About) -> list[dict[str, Any]]:
    return [
        _slide("main", f"{about.campaign}", f"{about.day}. A day to see who makes it happen."),
        _slide(
            "workshop",
            "Who makes it happen here?",
            "Who got the kit out before your last practical?",
            "Who mended it when it broke?",
            "Who made sure that nobody got hurt?",
        ),
        _slide(
            "main",
            "That is a technician",
            "They set up, test, build and mend.",
            "They know how each thing works, and what to do when it does not.",
            "They work in labs, workshops, studios, kitchens and computer rooms.",
        ),
        _slide(
            "stage",
            "Not just in school",
            "A film set, a hospital, a wind farm, a zoo.",
            "All of them need technicians.",
            "You can train at 16, and be paid while you learn.",
        ),
        _slide(
            "workshop",
            "Do one thing today",
            "Find a technician and say thank you.",
            "Ask: what is the best part of your job?",
            "Ask: how did you learn to do it?",
        ),
        _slide(
            "main",
            "Thank you",
            f"Tell others with {' and '.join(about.hashtags) or 'your own words'}.",
            qr=True,
        ),
    ]


def _slide(drawing: str, heading: str, *lines: str, qr: bool = False) -> dict[str, Any]:
    return {"drawing": drawing, "heading": heading, "lines": list(lines), "qr": qr}
