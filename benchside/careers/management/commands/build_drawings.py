"""Make static/careers/tools.svg from the tool symbols, and check every role's drawing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from benchside.careers import drawing, pictures
from benchside.careers.drawing import DrawingError, Spec


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if stale")
        parser.add_argument(
            "--sheet", type=Path, help="also write a page with all drawings, to be looked at"
        )

    def handle(self, *, check: bool, sheet: Path | None, **options: Any) -> None:
        try:
            library = pictures.library()
            entries = drawing.read_entries(pictures.ENTRIES)
            specs = {number: Spec.of(entry) for number, entry in entries.items()}
            for spec in specs.values():
                drawing.arrange(spec, library)
        except DrawingError as problem:
            raise CommandError(str(problem)) from problem
        made = drawing.sprite(library)
        if check and made != _read(pictures.SPRITE):
            raise CommandError("tools.svg is stale: run manage.py build_drawings and commit it")
        if not check:
            pictures.SPRITE.parent.mkdir(parents=True, exist_ok=True)
            pictures.SPRITE.write_text(made)
        if sheet:
            sheet.write_text(_page(specs, entries))
        self.stdout.write(f"{len(library.symbols)} symbols, {len(specs)} drawings")


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _page(specs: dict[int, Spec], entries: dict[int, dict[str, Any]]) -> str:
    figures = format_html_join(
        "",
        '<figure><svg width="480" height="360" viewBox="0 0 480 360">{}</svg>'
        "<figcaption>{} {}</figcaption></figure>",
        (
            (mark_safe(pictures.composed(spec)), number, entries[number]["alt"])  # noqa: S308
            for number, spec in sorted(specs.items())
        ),
    )
    return format_html('<!doctype html><meta charset="utf-8"><title>Drawings</title>{}', figures)
