"""The directory's search and filters. No field is looked at that its owner does not show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from benchside.careers.models import KitTerm, Role, SkillTerm
from benchside.core.search.tokenise import STOP_WORDS, content_stems, words_and_compounds
from benchside.organisations.models import Organisation, Unit
from benchside.organisations.queries import nodes_of
from benchside.organisations.tree import with_all_below
from benchside.people.models import ProfileKit, ProfileSkill, Technician
from benchside.visibility.choosing import LETTERS, MOST_WORDS, Selection
from benchside.visibility.circles import Circle, employments, people, posts

ASKING = frozenset({"run", "runs", "use", "uses", "work", "works"})  # who runs the lathe?
Keys = Iterable[int] | QuerySet[Any, Any]  # as a question within the question, if there are many


NAMED: dict[str, Callable[[], QuerySet[Any]]] = {
    "organisation": lambda: Organisation.objects.open(),
    "role": lambda: Role.objects.filter(live=True).annotate(name=F("title")),
    "skill": lambda: SkillTerm.objects.all(),
    "kit": lambda: KitTerm.objects.all(),
}

Words = dict[str, list[tuple[int, str]]]  # key and name of every term, by kind


def words() -> Words:
    """The vocabularies, few and the same for everybody, read whole in one query."""
    found: Words = {"role": [], "skill": [], "kit": []}
    parts = [NAMED[kind]().order_by().values_list(Value(kind), "pk", "name") for kind in found]
    for kind, pk, name in parts[0].union(*parts[1:], all=True):
        found[kind].append((pk, name))
    return found


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection looked up: what stands behind its slugs, and what could not be used."""

    circle: Circle
    selection: Selection
    labels: dict[str, str] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    unit: Unit | None = None
    ignored: list[str] = field(default_factory=list)


def look_up(circle: Circle, selection: Selection) -> Chosen:
    """Finds what the address names. A filter that means nothing here is named in `ignored`."""
    chosen = Chosen(circle, selection)
    for name, all_of in NAMED.items():
        if not (slug := getattr(selection, name)):
            continue
        if named := all_of().filter(slug=slug).values_list("pk", "name").first():
            chosen.ids[name], chosen.labels[name] = named
        else:
            chosen.ignored.append(f"We know no {name} called “{slug}”, so it was left out.")
    if selection.letters in LETTERS:
        chosen.labels["letters"] = selection.letters
    elif selection.letters:
        chosen.ignored.append("We do not know those letters, so they were left out.")
    return _with_unit(chosen) if selection.unit else chosen


def _with_unit(chosen: Chosen) -> Chosen:
    number, circle = chosen.selection.unit, chosen.circle
    owner = circle.organisation.pk if circle.organisation else chosen.ids.get("organisation")
    unit = None
    if owner and number.isascii() and number.isdecimal() and len(number) < 10:
        unit = Unit.objects.open().filter(organisation=owner, pk=int(number)).first()
    # A unit is named only where somebody shows that they work there.
    if unit is None or not people(circle).filter(in_unit(circle, unit)).exists():
        chosen.ignored.append("There is no such unit here, so it was left out.")
        return chosen
    chosen.labels["unit"] = unit.name
    return replace(chosen, unit=unit)


def found(chosen: Chosen) -> QuerySet[Technician]:
    """Everybody the circle may see and who fits, in the order asked for."""
    circle, ids = chosen.circle, chosen.ids
    matching = people(circle)
    if "organisation" in ids:
        matching = matching.filter(at(circle, [ids["organisation"]]))
    if chosen.unit is not None:
        matching = matching.filter(in_unit(circle, chosen.unit))
    if "role" in ids:
        matching = matching.filter(circle.may_see("role"), profile__role=ids["role"])
    if "skill" in ids:
        matching = matching.filter(with_skill(circle, [ids["skill"]]))
    if "kit" in ids:
        matching = matching.filter(with_kit(circle, [ids["kit"]]))
    if "letters" in chosen.labels:
        matching = matching.filter(with_letters(circle, chosen.labels["letters"]))
    if chosen.selection.query:
        known = words()
        for word in typed_words(chosen.selection.query):
            matching = matching.filter(says(circle, word, known))
    return matching.reverse() if chosen.selection.sort == "-name" else matching


# --- one question each ----------------------------------------------------------------------------
def at(circle: Circle, organisations: Keys) -> Q:
    here = employments(circle).filter(organisation__in=organisations)
    return circle.may_see("unit") & Q(pk__in=here.values("technician"))


def in_unit(circle: Circle, unit: Unit) -> Q:
    """In the unit, or anywhere below it."""
    units = with_all_below(unit.pk, nodes_of(unit.organisation))
    return in_units(circle, units)


def in_units(circle: Circle, units: Keys) -> Q:
    here = posts(circle).filter(unit__in=units)
    return circle.may_see("unit") & Q(pk__in=here.values("employment__technician"))


def with_skill(circle: Circle, terms: Iterable[int]) -> Q:
    holding = ProfileSkill.objects.order_by().filter(term__in=list(terms))
    return circle.may_see("skills") & Q(profile__pk__in=holding.values("profile"))


def with_kit(circle: Circle, terms: Iterable[int]) -> Q:
    running = ProfileKit.objects.order_by().filter(term__in=list(terms))
    return circle.may_see("kit") & Q(profile__pk__in=running.values("profile"))


def with_letters(circle: Circle, letters: str) -> Q:
    """As a word of its own: RSci is not RSciTech."""
    whole = rf"(^|[^a-z]){letters}([^a-z]|$)"
    return circle.may_see("letters") & Q(profile__letters__iregex=whole)


def says(circle: Circle, word: str, known: Words) -> Q:
    """Name, headline, letters, role, skill, kit or place: whichever of them is shown."""
    fits = Q(name__icontains=word)
    fits |= circle.may_see("headline") & Q(profile__headline__icontains=word)
    fits |= circle.may_see("letters") & Q(profile__letters__icontains=word)
    if roles := _like(word, known["role"]):
        fits |= circle.may_see("role") & Q(profile__role__in=roles)
    if skills := _like(word, known["skill"]):
        fits |= with_skill(circle, skills)
    if kit := _like(word, known["kit"]):
        fits |= with_kit(circle, kit)
    if circle.organisation is None:
        named = Q(name__icontains=word) | Q(town__icontains=word)
        fits |= at(circle, Organisation.objects.open().filter(named).order_by().values("pk"))
    return fits | in_units(circle, _units_like(circle, word))


def _units_like(circle: Circle, word: str) -> QuerySet[Unit, Any]:
    units = Unit.objects.open().filter(name__icontains=word).order_by()
    if circle.organisation is not None:
        units = units.filter(organisation=circle.organisation)
    return units.values("pk")


def _like(word: str, named: Iterable[tuple[int, str]]) -> list[int]:
    """Keys of what has the word in its name, in any form of it, or a longer word that begins so."""
    stems = set(content_stems(word))
    return [
        key
        for key, name in named
        if stems & _stems(name) or any(each.startswith(word) for each in _words(name))
    ]


# Names of the vocabularies: a few hundred, the same for everybody, asked for at every search.
@lru_cache(maxsize=4096)
def _stems(name: str) -> frozenset[str]:
    return frozenset(content_stems(name))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(words_and_compounds(name))


def typed_words(query: str) -> list[str]:
    """The words that tell something; all of them where none does."""
    every = list(dict.fromkeys(query.casefold().split()))
    telling = [word for word in every if word not in STOP_WORDS and word not in ASKING]
    return (telling or every)[:MOST_WORDS]
