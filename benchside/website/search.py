"""What the written pages say to the search."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from benchside.core.search.documents import Document, Line, Part
from benchside.core.search.index import index
from benchside.core.search.sources import SearchSource, search_sources
from benchside.website.models import GuidePage, HomePage
from benchside.website.models.pages import SheetPage


def _pages(keys: Iterable[str] | None) -> Iterator[Document]:
    """Pages that everybody may read. The home page is where the search begins, no result."""
    pages = Page.objects.live().public().not_type(HomePage)
    if keys is not None:
        pages = pages.filter(pk__in=keys)
    for page in pages.order_by("pk").specific():
        if isinstance(page, SheetPage) and page.url:
            yield _of_page(page)


def _of_page(page: SheetPage) -> Document:
    return Document(
        kind=PAGES.key,
        key=str(page.pk),
        title=page.title,
        url=page.url,
        summary=page.lead or page.search_description,
        lines=tuple(_lines(page)),
        prose=page.plain_words(),
    )


def _lines(page: SheetPage) -> Iterator[Line]:
    for text in (page.lead, page.search_description):
        if text:
            yield Line(Part.SENTENCE, "In short", text)
    if isinstance(page, GuidePage):
        yield Line(Part.NAME, "For", page.reader)
        for block in page.questions:
            yield Line(Part.PHRASE, "Answers", block.value["question"])


PAGES = search_sources.register(SearchSource(key="page", plural="Pages", documents=_pages, order=3))


# The signals of the CMS are the only place where it says that a page has changed.
@receiver([page_published, page_unpublished])
@receiver(post_delete, sender=Page)  # of its two rows the last to go
def one_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    index(PAGES.key, [str(instance.pk)])


@receiver([page_slug_changed, post_page_move])
@receiver([post_save, post_delete], sender=PageViewRestriction)
def many_changed(sender: type, **kwargs: Any) -> None:
    """The pages below have other addresses, or other readers, too."""
    index(PAGES.key)
