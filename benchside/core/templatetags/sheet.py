"""Template tags of the drawing sheet, available in every template.

Each is one component of `/design/`, where it is shown in every state. Markup lives in
`templates/sheet/`; a tag only prepares what its template shows.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from benchside.core import charts
from benchside.core.timeline import timeline

register = template.Library()

HUNDRED = 100
TICKS = 20  # of a progress bar
STATES = {"b": "Blue", "r": "Red", "a": "Amber", "g": "Green"}


@register.simple_tag
def stylesheet() -> str:
    """Address of the one stylesheet; its plain name if the collected files are not at hand.

    An error page calls this too, so it may not fail because static files were not collected.
    """
    try:
        return static("core/css/sheet.css")
    except ValueError:
        return "/static/core/css/sheet.css"


# --- frames around words ------------------------------------------------------------------------
@register.simple_block_tag
def plate(
    content: str,
    label: str,
    number: object,
    of: str = "",
    area: str = "none",
    kind: str = "plate--fold",
) -> SafeString:
    """A title block. Inside go `{% cell %}`s; `kind` adds classes such as `plate--word`."""
    context = {"label": label, "number": number, "of": of, "area": area, "kind": kind}
    return render_to_string("sheet/plate.html", context | {"cells": content})


@register.inclusion_tag("sheet/cell.html")
def cell(
    label: str, value: object, url: str = "", wide: bool = False, said: bool = False
) -> dict[str, object]:
    """One cell of a plate. A said one keeps its label when the plate is folded."""
    return {"label": label, "value": value, "url": url, "wide": wide, "said": said}


@register.simple_block_tag
def zone(
    content: str,
    heading: str,
    id: str,  # noqa: A002 - the attribute's own name
    letter: str = "",
    link: str = "",
    url: str = "",
    kind: str = "",
) -> SafeString:
    """A section of the sheet with its letter and its one second-level heading."""
    context = {"heading": heading, "id": id, "letter": letter, "link": link, "url": url}
    return render_to_string("sheet/zone.html", context | {"kind": kind, "content": content})


@register.simple_block_tag
def note(content: str, heading: str = "", kind: str = "", level: int = 2) -> SafeString:
    """A message. `kind`: bad, good, warn, info, next or nothing."""
    context = {"heading": heading, "kind": kind, "level": level, "content": content}
    return render_to_string("sheet/note.html", context)


@register.simple_block_tag
def empty(content: str, heading: str, level: int = 2) -> SafeString:
    """A place where something will be: says what to do first."""
    context = {"heading": heading, "level": level, "content": content}
    return render_to_string("sheet/empty.html", context)


# --- finding one's way --------------------------------------------------------------------------
@register.inclusion_tag("sheet/crumbs.html")
def crumbs(*pairs: str, label: str = "Where you are") -> dict[str, object]:
    """Home, then label and address in turn."""
    links = [("Home", "/"), *zip(pairs[::2], pairs[1::2], strict=True)]
    return {"links": links, "label": label}


@register.inclusion_tag("sheet/tabs.html", takes_context=True)
def tabs(context: Context, label: str, links: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Sheets of one record; `links` are (label, address), the current one found by address."""
    request = context.get("request")
    return {"label": label, "links": links, "path": request.path if request else ""}


@register.inclusion_tag("sheet/pager.html", takes_context=True)
def pager(context: Context, page: Page, label: str = "Pages") -> dict[str, object]:
    """Numbered pages of a list. Every other part of the address is kept."""
    request = context.get("request")
    kept = request.GET.copy() if request else QueryDict(mutable=True)

    def address(number: int) -> str:
        kept.pop("page", None)
        if number > 1:
            kept["page"] = str(number)
        return f"?{kept.urlencode()}" if kept else "?"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "links": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


# --- facts and figures --------------------------------------------------------------------------
@register.inclusion_tag("sheet/fact.html")
def fact(
    label: str,
    value: object,
    source: str = "",
    as_of: date | None = None,
    stale: bool = False,
) -> dict[str, object]:
    """A fact with where it comes from and when it held; an old one says so."""
    return {"label": label, "value": value, "source": source, "as_of": as_of, "stale": stale}


@register.simple_tag
def stale(is_stale: bool) -> SafeString | str:
    if not is_stale:
        return ""
    return format_html('<span class="tag tag--stale">{}</span>', "We are checking this")


@register.inclusion_tag("sheet/status.html")
def status(state: str, word: str) -> dict[str, object]:
    """`state`: b done, r late, a at risk, g on track. Shape, letter and word; colour agrees."""
    if state not in STATES:
        raise template.TemplateSyntaxError(f"status: {state!r} is none of {', '.join(STATES)}")
    return {"state": state, "letter": state.upper(), "word": word}


@register.inclusion_tag("sheet/progress.html")
def progress(done: int, total: int, label: str, id: str) -> dict[str, object]:  # noqa: A002
    width = round(300 * min(done, total) / total, 1) if total else 0
    ticks = [round(300 / TICKS * place, 1) for place in range(1, TICKS)]
    return {
        "done": done, "total": total, "label": label, "id": id, "width": width, "ticks": ticks,
    }  # fmt: skip


@register.inclusion_tag("sheet/rule.html")
def rule(count: int, of: int = HUNDRED) -> dict[str, object]:
    """A rule of `of` divisions with `count` of them marked: a share, drawn to scale."""
    step = 1000 / max(of, 1)
    ticks = [
        {
            "x": round(place * step, 1),
            "length": 18 if place % 10 == 0 else 13 if place % 5 == 0 else 8,
            "on": 0 < place < count,
        }
        for place in range(of + 1)
    ]
    return {"ticks": ticks, "width": round(min(count, of) * step, 1)}


@register.inclusion_tag("sheet/balance.html")
def balance(left: str, right: str, value: str, left_value: str) -> dict[str, object]:
    """Where something stands between two ends: at the left, at the right, or at both."""
    at_left, at_both = value == left_value, value == "both"
    return {
        "left": left,
        "right": right,
        "at_left": at_left or at_both,
        "at_right": not at_left,
        "x": 8 if at_left else 44 if at_both else 80,
        "said": f"{left} and {right}" if at_both else left if at_left else right,
    }


@register.inclusion_tag("sheet/ruler.html")
def ruler(moments: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """A day: {time, title, text, key} in time order, against a rule drawn to scale."""
    return {"moments": moments, "line": timeline(moments)}


@register.inclusion_tag("sheet/measure.html")
def measure(
    heading: str,
    value: str,
    of: str,
    points: Sequence[tuple[str, float]],
    area: str,
    aim: float | None = None,
) -> dict[str, object]:
    """A named figure over time, with its aim and the same numbers as a table."""
    return {
        "heading": heading, "value": value, "of": of, "points": points, "area": area,
        "aim": aim, "line": charts.line(points, aim),
    }  # fmt: skip


@register.inclusion_tag("sheet/bars.html")
def bars(
    caption: str, rows: Sequence[tuple[str, int, str]], unit: str, step: int = 1
) -> dict[str, object]:
    """Counts as a table whose cells are drawn: (label, count, address or ""), a tick a `step`."""
    return {"caption": caption, "bars": charts.bars(rows, step), "unit": unit}


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain words as paragraphs: a blank line parts them, a line's end within one does not."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))
    return format_html_join("\n", "<p>{}</p>", ((part,) for part in parts if part))


@register.filter
def bare(number: Decimal | str | None) -> str:
    """A number without zeros at its end: 1.5 and 2, not 1.50 and 2.00. Nothing for none."""
    return f"{Decimal(number).normalize():f}" if number not in (None, "") else ""


@register.filter
def within(title: str) -> str:
    """A title within a sentence: "Suspend for CPD" begins small then, "CPD late" does not."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


@register.filter
def with_colon(label: object) -> str:
    """A label before what is said about it; a question keeps its own mark alone."""
    words = str(label)
    return words if words.endswith(("?", "!", ".", ":")) else f"{words}:"
