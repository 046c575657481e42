"""What the quiz's pages show: cards with the answers given, and the result beside the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.urls import reverse

from benchside.careers.drawing import Spec
from benchside.careers.live import LiveCatalogue
from benchside.careers.models import Role
from benchside.careers.quiz import codes
from benchside.careers.quiz.forms import CARD, SWITCH, Problem
from benchside.careers.quiz.matching import Answers, Pick, Result
from benchside.careers.quiz.version import Card, Switch, find
from benchside.careers.quiz.words import liked, summary, words
from benchside.careers.sheet import RESULT_PLACE
from benchside.careers.wording import listed
from benchside.core.registries import panels_at


class Group(Protocol):
    """A class that takes the quiz together. Whoever has one passes it on to the templates.

    `page` goes along with the answers from page to page, and comes back with them. A result is
    handed in by a POST of `ticket` to `hand_in_url`, while `is_open`.
    """

    @property
    def page(self) -> str: ...
    @property
    def ticket(self) -> str: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def quiz_url(self) -> str: ...
    @property
    def result_url(self) -> str: ...
    @property
    def hand_in_url(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def words(self) -> str: ...
    def with_roles(self, slugs: Iterable[str]) -> "Group": ...


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card and what was said of it: 2, 1, 0, or None where it was skipped."""

    card: Card
    said: int | None

    @property
    def field(self) -> str:
        return f"{CARD}{self.card.slug}"

    @property
    def spec(self) -> Spec:
        return Spec.of(self.card.drawing)


@dataclass(frozen=True, slots=True)
class SwitchShown:
    switch: Switch
    said: str

    @property
    def field(self) -> str:
        return f"{SWITCH}{self.switch.name}"


@dataclass(frozen=True, slots=True)
class PickShown:
    """A role on the list. `moved` by the last change: "New", "Up", "Down" or ""."""

    role: Role
    pick: Pick
    moved: str

    @property
    def reasons(self) -> list[str]:
        return [words(reason) for reason in self.pick.reasons]

    @property
    def pips(self) -> list[bool]:
        return [place < self.pick.band.pips for place in range(3)]


def quiz_context(
    answers: Answers,
    *,
    problems: Sequence[Problem] = (),
    code: str = "",
    embedded: bool = False,
    group: Group | None = None,
) -> dict[str, Any]:
    """What `careers/quiz/quiz.html` is given; `result.html` is given `result_context` besides.

    version     the version asked
    cards       of CardShown; `switches` of SwitchShown
    subjects    of (slug, name, is picked)
    problems    what could not be read
    code        the code that was typed and refused, or ""
    is_about_code   whether a code was refused, and not an answer
    steps       screens, where cards come one at a time
    shell       the template around it: the site's, or a bare one inside another site's frame
    result_url, quiz_url   where the form goes, and where it stands
    share_url   the quiz's own address, for a link with a code
    group       a class that takes it together, or None
    """
    version = find(answers.version)
    if version is None:
        raise ValueError(f"There is no version {answers.version} of the quiz")
    name = "careers:quiz_embed" if embedded else "careers:quiz"
    return {
        "version": version,
        "cards": [CardShown(card, answers.cards.get(card.slug)) for card in version.cards],
        "subjects": [
            (slug, name, slug in answers.subjects) for slug, name in version.subjects.items()
        ],
        "switches": [
            SwitchShown(one, answers.switches.get(one.name, "")) for one in version.switches
        ],
        "problems": problems,
        "code": code,
        "is_about_code": any(one.field == "code" for one in problems),
        "steps": len(version.cards) + 2,
        "embedded": embedded,
        "shell": "careers/quiz/embed.html" if embedded else "base.html",
        "result_url": group.result_url if group else reverse(f"{name}_result"),
        "quiz_url": group.quiz_url if group else reverse(name),
        "share_url": (share_url := f"{settings.BASE_URL}{reverse('careers:quiz')}"),
        "canonical": share_url,  # printed at the foot; a result has no address of its own
        "group": group,
    }


def result_context(result: Result, live: LiveCatalogue, before: Result | None) -> dict[str, Any]:
    """What `careers/quiz/result.html` is given besides.

    picks, others  of PickShown
    own_code       the code of these answers
    said           what to tell the reader about the answers as a whole
    liked          "You like ...", from the reasons
    moved          what the last change did to the list, in a sentence; "" at first
    panels         what other rooms show of these roles
    """
    old = [pick.slug for pick in before.picks] if before else []
    return {
        "picks": [_shown(pick, place, live, old) for place, pick in enumerate(result.picks)],
        "others": [PickShown(live.by_slug[pick.slug], pick, "") for pick in result.others],
        "own_code": codes.write(result.answers),
        "said": summary(result.answers),
        "liked": liked(result),
        "moved": moves(before, result, live) if before else "",
        "panels": panels_at(RESULT_PLACE, ",".join(pick.slug for pick in result.picks)),
    }


def moves(before: Result, after: Result, live: LiveCatalogue) -> str:
    """What the last change did: "New: Wind turbine technician. Gone: ..."."""
    old, new = ([pick.slug for pick in one.picks] for one in (before, after))
    titles = {pick.slug: live.by_slug[pick.slug].title for pick in (*before.picks, *after.picks)}
    came = [titles[slug] for slug in new if slug not in old]
    went = [titles[slug] for slug in old if slug not in new]
    if came:
        return f"New on the list: {listed(came)}. Gone: {listed(went)}."
    if old != new:
        return f"The same six, in a new order. First now: {titles[new[0]]}."
    return "The list stays as it was."


def _shown(pick: Pick, place: int, live: LiveCatalogue, old: Sequence[str]) -> PickShown:
    moved = ""
    if old:
        was = old.index(pick.slug) if pick.slug in old else None
        moved = "New" if was is None else "Up" if place < was else "Down" if place > was else ""
    return PickShown(live.by_slug[pick.slug], pick, moved)
