"""The stylesheet is written as many small files and asked for as one.

`core/css/sheet.css` only imports its parts, each into a layer, which a browser can follow as it
stands. This finder, first of STATICFILES_FINDERS, puts every part in the place of its import, for
the development server and for collectstatic alike. Nothing is compiled or renamed.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

NAME = "core/css/sheet.css"
SOURCE = Path(__file__).parent / "static" / NAME
IMPORT = re.compile(
    r'^@import url\("(?P<part>[a-z0-9/-]+\.css)"\) layer\((?P<layer>[a-z]+)\);$', re.M
)
COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)


def joined(source: Path = SOURCE) -> str:
    """The text of `source` with each import replaced by the file it names, without comments."""

    def part(match: re.Match[str]) -> str:
        text = (source.parent / match["part"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{\n{COMMENT.sub('', text)}}}"

    return COMMENT.sub("", IMPORT.sub(part, source.read_text(encoding="utf-8")))


class SheetFinder(BaseFinder):
    """Finds the one stylesheet, joined afresh from its parts, in a folder of its own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=settings.VAR / "stylesheets")

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []

    def find(  # type: ignore[override]  # the stubs describe two signatures, Django calls this one
        self, path: str, find_all: bool = False, **kwargs: object
    ) -> str | list[str]:
        if path != NAME:
            return []  # as Django's own finders do: None would count as found
        self._write()
        found = self.storage.path(NAME)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        self._write()
        yield NAME, self.storage

    def _write(self) -> None:
        target, text = Path(self.storage.path(NAME)), joined()
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
