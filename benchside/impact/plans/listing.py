"""The rows of a plan as its views show them: read in one query, sifted and sorted here.

A plan holds some dozens of actions, seldom some hundreds: areas and themes are lists within one,
which no two databases look into alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from benchside.accounts.models import User
from benchside.impact.enums import ActionState, Area, Delivery
from benchside.impact.models import Action, Plan
from benchside.impact.plans import themes
from benchside.impact.plans.marks import marks

STATES: dict[str, str] = {one.value: str(one.label) for one in ActionState}
AREAS: dict[str, str] = {one.value: str(one.label) for one in Area}
DELIVERIES: dict[str, str] = {one.value: str(one.label) for one in Delivery if one.value}
CODES = {"visibility": "vis", "recognition": "rec", "careers": "car", "sustainability": "sus"}
OVER = frozenset({ActionState.COMPLETE, ActionState.EMBEDDED, ActionState.STOPPED})
DUES = {
    "late": "Late",
    "month": "In the next 30 days",
    "quarter": "In the next 90 days",
    "none": "Without a date",
}
SORTS = ("code", "title", "area", "owner", "due", "state", "delivery")
_ORDER_OF_STATES = {value: place for place, value in enumerate(STATES)}
_ORDER_OF_DELIVERY = {"red": 0, "amber": 1, "green": 2, "blue": 3, "": 4}
FAR = date.max


def short(day: date | None) -> str:
    """A day in a list: "3 Mar 2027"; in plain Python, for there are hundreds."""
    return f"{day.day} {day:%b %Y}" if day else ""


@dataclass(slots=True)
class Row:
    """One action in a list: what is shown of it, ready to be printed."""

    pk: int
    code: str
    number: int
    title: str
    areas: list[str]
    themes: list[str]
    owner_id: int | None
    owner: str
    starts_on: date | None
    due_on: date | None
    state: str
    state_why: str
    delivery: str
    delivery_why: str
    position: int
    text: str
    is_late: bool = False

    @property
    def state_label(self) -> str:
        return STATES[self.state]

    @property
    def area_label(self) -> str:
        return ", ".join(AREAS.get(one, one) for one in self.areas)

    @property
    def area_code(self) -> str:
        return CODES.get(self.areas[0], "imp") if self.areas else "none"

    @property
    def theme_label(self) -> str:
        return ", ".join(themes.titles(self.themes))

    @property
    def delivery_label(self) -> str:
        return DELIVERIES.get(self.delivery, "")

    @property
    def letter(self) -> str:
        return self.delivery[:1]

    @property
    def mark(self) -> SafeString:
        return marks()[self.delivery]

    @property
    def due(self) -> str:
        return short(self.due_on)

    @property
    def starts(self) -> str:
        return short(self.starts_on)

    @property
    def is_over(self) -> bool:
        return self.state in OVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked of a list. `sort` is one of SORTS, with "-" before it reversed."""

    sort: str = "code"
    area: str = ""
    owner: str = ""
    state: str = ""
    delivery: str = ""
    theme: str = ""
    due: str = ""
    words: str = ""
    is_all: bool = False
    kept: str = field(default="", compare=False)

    @property
    def is_sifted(self) -> bool:
        return bool(
            self.area or self.owner or self.state or self.delivery or self.theme or self.due
            or self.words
        )  # fmt: skip


def wanted(asked: QueryDict) -> Wanted:
    """From an address: what makes no sense there is left out."""

    def one_of(name: str, known: Mapping[str, Any]) -> str:
        value = asked.get(name, "")
        return value if value in known else ""

    sort = asked.get("sort", "code")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "code",
        area=one_of("area", AREAS),
        owner=_owner(asked.get("owner", "")),
        state=one_of("state", {**STATES, "open": ""}),
        delivery=one_of("delivery", {**DELIVERIES, "unsaid": ""}),
        theme=one_of("theme", themes.BY_KEY),
        due=one_of("due", DUES),
        words=asked.get("q", "").replace("\0", " ")[:80].strip(),
        is_all=asked.get("show") == "all",
        kept=asked.urlencode(),
    )


def _owner(value: str) -> str:
    is_number = value.isascii() and value.isdigit() and len(value) < 10
    return value if is_number or value == "nobody" else ""


_COLUMNS = (
    "pk", "code", "number", "title", "areas", "themes", "owner_id", "owner_post", "starts_on",
    "due_on", "state", "state_why", "delivery", "delivery_why", "position", "text", "owner__name",
    "owner__email", "owner__erased_at",
)  # fmt: skip


def rows(plan: Plan, asked: Wanted | None = None) -> list[Row]:
    """The actions that fit, in the order asked for."""
    asked = asked or Wanted()
    found: Any = Action.objects.filter(plan=plan)
    for word in asked.words.split():
        found = found.filter(
            Q(code__icontains=word) | Q(title__icontains=word) | Q(text__icontains=word)
            | Q(objective__icontains=word) | Q(owner__name__icontains=word)
            | Q(owner_post__icontains=word)
        )  # fmt: skip
    today = timezone.localdate()
    made = [_row(line, today) for line in found.order_by().values_list(*_COLUMNS)]
    kept = [row for row in made if _fits(row, asked, today)]
    name = asked.sort.removeprefix("-")
    kept.sort(key=lambda row: (row.code[:1], row.number, row.code))
    if name != "code":
        kept.sort(key=_KEYS[name], reverse=asked.sort.startswith("-"))
    elif asked.sort.startswith("-"):
        kept.reverse()
    return kept


def _row(line: tuple[Any, ...], today: date) -> Row:
    (pk, code, number, title, areas, named, owner_id, post, starts_on, due_on, state, state_why,
     delivery, delivery_why, position, text, name, email, erased) = line  # fmt: skip
    owner = "Erased person" if erased else name or email or post
    return Row(
        pk=pk, code=code, number=number, title=title, areas=areas, themes=named,
        owner_id=owner_id, owner=owner, starts_on=starts_on, due_on=due_on, state=state,
        state_why=state_why, delivery=delivery, delivery_why=delivery_why, position=position,
        text=text,
        is_late=due_on is not None and due_on < today and state not in OVER,
    )  # fmt: skip


def _fits(row: Row, asked: Wanted, today: date) -> bool:
    return (
        (not asked.area or asked.area in row.areas)
        and (not asked.theme or asked.theme in row.themes)
        and (not asked.state or _in_state(row, asked.state))
        and (not asked.delivery or row.delivery == asked.delivery.replace("unsaid", ""))
        and (not asked.owner or str(row.owner_id or "nobody") == asked.owner)
        and (not asked.due or _due_so(row, asked.due, today))
    )


def _in_state(row: Row, state: str) -> bool:
    return not row.is_over if state == "open" else row.state == state


def _due_so(row: Row, due: str, today: date) -> bool:
    if due == "none":
        return row.due_on is None
    if due == "late":
        return row.is_late
    days = 30 if due == "month" else 90
    return (
        row.due_on is not None
        and not row.is_over
        and today <= row.due_on <= today + timedelta(days=days)
    )


_KEYS: dict[str, Any] = {
    "title": lambda row: row.title.casefold(),
    "area": lambda row: row.area_label,
    "owner": lambda row: (not row.owner, row.owner.casefold()),
    "due": lambda row: row.due_on or FAR,
    "state": lambda row: _ORDER_OF_STATES[row.state],
    "delivery": lambda row: _ORDER_OF_DELIVERY[row.delivery],
}


@dataclass(frozen=True, slots=True)
class Tally:
    """A plan in four numbers, for its plate."""

    actions: int
    complete: int
    late: int
    off: int
    stopped: int


def tally(found: list[Row]) -> Tally:
    live = [row for row in found if row.state != ActionState.STOPPED]
    return Tally(
        actions=len(live),
        complete=sum(row.is_over for row in live),
        late=sum(row.is_late for row in live),
        off=sum(row.delivery == Delivery.RED and not row.is_over for row in live),
        stopped=len(found) - len(live),
    )


def owners(plan: Plan) -> list[User]:
    """Whoever answers for something in the plan, by name."""
    found = User.objects.filter(owned_actions__plan=plan).distinct()
    return sorted(found, key=lambda user: user.get_full_name().casefold())
