"""A small library to search in, offered by no room."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from benchside.core.search.documents import Document, Line, Part
from benchside.core.search.sources import SearchSource, search_sources
from benchside.core.search.thesaurus import read

THESAURUS = {
    "same": [["fix", "mend"]],
    "concept": [
        {"says": "Works outdoors", "ask": ["outside"], "tags": ["outdoors=yes"], "words": ["field"]}
    ],
}


def book(key: str, title: str, *lines: str, tags: str = "", prose: str = "") -> Document:
    """Lines: "Label: text", of names ("Also called"), phrases ("Asked for") or terms."""
    parts = {"Also called": Part.NAME, "Asked for": Part.PHRASE, "In short": Part.SENTENCE}
    parted = (line.split(": ", 1) for line in lines)
    return Document(
        kind="book",
        key=key,
        title=title,
        url=f"/books/{key}/",
        summary=f"About {title}",
        lines=tuple(Line(parts.get(label, Part.TERM), label, text) for label, text in parted),
        tags=frozenset(tags.split()),
        prose=prose,
    )


@dataclass
class Library:
    books: dict[str, Document] = field(default_factory=dict)

    def documents(self, keys: Iterable[str] | None) -> list[Document]:
        wanted = self.books if keys is None else keys
        return [self.books[key] for key in wanted if key in self.books]

    def put(self, *books: Document) -> None:
        self.books |= {each.key: each for each in books}

    def change(self, key: str, **changes: object) -> None:
        self.books[key] = replace(self.books[key], **changes)  # type: ignore[arg-type]


@pytest.fixture
def library(db: None) -> Iterator[Library]:
    """Nothing else can be found while it is open; index it when it is filled."""
    shelf = Library()
    with search_sources.opened():
        search_sources._items.clear()
        search_sources.register(
            SearchSource(
                key="book",
                plural="Books",
                documents=shelf.documents,
                thesaurus=lambda: read(THESAURUS, "test.toml"),
            )
        )
        yield shelf


@pytest.fixture
def books(library: Library) -> Library:
    library.put(
        book("lathe", "The lathe", "Also called: Turning machine", "Kit: Chuck key",
             prose="Metal spins. A sharp tool takes away what is too much."),
        book("planes", "Aircraft at rest", "Asked for: fixes planes", "In short: Mend wings."),
        book("trees", "Forests", "Asked for: works with trees", tags="outdoors=yes"),
        book("sea", "Tides", "Also called: O'Brien's harbour", "Kit: Café chair",
             tags="outdoors=yes", prose="The water comes. The water goes. Nobody fixes it."),
    )  # fmt: skip
    return library
