"""Panels of the page editor that read along: how hard the words are, where links lead."""

import re
from typing import Any

from wagtail.admin.panels import Panel
from wagtail.models import Page

from benchside.core.reading import grade
from benchside.website.plain_words import LIMIT, hardest

PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
LINK_ID = re.compile(r'\bid="(\d+)"')


class ReadingPanel(Panel):
    """The reading grade of the words last saved, with the sentences to mend first."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "website/desk/reading_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, **reading_of(self.instance)}


class LinksPanel(Panel):
    """Links in the text to pages that readers cannot open."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "website/desk/links_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and dead_links(self.instance))

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "dead_links": dead_links(self.instance)}


def reading_of(page: Any) -> dict[str, Any]:
    """grade (one decimal), limit, is_hard and the hardest sentences of a SheetPage."""
    words = page.plain_words()
    found = round(grade(words), 1)
    is_hard = found > LIMIT
    return {
        "grade": found,
        "limit": LIMIT,
        "is_hard": is_hard,
        "hardest": hardest(words) if is_hard else [],
    }


def dead_links(page: Any) -> list[str]:
    """What a SheetPage's text links to that is not live: its title, or that it is gone."""
    wanted = [
        int(found.group(1))
        for html in page.rich_texts()
        for link in PAGE_LINK.findall(html)
        if (found := LINK_ID.search(link))
    ]
    found_pages = Page.objects.in_bulk(wanted)
    return [
        found_pages[number].draft_title if number in found_pages else "A page that is gone"
        for number in dict.fromkeys(wanted)
        if number not in found_pages or not found_pages[number].live
    ]
