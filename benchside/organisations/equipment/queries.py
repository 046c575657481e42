"""What can be asked about equipment, starting from what the asker may see."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from benchside.careers.models import KitTerm
from benchside.organisations import queries, tree
from benchside.organisations.enums import EquipmentState, ThingKind
from benchside.organisations.models import Employment, Equipment, Organisation, Runs
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.people.queries import public_profiles, with_lines
from benchside.people.showing import Shown, shown

SORTS: dict[str, tuple[Any, ...]] = {
    "name": (Lower("name"), "pk"),
    "number": (Lower("internal_id"), "pk"),
    "unit": (F("unit__name").asc(nulls_last=True), Lower("name"), "pk"),
    "kit": (F("kit__name").asc(nulls_last=True), Lower("name"), "pk"),
    "runners": ("held_by", Lower("name"), "pk"),
}
SEARCHED = ("name", "internal_id", "technique", "manufacturer", "model", "building", "site")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a member asked the list for. `sort` is a key of SORTS, with "-" before it reversed."""

    sort: str = "name"
    words: str = ""
    unit: int | None = None
    kind: str = ""
    kit: str = ""
    public: str = ""
    nobody: bool = False
    retired: bool = False


def items(organisation: Organisation, wanted: Wanted) -> QuerySet[Equipment]:
    """A member sees all of their own organisation's; each with how many run it, as `held_by`."""
    runs = Runs.objects.current().filter(equipment=OuterRef("pk")).order_by()
    counted = runs.values("equipment").annotate(count=Count("pk")).values("count")
    state = EquipmentState.RETIRED if wanted.retired else EquipmentState.LIVE
    found: Any = (  # with a column of its own
        organisation.equipment.filter(state=state)
        .select_related("unit", "kit", "part_of")
        .annotate(held_by=Coalesce(Subquery(counted), 0))
    )
    if wanted.unit is not None:
        nodes = queries.nodes_of(organisation)
        found = found.filter(unit__in=tree.with_all_below(wanted.unit, nodes))
    if wanted.kind in ThingKind.values:
        found = found.filter(kind=wanted.kind)
    if wanted.kit:
        found = found.filter(kit__slug=wanted.kit)
    if wanted.public in {"yes", "no"}:
        found = found.filter(is_public=wanted.public == "yes")
    if wanted.nobody:
        found = found.filter(held_by=0)
    found = _with_words(found, wanted.words, (*SEARCHED, "unit__name"))
    found = found.order_by(*SORTS.get(wanted.sort.removeprefix("-"), SORTS["name"]))
    return found.reverse() if wanted.sort.startswith("-") else found


def nobody_runs(organisation: Organisation) -> int:
    """How many items in use are in nobody's hands; facilities are run by what is in them."""
    found = organisation.equipment.live().filter(kind=ThingKind.EQUIPMENT)
    return found.with_nobody().count()


def facilities(organisation: Organisation) -> QuerySet[Equipment]:
    return organisation.equipment.live().filter(kind=ThingKind.FACILITY)


def kit_in_use(found: QuerySet[Equipment]) -> QuerySet[KitTerm]:
    used = found.order_by().filter(kit=OuterRef("pk"))
    return KitTerm.objects.filter(Exists(used)).order_by("name")


def runners(item: Equipment) -> list[Runs]:
    """Who runs it now, for its own organisation, by name."""
    found = Runs.objects.current().filter(equipment=item).select_related("technician")
    return list(found.order_by("technician__name", "pk"))


def staff_of(organisation: Organisation) -> QuerySet[Technician]:
    """Who may be named as running something: everybody on the staff list now, by name."""
    there = Employment.objects.current().filter(
        organisation=organisation, technician=OuterRef("pk")
    )
    return Technician.objects.filter(Exists(there)).exclude(name="").order_by("name", "pk")


# --- a technician's own --------------------------------------------------------------------------
def runs_of(technician: Technician) -> QuerySet[Runs]:
    """What somebody is said to run, where they work now; what waits for their word first."""
    found = Runs.objects.current().filter(technician=technician)
    return found.select_related("equipment__organisation", "equipment__unit").order_by(
        F("confirmed_at").asc(nulls_first=True), "equipment__name", "pk"
    )


def could_run(technician: Technician, words: str) -> QuerySet[Equipment]:
    """Items of their employers that fit the words and that they are not named at yet."""
    there = Employment.objects.current().filter(
        technician=technician, organisation=OuterRef("organisation")
    )
    named = Runs.objects.filter(
        equipment=OuterRef("pk"), technician=technician, ended_on__isnull=True
    )
    found = Equipment.objects.live().filter(Exists(there), ~Exists(named))
    return _with_words(found, words, SEARCHED).select_related("organisation", "unit")


# --- everybody's ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a visitor asked the register for."""

    words: str = ""
    organisation: str = ""
    kit: str = ""
    place: str = ""


def register(asked: Asked) -> QuerySet[Equipment]:
    """What everybody may see, by name."""
    found = Equipment.objects.public().select_related("organisation", "unit", "kit", "part_of")
    if asked.organisation:
        found = found.filter(organisation__slug=asked.organisation)
    if asked.kit:
        found = found.filter(kit__slug=asked.kit)
    if asked.place:
        found = found.filter(
            Q(organisation__town__iexact=asked.place)
            | Q(organisation__region__iexact=asked.place)
            | Q(organisation__nation=asked.place)
        )
    return _with_words(found, asked.words, (*SEARCHED[:1], *SEARCHED[2:], "kit__name"))


def organisations_shown() -> list[tuple[str, str, int]]:
    """Slug, name and number of public items of each organisation that shows any."""
    found = Equipment.objects.public().order_by(Lower("organisation__name"))
    counted = found.values("organisation__slug", "organisation__name").annotate(count=Count("pk"))
    return [(one["organisation__slug"], one["organisation__name"], one["count"]) for one in counted]


def places_shown() -> list[str]:
    """The towns in which there is anything to see."""
    towns = Equipment.objects.public().exclude(organisation__town="").order_by()
    return sorted(set(towns.values_list("organisation__town", flat=True)))


@dataclass(frozen=True, slots=True)
class Runner:
    """Somebody who runs an item, as everybody may see them."""

    person: Shown
    level: str


def public_runners(found: Iterable[Equipment]) -> dict[int, list[Runner]]:
    """Who can run each of these, by item: people who work there, have agreed to be named, and
    show everybody their name, the kit they run and where they work. Three facts stand on the page,
    so all three must be theirs to show."""
    said = list(
        Runs.objects.current()
        .filter(equipment__in=[one.pk for one in found], confirmed_at__isnull=False)
        .values_list("equipment_id", "technician_id", "level")
    )
    profiles = public_profiles().filter(
        kit_to=Audience.EVERYONE,
        unit_to=Audience.EVERYONE,
        technician__in={technician for _, technician, _ in said},
    )
    people = {one.technician_id: shown(one, Audience.EVERYONE) for one in with_lines(profiles)}
    labels = dict(Runs._meta.get_field("level").flatchoices)
    by_item: dict[int, list[Runner]] = {}
    for item, technician, level in said:
        if technician in people:
            by_item.setdefault(item, []).append(Runner(people[technician], labels[level]))
    return {item: sorted(runs, key=lambda one: one.person.name) for item, runs in by_item.items()}


def public_contacts(found: Iterable[Equipment]) -> dict[int, Shown]:
    """The technician to ask, by item, where they work there and show everybody how to reach them
    and where they work."""
    asked = {one.pk: one for one in found if one.contact_id}
    there = set(
        Employment.objects.current()
        .filter(
            technician__in={one.contact_id for one in asked.values()},
            organisation__in={one.organisation_id for one in asked.values()},
        )
        .values_list("organisation_id", "technician_id")
    )
    profiles = public_profiles().filter(
        contact_to=Audience.EVERYONE,
        unit_to=Audience.EVERYONE,
        technician__in={one.contact_id for one in asked.values()},
    )
    people = {one.technician_id: shown(one, Audience.EVERYONE) for one in with_lines(profiles)}
    return {
        pk: people[one.contact_id]
        for pk, one in asked.items()
        if one.contact_id in people and (one.organisation_id, one.contact_id) in there
    }


def unit_labels(organisation: Organisation) -> dict[int, str]:
    """What each open unit is called in a file: its name, or where two share it the way to it."""
    nodes = queries.nodes_of(organisation)
    names = Counter(" ".join(node.name.split()).casefold() for node in nodes)
    return {
        node.id: node.name
        if names[" ".join(node.name.split()).casefold()] == 1
        else " / ".join(each.name for each in tree.way_down(node.id, nodes))
        for node in nodes
    }


def _with_words(
    found: QuerySet[Equipment], words: str, names: Iterable[str]
) -> QuerySet[Equipment]:
    for word in words.split():
        anywhere = Q()
        for name in names:
            anywhere |= Q(**{f"{name}__icontains": word})
        found = found.filter(anywhere)
    return found
