"""How a submission stands, area by area: what is done, what lacks, who writes what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from benchside.assessment.annexes import annexes_of
from benchside.assessment.content import SUPPORTERS, Completeness, Gap, completeness
from benchside.assessment.models import Contributor, Statement, Submission
from benchside.assessment.models import SignOff as Signature
from benchside.assessment.signatures import standing
from benchside.assessment.standards import Area, SignOff
from benchside.assessment.words import count_words
from benchside.assessment.writing.queries import Place, Writer

DONE, BEGUN, NOTHING, OVER = "done", "begun", "nothing", "over"
# A letter in a shape and a word, as everywhere in the house.
SHOWN = {DONE: ("b", "Done"), BEGUN: ("a", "Begun"), OVER: ("r", "Too long"), NOTHING: ("", "")}


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion of the outline."""

    place: Place
    state: str
    words: int
    lacks: tuple[str, ...]
    who: tuple[str, ...]
    is_own: bool
    url: str
    talk: int = 0  # comments that wait

    @property
    def letter(self) -> str:
        return SHOWN[self.state][0]

    @property
    def word(self) -> str:
        return SHOWN[self.state][1]


@dataclass(frozen=True, slots=True)
class Part:
    """An area with its criteria."""

    area: Area
    lines: tuple[Line, ...]

    @property
    def done(self) -> int:
        return sum(one.state == DONE for one in self.lines)


@dataclass(frozen=True, slots=True)
class ToMend:
    """A gap, and where it is mended."""

    title: str
    lacks: str
    url: str


@dataclass(frozen=True, slots=True)
class Outline:
    parts: tuple[Part, ...]
    whole: Completeness
    gaps: tuple[ToMend, ...]
    next: Line | None

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]

    @property
    def how_far(self) -> str:
        return f"{self.whole.done} of {self.whole.total} done"


def outline_of(writer: Writer, talk: Mapping[str, int] | None = None) -> Outline:
    """All of it, in the same few queries whatever the standard asks. `talk` counts the comments
    that wait, by criterion."""
    submission = writer.submission
    whole = completeness(submission)
    said = {one.criterion: one for one in submission.statements.all()}
    lacks: dict[str, list[str]] = defaultdict(list)
    for gap in whole.gaps:
        lacks[gap.criterion].append(gap.lacks)
    lines = [_line(writer, place, said, lacks) for place in writer.places]
    if talk:
        lines = [replace(one, talk=talk.get(one.place.criterion.key, 0)) for one in lines]
    parts = tuple(
        Part(area, found)
        for area in writer.standard.areas
        if (found := tuple(one for one in lines if one.place.area.key == area.key))
    )
    return Outline(parts, whole, tuple(_to_mend(submission, whole.gaps)), _next(lines))


def _line(
    writer: Writer, place: Place, said: dict[str, Statement], lacks: dict[str, list[str]]
) -> Line:
    key = place.criterion.key
    statement = said.get(key)
    words = count_words(statement.text) if statement else 0
    found = tuple(lacks.get(key, ()))
    return Line(
        place=place,
        state=_state(place, statement, words, found),
        words=words,
        lacks=found,
        who=tuple(_who(writer.parts, place)),
        is_own=writer.may_write(key),
        url=reverse("assessment:question", args=[writer.submission.key, key]),
    )


def _state(place: Place, statement: Statement | None, words: int, lacks: tuple[str, ...]) -> str:
    limit = place.criterion.words
    if limit and words > limit:
        return OVER
    has_said = bool(words or (statement and statement.choice))
    if not lacks and (has_said or place.criterion.required):
        return DONE
    return BEGUN if has_said else NOTHING


def _who(parts: Iterable[Contributor], place: Place) -> list[str]:
    named = [
        one.user.get_full_name()
        for one in parts
        if one.criterion == place.criterion.key
        or (not one.criterion and one.area == place.area.key)
    ]
    return list(dict.fromkeys(named))


def _next(lines: list[Line]) -> Line | None:
    """The first that is theirs and lacks something; else the first that is theirs and empty."""
    own = [one for one in lines if one.is_own]
    behind = (one for one in own if one.lacks)
    empty = (one for one in own if one.state == NOTHING)
    return next(behind, None) or next(empty, None)


def _to_mend(submission: Submission, gaps: Iterable[Gap]) -> Iterable[ToMend]:
    where = {one.title: one.url for one in annexes_of(submission)}
    where[SUPPORTERS] = lambda one: reverse("assessment:supporters", args=[one.key])
    for gap in gaps:
        if gap.criterion:
            url = reverse("assessment:question", args=[submission.key, gap.criterion])
        else:
            url = where[gap.title](submission)
        yield ToMend(gap.title, gap.lacks, url)


@dataclass(frozen=True, slots=True)
class Step:
    """A signature that is asked for, and the one that stands for it."""

    asked: SignOff
    given: Signature | None
    is_next: bool


def signatures_of(submission: Submission) -> list[Step]:
    """In their order; the first that nobody gave is next."""
    given = {one.step: one for one in standing(submission)}
    steps: list[Step] = []
    waits = False
    for one in submission.version.standard.sign_offs:
        found = given.get(one.key)
        steps.append(Step(one, found, is_next=found is None and not waits))
        waits = waits or found is None
    return steps
