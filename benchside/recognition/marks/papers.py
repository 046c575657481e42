"""What a holder shows: the certificate as PDF, and the banner for its website."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award
from benchside.recognition.models import Mark

FOLDER = Path(__file__).parent / "typst"
MOST_NAME = 34  # letters of a name that fit on a line of the banner


def public_address(mark: Mark, award: Award) -> str:
    return f"{settings.BASE_URL}{reverse('recognition:award', args=[mark.slug, award.number])}"


def certificate(mark: Mark, award: Award) -> bytes:
    """A PDF, tagged, with title and language. Raises typst.TypstError if it cannot be set."""
    data: dict[str, Any] = {
        "title": f"{mark.name}: {awarding.holder_of(award)}",
        "mark": mark.name,
        "holder": awarding.holder_of(award),
        "level": awarding.level_of(award),
        "number": award.number,
        "from": f"{award.period_start:%-d %B %Y}",
        "until": f"{award.period_end:%-d %B %Y}" if award.period_end else "",
        "version": award.version.version,
        "owner": award.version.standard.owner,
        "address": public_address(mark, award),
    }
    return typst.compile(
        FOLDER / "certificate.typ",
        root=FOLDER,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
    )


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The ones inside the typst wheel: a certificate looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def banner(mark: Mark, award: Award) -> str:
    """An SVG that asks nobody for anything: drawn shapes and words."""
    holder = awarding.holder_of(award)
    context = {
        "mark": mark.name,
        "level": awarding.level_of(award),
        "holder": holder if len(holder) <= MOST_NAME else f"{holder[: MOST_NAME - 1]}…",
        "number": award.number,
        "until": award.period_end,
    }
    return render_to_string("recognition/marks/banner.svg", context)
