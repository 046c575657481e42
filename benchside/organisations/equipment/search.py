"""What equipment says to the search: public items only."""

from collections.abc import Iterable, Iterator

from benchside.core.search.documents import Document, Line, Part
from benchside.core.search.sources import SearchSource, search_sources
from benchside.organisations.actions.equipment import SEARCHED
from benchside.organisations.models import Equipment


def _documents(keys: Iterable[str] | None) -> Iterator[Document]:
    found = Equipment.objects.public().select_related("organisation", "kit", "unit")
    if keys is not None:
        found = found.filter(pk__in=list(keys))
    return (_document(one) for one in found.order_by("pk"))


def _document(one: Equipment) -> Document:
    lines = [Line(Part.TERM, "At", one.organisation.name)]
    for label, text in (
        ("Technique", one.technique),
        ("Made by", " ".join(filter(None, [one.manufacturer, one.model]))),
        ("Kind of kit", one.kit.name if one.kit else ""),
    ):
        if text:
            lines.append(Line(Part.TERM, label, text))
    return Document(
        kind=SEARCHED,
        key=str(one.pk),
        title=one.name,
        url=one.get_absolute_url(),
        summary=f"{one.get_kind_display()} at {one.organisation.name}.",
        lines=tuple(lines),
        prose=one.description,
        boost=-20,
    )


EQUIPMENT = search_sources.register(
    SearchSource(key=SEARCHED, plural="Equipment", documents=_documents, order=6)
)
