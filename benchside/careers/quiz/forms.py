"""The quiz's form: answers out of what was posted, and what to say of what cannot be read.

Not a Django form: there is nothing to type but a code, and what is wrong with one answer must
not lose the other thirty. Names of the fields: `card-<slug>` (2, 1, 0), `subject` (repeated),
`switch-<name>`, `version`; or `code` alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from benchside.careers.quiz import codes
from benchside.careers.quiz.matching import Answers
from benchside.careers.quiz.version import Version, current, find
from benchside.careers.selection import shown
from benchside.careers.wording import counted

CARD, SWITCH, SUBJECT = "card-", "switch-", "subject"
VALUES = {"2": 2, "1": 1, "0": 0}
LARGEST = 20_000  # bytes; a full form is about 2,000


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is the id of what it is about on the page, or ""."""

    said: str
    remedy: str
    field: str = ""


class BadAnswers(ValueError):  # noqa: N818 - told to a child
    """`answers` are those that can be read, to fill the form again; `problems` the rest.

    `code` is the code as it was typed, or "".
    """

    def __init__(self, answers: Answers, problems: Iterable[Problem], code: str = "") -> None:
        self.answers, self.problems, self.code = answers, tuple(problems), code
        super().__init__(" ".join(f"{one.said} {one.remedy}" for one in self.problems))


def answers_from(posted: QueryDict) -> Answers:
    """What a reader answered, or the answers of the code that was typed. Raises BadAnswers."""
    typed = posted.get("code", "").strip()
    if "code" in posted and not _has_answers(posted):
        return _from_code(typed)
    version = find(posted.get("version", current().name))
    if version is None:
        problem = Problem(
            "This page is from a quiz we no longer have.", "Take today's quiz: it is quick."
        )
        raise BadAnswers(Answers(current().name), [problem])
    answers, problems = _read(posted, version)
    if problems:
        raise BadAnswers(answers, problems)
    return answers


def _has_answers(posted: QueryDict) -> bool:
    return any(name.startswith((CARD, SWITCH)) or name == SUBJECT for name in posted)


def _from_code(typed: str) -> Answers:
    try:
        return codes.read(typed)
    except codes.BadCode as bad:
        problem = Problem(bad.said, bad.remedy, "code")
        raise BadAnswers(Answers(current().name), [problem], codes.tidy(typed)) from bad


def _read(posted: QueryDict, version: Version) -> tuple[Answers, list[Problem]]:
    cards, problems = _cards(posted, version)
    subjects, more = _subjects(posted, version)
    switches, most = _switches(posted, version)
    return Answers(version.name, cards, subjects, switches), [*problems, *more, *most]


def _cards(posted: QueryDict, version: Version) -> tuple[dict[str, int], list[Problem]]:
    cards: dict[str, int] = {}
    problems = []
    for name in posted:
        if not name.startswith(CARD):
            continue
        slug = name.removeprefix(CARD)
        values = {value for value in posted.getlist(name) if value}
        if slug not in version.by_slug:
            problems.append(
                Problem(f"There is no card {shown(slug)}.", "Your other answers are still here.")
            )
        elif len(values) > 1:
            problems.append(Problem("One card has two answers.", "Pick one of them.", name))
        elif values and values <= VALUES.keys():
            cards[slug] = VALUES[values.pop()]
        elif values:
            problems.append(
                Problem("One card has an answer we cannot read.", "Answer it again.", name)
            )
    in_order = {card.slug: cards[card.slug] for card in version.cards if card.slug in cards}
    return in_order, problems


def _subjects(posted: QueryDict, version: Version) -> tuple[tuple[str, ...], list[Problem]]:
    given = set(posted.getlist(SUBJECT))
    subjects = tuple(slug for slug in version.subjects if slug in given)
    problems = [
        Problem(f"We do not know the subject {shown(slug)}.", "Pick from the list.", "subjects")
        for slug in sorted(given - set(subjects))
        if slug
    ]
    most = version.subjects_at_most
    if len(subjects) > most:
        problems.append(
            Problem(
                f"You picked {counted(len(subjects), 'subject')}.",
                f"Keep {most} at most: the ones you like best.",
                "subjects",
            )
        )
    return subjects, problems


def _switches(posted: QueryDict, version: Version) -> tuple[dict[str, str], list[Problem]]:
    switches = {}
    problems = []
    for name in posted:
        if not name.startswith(SWITCH):
            continue
        switch = version.by_switch.get(name.removeprefix(SWITCH))
        values = {value for value in posted.getlist(name) if value}
        known = {option.value for option in switch.options} if switch else set()
        if switch and len(values) == 1 and values <= known:
            switches[switch.name] = values.pop()
        elif values:
            problems.append(
                Problem("One choice cannot be read.", "Make it again.", name if switch else "")
            )
    in_order = {one.name: switches[one.name] for one in version.switches if one.name in switches}
    return in_order, problems
