"""What the lists of the public API share: filters of an address, the next page, refusals."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema

from benchside.careers.facets import Facets
from benchside.careers.lookup import nearest
from benchside.careers.selection import shown
from benchside.careers.wording import listed
from benchside.core.public_api import Problem, Refusal

MOST_VALUES = 20  # named in a remedy before it says "..."
Slugs = list[str]


def given(asked: Schema) -> dict[str, list[str]]:
    """What a query holds, as an address has it, without what is not given."""
    given = asked.model_dump(exclude={"limit", "offset"})
    listed = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return {name: [one for one in values if one] for name, values in listed.items() if any(values)}


def next_page(of: str, filters: dict[str, list[str]], limit: int, offset: int) -> str:
    """Where the next page of the list `of` is, absolute."""
    pairs = [*filters.items(), ("limit", [limit]), ("offset", [offset])]
    return f"{settings.BASE_URL}/api/v1/{of}?{urlencode(pairs, doseq=True)}"


def not_found(what: str, slug: str, known: list[str], where: str) -> Refusal:
    """That there is no such thing, with the nearest there is."""
    near = nearest(slug, known, most=1)
    remedy = f"Did you mean {near[0]}? " if near else ""
    problem = Problem(
        title=f"No such {what}",
        detail=f"There is no {what} {shown(slug)}.",
        field="slug",
        remedy=f"{remedy}All of them are at {where}.",
    )
    return Refusal(404, problem)


def refuse_strangers(
    request: HttpRequest,
    filters: dict[str, list[str]],
    facets: Facets,
    asked: type[Schema],
    sorts: Iterable[str],
) -> None:
    """Raise Refusal for a parameter or a value the list has not. `asked` is the query's schema."""
    for name in request.GET:
        if name not in asked.model_fields:
            remedy = f"Use {listed(list(asked.model_fields), 'or')}."
            raise _refusal(400, "Unknown parameter", name, name, remedy)
    for name, values in filters.items():
        known = list(sorts) if name == "sort" else list(_known(name, facets))
        for value in values:
            if name != "q" and value not in known:
                dots = [] if len(known) <= MOST_VALUES else ["..."]
                remedy = f"Use {listed(known[:MOST_VALUES] + dots, 'or')}."
                raise _refusal(422, "Unknown value", name, value, remedy)


def _known(name: str, facets: Facets) -> list[str]:
    return list(facets.kinds[name].values) if name in facets.kinds else []


def _refusal(status: int, title: str, field: str, value: str, remedy: str) -> Refusal:
    detail = f"{title}: {shown(value)}."
    return Refusal(status, Problem(title=title, detail=detail, field=field, remedy=remedy))
