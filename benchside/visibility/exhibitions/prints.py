"""Panels made ready to print: what stands on each sheet, and the picture it is printed from."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from django.conf import settings
from django.http import HttpResponse

from benchside.core.models import Picture
from benchside.visibility.exhibitions.sheets import setting
from benchside.visibility.exhibitions.sheets.setting import Sheet
from benchside.visibility.models import Exhibition, Panel


def picture_of(panel: Panel) -> Picture | None:
    if panel.story is not None:
        return panel.story.photo
    return panel.photo.picture if panel.photo is not None else None


def response(exhibition: Exhibition, panels: Sequence[Panel], *, with_bleed: bool) -> HttpResponse:
    """The sheets of these panels, which may all be printed, as one PDF."""
    pictures = {f"{panel.pk}": picture_of(panel) for panel in panels}
    files = {name: picture for name, picture in pictures.items() if picture is not None}
    names = {name: f"{name}{PurePosixPath(one.file.name).suffix}" for name, one in files.items()}
    count = exhibition.panels.count()
    sheets = [sheet_of(panel, names.get(f"{panel.pk}", ""), count) for panel in panels]
    data = {names[name]: _bytes_of(picture) for name, picture in files.items()}
    pdf = setting.pdf_of(sheets, data, with_bleed=with_bleed)
    which = f"panel-{panels[0].number}" if len(panels) == 1 else "panels"
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{exhibition.slug}-{which}.pdf"'
    return answer


def warning(panel: Panel) -> str:
    """What is wrong with the picture of a panel for printing, or nothing."""
    picture = picture_of(panel)
    if picture is None:
        return "No picture: the sheet has words alone."
    if setting.is_too_small(picture.width, picture.height):
        dpi = setting.dots_per_inch(picture.width, picture.height)
        return (
            f"{picture.width} by {picture.height} pixels print at {dpi} dots an inch. "
            f"Below {setting.FEWEST_DPI} it looks soft: ask for a larger copy."
        )
    return ""


def link_of(panel: Panel) -> str:
    """Where the QR code leads: the story, or the job the photograph shows, or the exhibition."""
    if panel.story is not None:
        return f"{settings.BASE_URL}/stories/{panel.story.slug}/"
    if panel.photo is not None and panel.photo.role is not None:
        return f"{settings.BASE_URL}{panel.photo.role.get_absolute_url()}"
    return f"{settings.BASE_URL}{panel.exhibition.get_absolute_url()}"


def sheet_of(panel: Panel, picture: str = "", count: int = 0) -> Sheet:
    """What stands on a panel; `picture` is the file it is printed from."""
    source = panel.story or panel.photo
    role = source.role if source is not None else None
    place = panel.story.employer if panel.story else (panel.photo.school if panel.photo else "")
    shown = picture_of(panel)
    return Sheet(
        number=str(panel.number),
        of=str(count),
        heading=panel.heading,
        words=panel.words,
        role=role.title if role else "Technician",
        place=place,
        picture=picture,
        alt=shown.description if shown else "",
        link=link_of(panel),
        exhibition=panel.exhibition.title,
    )


def _bytes_of(picture: Picture) -> bytes:
    with picture.file.open("rb") as file:
        data: bytes = file.read()
    return data
