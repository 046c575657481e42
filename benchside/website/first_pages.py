"""Write the first pages into an empty site, once. What editors do afterwards is theirs."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Site

from benchside.website.content import FOLDER, BadWords, Number, Words, read, to_html
from benchside.website.models import GuidePage, HomePage, NewsIndexPage, NewsPage, TextPage

KINDS: dict[str, type[Page]] = {
    "home": HomePage,
    "text": TextPage,
    "guide": GuidePage,
    "news-index": NewsIndexPage,
    "news": NewsPage,
}
ORDER = ("parents", "teachers", "news", "about", "privacy", "accessibility")
READ_AGAIN = timedelta(days=365)
WAGTAILS_OWN = "Welcome to your new Wagtail site!"


@transaction.atomic
def write_first_pages(folder: Path = FOLDER) -> int:
    """Make the page tree from the files, when there is no home page yet; returns how many pages.

    Raises BadWords, and then nothing is written.
    """
    _say_where_the_site_is()
    if HomePage.objects.exists():
        return 0
    words = _read_all(folder)
    root = Page.get_first_root_node()
    _clear_wagtails_own(root)
    home = root.add_child(instance=_page(words["home"]))
    _serve(home)
    made = {"home": home}
    for slug in [*ORDER, *sorted(words.keys() - {*ORDER, "home"})]:
        parent = made["news"] if words[slug].kind == "news" else home
        made[slug] = parent.add_child(instance=_page(words[slug]))
    for slug, page in made.items():
        _fill_and_publish(page, words[slug], made)
    return len(made)


def _read_all(folder: Path) -> dict[str, Words]:
    values = {"contact": settings.SAFEGUARDING_CONTACT, "email": settings.SAFEGUARDING_EMAIL}
    words = {one.slug: one for one in (read(path, values) for path in folder.rglob("*.md"))}
    for slug in ("home", *ORDER):
        if slug not in words:
            raise BadWords(folder / f"{slug}.md", "it is missing", "Every site begins with it.")
    for one in words.values():
        if one.kind not in KINDS:
            raise BadWords(one.path, f"kind {one.kind!r} is unknown", f"Use one of {list(KINDS)}.")
    return words


def _page(words: Words) -> Page:
    checked_on: date = words.head.get("checked_on", timezone.localdate())
    fields: dict[str, Any] = {
        "title": words.head["title"],
        "slug": words.slug,
        "lead": words.head.get("lead", ""),
        "search_description": words.head.get("search_description", ""),
        "show_in_menus": words.head.get("show_in_menus", False),
        "checked_on": checked_on,
        "review_by": checked_on + READ_AGAIN,
    }
    if words.kind == "guide":
        fields["reader"] = words.head.get("reader", words.head["title"])
    page = KINDS[words.kind](**fields)
    _put_words(page, words, lambda slug: 0)  # no page has its number yet
    return page


def _fill_and_publish(page: Page, words: Words, made: Mapping[str, Page]) -> None:
    def number(slug: str) -> int:
        if slug not in made:
            raise BadWords(words.path, f"page:{slug} is no page", "Link to one that has a file.")
        return int(made[slug].pk)

    _put_words(page, words, number)
    page.save_revision().publish()


def _put_words(page: Any, words: Words, number: Number) -> None:
    if words.kind in {"text", "news"}:
        page.body = to_html(words.body, number)
    elif words.kind == "guide":
        page.questions = [
            ("question", {"question": asked, "answer": to_html(answer, number)})
            for asked, answer in words.questions
        ]


def _clear_wagtails_own(root: Page) -> None:
    """Wagtail begins with a page that says so. It goes, unless somebody has made use of it."""
    own = root.get_children().filter(title=WAGTAILS_OWN, numchild=0).first()
    if own is not None:
        own.slug = "before-home"  # the new home page takes its address at once
        own.save()


def _serve(home: Page) -> None:
    Site.objects.filter(is_default_site=True).update(root_page=home)
    for old in home.get_siblings(inclusive=False).filter(title=WAGTAILS_OWN, numchild=0):
        old.delete()
    Site.clear_site_root_paths_cache()


def _say_where_the_site_is() -> None:
    """The default site follows the settings: the address is said in one place."""
    at = urlsplit(settings.BASE_URL)
    port = at.port or (443 if at.scheme == "https" else 80)
    where = {"hostname": at.hostname, "port": port, "site_name": settings.SITE_NAME}
    changed = Site.objects.filter(is_default_site=True).exclude(**where).update(**where)
    if changed:
        Site.clear_site_root_paths_cache()
