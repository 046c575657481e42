"""Headings of a list that sort it, and what was asked of it kept from page to page."""

from collections.abc import Iterable

from django.http import HttpRequest


def sorting(
    request: HttpRequest, columns: Iterable[tuple[str, str]], current: str
) -> list[dict[str, str]]:
    """Each heading with where a press on it leads, and how the list stands by it now.

    `columns` are (key, title); `current` is the key sorted by, with "-" before it reversed.
    """
    headings = []
    for key, title in columns:
        is_up, is_down = current == key, current == f"-{key}"
        kept = request.GET.copy()
        kept.pop("page", None)
        kept["sort"] = f"-{key}" if is_up else key
        state = "ascending" if is_up else "descending" if is_down else ""
        headings.append({"title": title, "url": f"?{kept.urlencode()}", "state": state})
    return headings


def words_of(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", " ")[:80].strip()
