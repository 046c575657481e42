"""Registers for everybody: which there are, what they ask and cost, how one gets onto one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.assessment.standards import Criterion, Route, Standard
from benchside.organisations.models import Organisation
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Register
from benchside.recognition.registers import queries
from benchside.recognition.registers.shapes import RegisterFile


@dataclass(frozen=True, slots=True)
class Sheet:
    """One register on the list of all."""

    register: Register
    rules: RegisterFile
    bodies: list[Organisation]
    prices: list["Price"]
    days: int | None
    routes: tuple[Route, ...]

    @property
    def time(self) -> str:
        if self.days is None:
            return "not measured yet"
        return f"{self.days} day{'' if self.days == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Price:
    """What one thing costs today, and since when it has."""

    title: str
    amount: Decimal
    since: date

    @property
    def said(self) -> str:
        return f"£{self.amount}"


@dataclass(frozen=True, slots=True)
class Way:
    """A route as its applicants meet it: what is asked, shown and paid."""

    route: Route
    asked: int
    documents: tuple[Criterion, ...]
    supporters: int
    seats: int
    fee: Decimal | None


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "recognition/registers/registers.html",
        {"sheets": [_sheet(one) for one in queries.registers()], "today": timezone.localdate()},
    )


def _sheet(register: Register) -> Sheet:
    version = queries.version_of(register)
    rules = register.rules
    return Sheet(
        register=register,
        rules=rules,
        bodies=queries.bodies_of(register),
        prices=prices_of(rules),
        days=queries.days_to_decision(register),
        routes=version.standard.routes if version else (),
    )


def prices_of(rules: RegisterFile) -> list[Price]:
    """Of every kind what it costs today on the way most take."""
    today, found = timezone.localdate(), []
    for kind in FeeKind:
        amount = rules.fee(kind, today)
        if amount is None:
            continue
        since = [
            one.valid_from
            for one in rules.fees
            if one.kind == kind and not one.route and one.valid_from <= today
        ]
        found.append(Price(str(kind.label), amount, max(since)))
    return found


@require_safe
def about(request: HttpRequest, register: str) -> HttpResponse:
    """All that somebody should know before they begin, on one sheet that prints."""
    found = get_object_or_404(queries.registers(), slug=register)
    version = queries.version_of(found)
    if version is None:
        raise Http404
    standard, rules = version.standard, found.rules
    context = {
        "register": found,
        "rules": rules,
        "version": version,
        "standard": standard,
        "areas": [(area, _judged(standard, area.criteria)) for area in standard.areas],
        "ways": [_way(one, standard, rules) for one in standard.routes],
        "questions": queries.ways_of(found, standard),
        "prices": prices_of(rules),
        "bodies": queries.live_licences().filter(register=found),
        "days": queries.days_to_decision(found),
        "targets": _targets(rules),
        "cpd": rules.cpd_on(timezone.localdate()),
        "states": [one for one in standard.award.states if one.public] if standard.award else [],
        "today": timezone.localdate(),
    }
    return render(request, "recognition/registers/about.html", context)


def _judged(
    standard: Standard, criteria: tuple[Criterion, ...]
) -> list[tuple[Criterion, list[str]]]:
    """The competences of an area, each with the questions that show it."""
    return [
        (one, [each.title for each in standard.criteria if one.key in each.shows])
        for one in criteria
        if one.judged
    ]


def _way(route: Route, standard: Standard, rules: RegisterFile) -> Way:
    asked = standard.asked_at(None, route.key)
    return Way(
        route=route,
        asked=sum(1 for one in asked if one.words),
        documents=tuple(one for one in asked if one.evidence.at_least),
        supporters=standard.supporters_on(route.key),
        seats=standard.seats_on(route.key),
        fee=rules.fee(FeeKind.APPLICATION, timezone.localdate(), route.key),
    )


STEPS = (
    ("submitted", "We check that all is there."),
    ("in-review", "Assessors read it, each for themselves."),
    ("reviewed", "Somebody says what should be decided."),
    ("recommended", "The professional body says yes or no."),
)


def _targets(rules: RegisterFile) -> list[tuple[str, int | None]]:
    return [(words, rules.target_days(state)) for state, words in STEPS]
