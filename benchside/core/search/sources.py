"""The rooms that have something to be found, and what their readers call things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchside.core.registries import Registry
from benchside.core.search.documents import Document
from benchside.core.search.thesaurus import Thesaurus, join


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSource:
    """One kind of thing to be found, offered by the room that owns it.

    documents  called with keys, gives those of them that may be found by anybody; with None, all
    plural     what several of them are called on a page: "Roles"
    thesaurus  what people call these things; called once
    """

    key: str
    plural: str
    documents: Callable[[Iterable[str] | None], Iterable[Document]]
    thesaurus: Callable[[], Thesaurus] = field(default=Thesaurus)
    order: int = 0


search_sources: Registry[SearchSource] = Registry("search sources")


class _Held:
    """The thesaurus of all sources, joined once; made again when the sources differ."""

    def __init__(self) -> None:
        self._sources: tuple[SearchSource, ...] = ()
        self._thesaurus = Thesaurus()

    def get(self) -> Thesaurus:
        sources = tuple(search_sources)
        if sources != self._sources:
            self._thesaurus = join(source.thesaurus() for source in sources)
            self._sources = sources
        return self._thesaurus


_held = _Held()


def thesaurus() -> Thesaurus:
    return _held.get()
