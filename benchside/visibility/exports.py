"""The directory as a table."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse

from benchside.core.exports import csv_response
from benchside.visibility.cards import Card, cards
from benchside.visibility.credit.queries import Work, works_by_id
from benchside.visibility.directory import Directory

A_FILE = 2_000  # people in one file
SEPARATOR = "; "


def _joined(values: list[str] | tuple[str, ...]) -> str:
    return SEPARATOR.join(value for value in values if value)


COLUMNS: dict[str, Callable[[Card], object]] = {
    "id": lambda card: card.person.public_id,
    "name": lambda card: card.person.name,
    "letters": lambda card: card.person.letters,
    "headline": lambda card: card.person.headline,
    "job_titles": lambda card: _joined([place.title for place in card.places]),
    "places": lambda card: _joined([place.words for place in card.places]),
    "role": lambda card: card.person.role[1] if card.person.role else "",
    "skills": lambda card: _joined([name for _, name in card.person.skills]),
    "kit": lambda card: _joined([name for _, name in card.person.kit]),
    "qualifications": lambda card: _joined(card.person.qualifications),
    "languages": lambda card: _joined(card.person.languages),
    "about": lambda card: card.person.about,
    "email": lambda card: card.person.contact_email,
    "link": lambda card: card.person.contact_url,
    "orcid": lambda card: card.person.orcid,
    "url": lambda card: f"{settings.BASE_URL}{card.url}" if card.url else "",
}


def _contributions(works: Mapping[str, list[Work]], card: Card) -> str:
    return _joined([work.line for work in works.get(card.person.public_id, [])])


def csv_of(found: Directory, filename: str) -> HttpResponse:
    """Those that the page with the same address lists, `A_FILE` of them a file: `page=` gives
    the others, and the header `Link` says where the next ones are."""
    page = Paginator(found.found, A_FILE).get_page(found.selection.page)
    shown = cards(found.circle, page)
    works = works_by_id(found.circle, [card.person.public_id for card in shown])
    rows = (
        [*(get(card) for get in COLUMNS.values()), _contributions(works, card)] for card in shown
    )
    response = csv_response(filename, [*COLUMNS, "contributions"], rows)
    if page.has_next():
        following = found.url(found.selection.on_page(page.next_page_number()))
        response["Link"] = f'<{settings.BASE_URL}{following}>; rel="next"'
    return response
