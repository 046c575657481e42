"""People sorted by a definition, titles that wait for a decision, two definitions compared."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from benchside.organisations.staff_list.collecting import not_collecting
from benchside.organisations.staff_list.definition import (
    LEAST_SCORE,
    By,
    Definition,
    Facts,
    Ruling,
    Verdict,
    judge,
)
from benchside.organisations.staff_list.matching import Match, TitleIndex
from benchside.organisations.staff_list.people import Person, Post
from benchside.organisations.staff_list.titles import plain_title

SPELLINGS = 5


class WaitingTitle(NamedTuple):
    """A job title that wants a decision: no rule fits and no code is known, or it is `likely`.

    `spellings` are as they stand in the file.
    """

    plain: str
    likely: bool
    spellings: tuple[str, ...]
    people: int
    soc: Match | None
    role: Match | None


class Sorted(NamedTuple):
    """The ruling of everybody by key, and the titles that wait: likely ones, then those of most."""

    rulings: dict[str, Ruling]
    waiting: list[WaitingTitle]

    def counts(self) -> dict[Verdict, int]:
        counted = Counter(ruling.verdict for ruling in self.rulings.values())
        return {verdict: counted[verdict] for verdict in Verdict}


class Turn(NamedTuple):
    """Somebody two definitions disagree about."""

    key: str
    before: Ruling
    after: Ruling


class Comparison(NamedTuple):
    """Who would enter and who would leave; how many by the rule that decides now.

    `by_rule` counts (what decided, number of the rule, verdict) of the second definition for those
    who enter, of the first for those who leave.
    """

    enters: list[Turn]
    leaves: list[Turn]
    unchanged: int
    by_rule: dict[tuple[str, int], int]


class Sorter:
    """Judges people by a definition. Posts with the same facts are judged once."""

    def __init__(
        self,
        definition: Definition,
        *,
        soc: TitleIndex,
        roles: TitleIndex,
        decisions: Mapping[str, Verdict] | None = None,
        own_words: Mapping[str, Verdict] | None = None,
    ) -> None:
        """`decisions` are by plain title, `own_words` by the key of the person."""
        self.definition, self.soc, self.roles = definition, soc, roles
        self.decisions, self.own_words = decisions or {}, own_words or {}
        self._facts: dict[tuple[str | None, ...], Facts] = {}

    def facts(self, post: Post) -> Facts:
        said = (post.title, post.soc, post.grade, post.family, post.unit, post.unit_above)
        known = self._facts.get(said)
        if known is None:
            soc = post.soc or ""
            match = self.soc.match(post.title) if len(soc) < 4 else None
            # Three digits of the file are filled up by a match that agrees, never overruled.
            if match and match.score >= LEAST_SCORE and match.code.startswith(soc):
                soc = match.code
            rest = (text or "" for text in said[2:])
            known = self._facts[said] = Facts(post.title, soc, *rest)
        return known

    def ruling(self, person: Person) -> Ruling:
        return judge(
            self.definition,
            [self.facts(post) for post in person.posts],
            decisions=self.decisions,
            own_word=self.own_words.get(person.key),
        )

    @not_collecting()
    def sort(self, people: Iterable[Person]) -> Sorted:
        rulings: dict[str, Ruling] = {}
        undecided: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
        for person in people:
            ruling = rulings[person.key] = self.ruling(person)
            if ruling.by not in {By.RULE, By.NO_RULE} or ruling.verdict == Verdict.TECHNICIAN:
                continue
            for post in person.posts:
                facts = self.facts(post)
                own = self.definition.ruling(facts)
                is_likely = own.verdict == Verdict.LIKELY
                if is_likely or (own.by == By.NO_RULE and not facts.soc):
                    undecided[plain_title(post.title), is_likely][post.title] += 1
        waiting = [
            WaitingTitle(
                plain,
                is_likely,
                tuple(title for title, _ in spellings.most_common(SPELLINGS)),
                spellings.total(),
                self.soc.match(plain),
                self.roles.match(plain),
            )
            for (plain, is_likely), spellings in undecided.items()
        ]
        waiting.sort(key=lambda one: (not one.likely, -one.people, one.plain))
        return Sorted(rulings, waiting)


def compare_definitions(people: Iterable[Person], first: Sorter, second: Sorter) -> Comparison:
    """What a new definition would change, for the same people on the same day.

    Somebody is in when they are a technician; `likely` waits outside.
    """
    enters: list[Turn] = []
    leaves: list[Turn] = []
    unchanged = 0
    by_rule: Counter[tuple[str, int]] = Counter()
    for person in people:
        turn = Turn(person.key, first.ruling(person), second.ruling(person))
        was, is_now = (one.verdict == Verdict.TECHNICIAN for one in turn[1:])
        if was == is_now:
            unchanged += 1
        else:
            (enters if is_now else leaves).append(turn)
            decided = turn.after if is_now else turn.before
            by_rule[decided.by, decided.rule] += 1
    return Comparison(enters, leaves, unchanged, dict(by_rule))
