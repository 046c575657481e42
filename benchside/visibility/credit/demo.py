"""Credit in the demonstration: visibly made up, with DOIs of the prefix kept for examples."""

from itertools import cycle

from benchside.accounts.models import DEMONSTRATION_DOMAIN
from benchside.core.actions import Actor
from benchside.people.enums import Audience
from benchside.people.models import Technician
from benchside.visibility.credit import queries
from benchside.visibility.credit.actions import state_contribution
from benchside.visibility.credit.asking import (
    ask_author,
    confirm_contribution,
    dispute_contribution,
    holder_of,
)
from benchside.visibility.credit.enums import OutputKind, StandsAs
from benchside.visibility.credit.parts import OutputWords, Part
from benchside.visibility.models import Contribution

# Crossref keeps 10.5555 for examples: none of these leads anywhere.
JOURNAL = "Journal of Made-Up Results"
WORKS = (
    ("A made-up study of very small kettles", OutputKind.ARTICLE, 2025, JOURNAL, "kettles"),
    ("Made-up spectra of a thousand teas", OutputKind.DATA, 2024, "Made-Up Data Store", "teas"),
    ("How to hold a made-up crystal still", OutputKind.ARTICLE, 2023, JOURNAL, "crystal"),
    ("A robot that finds made-up screws", OutputKind.CONFERENCE, 2026, "Made-Up Meeting", "screws"),
    ("stage-mover: code for a made-up stage", OutputKind.SOFTWARE, 2026, "", "stage"),
    ("A cell for made-up batteries", OutputKind.THING, 2022, "Made-Up Science Museum", ""),
)
PARTS = (
    (("investigation", "data-curation"), StandsAs.ACKNOWLEDGED, "I ran every sample, twice."),
    (("methodology", "resources"), StandsAs.AUTHOR, "I built the cell that holds it."),
    (
        ("software", "visualization"),
        StandsAs.ACKNOWLEDGED,
        "I wrote the script and drew the plots.",
    ),
    (("resources",), StandsAs.UNNAMED, ""),
    (("supervision", "validation"), StandsAs.ACKNOWLEDGED, "I trained the students on the kit."),
)
AUTHOR = ("Ada Made-Up", f"ada.author{DEMONSTRATION_DOMAIN}")
ANSWERS = ("confirm", "confirm", "", "asked", "confirm", "dispute")
MOST_PEOPLE, EACH = 24, 3


def create() -> None:
    """Once: people with an account of the demonstration state what they had a part in."""
    if Contribution.objects.exists():
        return
    answers, parts = cycle(ANSWERS), cycle(PARTS)
    found = Technician.objects.filter(account__is_demonstration=True, profile__isnull=False)
    for place, technician in enumerate(found.order_by("pk")[:MOST_PEOPLE]):
        for turn in range(1 + place % EACH):
            work = WORKS[(place + turn * 2) % len(WORKS)]
            _state(technician, work, next(parts), next(answers))


def _state(
    technician: Technician,
    work: tuple[str, str, int, str, str],
    said: tuple[tuple[str, ...], str, str],
    answer: str,
) -> None:
    assert technician.account is not None
    actor = Actor.of(technician.account)
    title, kind, year, venue, tail = work
    doi = f"10.5555/made-up.{tail}" if tail else ""
    roles, stands_as, note = said
    one = state_contribution(
        actor=actor,
        technician=technician,
        output=OutputWords(title=title, kind=kind, year=year, venue=venue, doi=doi),
        part=Part(
            roles=roles,
            stands_as=stands_as,
            note=note,
            kit=queries.kit_to_choose(technician, None)[:1],
            equipment=queries.equipment_to_choose(technician, None)[:1],
        ),
    )
    if answer and technician.profile.contributions_to > Audience.NOBODY:
        _ask(actor, one, answer)


def _ask(actor: Actor, one: Contribution, answer: str) -> None:
    name, address = AUTHOR
    # A made-up author has an address for each piece of work: real ones get few letters a day.
    address = address.replace("@", f"+{one.pk}@")
    ask_author(actor=actor, contribution=one, author_name=name, author_email=address)
    if answer == "confirm":
        confirm_contribution(actor=holder_of(one.letter), letter=one.letter, name=name)
    elif answer == "dispute":
        reason = "The samples were run in another year. Please change what you say of them."
        dispute_contribution(actor=holder_of(one.letter), letter=one.letter, reason=reason)
