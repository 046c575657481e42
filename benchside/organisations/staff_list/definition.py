"""Who counts as a technician here: rules an organisation writes once, and the rulings they give.

Rules are asked in their order and the first that fits decides; so exceptions stand above what they
are exceptions from. Two things stand above all rules: what somebody says of themselves, and what
was decided about a job title. Every ruling says what decided it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from benchside.organisations.staff_list.fields import plain_name
from benchside.organisations.staff_list.titles import plain_title

LEAST_SCORE = 0.85  # a title's match counts as its SOC code from here; tried on real titles
MAX_RULES, MAX_WORDS, LONGEST_WORD = 100, 200, 120


class Verdict(StrEnum):
    """In the order that wins where somebody holds several posts."""

    TECHNICIAN = "technician"
    LIKELY = "likely"
    UNLIKELY = "unlikely"


class About(StrEnum):
    """What a rule looks at."""

    SOC = "soc"  # a code or its beginning: "311" is 3111 to 3119
    GRADE = "grade"
    FAMILY = "family"
    UNIT = "unit"  # the unit itself or the one above it
    TITLE = "title"  # all words of a phrase, in any order


class By(StrEnum):
    """What decided a ruling, the strongest first."""

    OWN_WORD = "own word"
    DECISION = "title decision"
    RULE = "rule"
    NO_RULE = "no rule"


class BadDefinition(ValueError):  # noqa: N818 - reads as what it is
    """The rules cannot be meant. The sentence names the rule and the remedy."""


class Facts(NamedTuple):
    """What a post is judged by. `soc` is the file's code, else the matched one, else empty."""

    title: str
    soc: str = ""
    grade: str = ""
    family: str = ""
    unit: str = ""
    unit_above: str = ""


class Ruling(NamedTuple):
    """A verdict and what decided it. `rule` counts from 1."""

    verdict: Verdict
    by: By
    rule: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule. It fits when any of `words` does."""

    about: About
    words: tuple[str, ...]
    verdict: Verdict
    note: str = ""

    @cached_property
    def plain(self) -> frozenset[str]:
        return frozenset(map(plain_name, self.words))

    @cached_property
    def phrases(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(plain_title(word).split()) for word in self.words)

    def fits(self, facts: Facts) -> bool:
        if self.about == About.SOC:
            return bool(facts.soc) and facts.soc.startswith(tuple(w.strip() for w in self.words))
        if self.about == About.TITLE:
            words = set(plain_title(facts.title).split())
            return any(phrase <= words for phrase in self.phrases)
        if self.about == About.UNIT:
            return bool({plain_name(facts.unit), plain_name(facts.unit_above)} & self.plain)
        return plain_name(getattr(facts, self.about)) in self.plain

    @cached_property
    def sentence(self) -> str:
        """Short, for a line about one person."""
        more = f" or {len(self.words) - 3} more" if len(self.words) > 3 else ""
        return f"{self._what} {_named(self.words[:3])}{more}: {self.verdict}"

    @property
    def full_sentence(self) -> str:
        """With every word, for whoever reads the rules."""
        what = self._what
        return f"{what[0].upper()}{what[1:]} {_named(self.words)}"

    @property
    def _what(self) -> str:
        said = {About.SOC: "SOC 2020 code begins with", About.TITLE: "the title has"}
        return said.get(self.about, f"{self.about} is")


def _named(words: Iterable[str]) -> str:
    return " or ".join(f"“{word}”" for word in words)


@dataclass(frozen=True)
class Definition:
    """One version of the rules. What no rule fits is `otherwise`."""

    version: int
    rules: tuple[Rule, ...]
    otherwise: Verdict = Verdict.UNLIKELY
    _known: dict[Facts, Ruling] = field(default_factory=dict, compare=False, repr=False)

    def ruling(self, facts: Facts) -> Ruling:
        """By the rules alone."""
        known = self._known.get(facts)
        if known is None:
            known = self._known[facts] = self._ruling(facts)
        return known

    def _ruling(self, facts: Facts) -> Ruling:
        for number, rule in enumerate(self.rules, start=1):
            if rule.fits(facts):
                return Ruling(rule.verdict, By.RULE, number, rule.sentence)
        return Ruling(self.otherwise, By.NO_RULE, 0, "No rule fits.")

    def as_json(self) -> dict[str, Any]:
        rules = [
            {
                "about": str(one.about),
                "words": list(one.words),
                "verdict": str(one.verdict),
                "note": one.note,
            }
            for one in self.rules
        ]
        return {"version": self.version, "otherwise": str(self.otherwise), "rules": rules}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Definition":
        """Raises BadDefinition, naming the rule."""
        rules = data.get("rules")
        if not isinstance(rules, Sequence) or isinstance(rules, str):
            raise BadDefinition("There are no rules: give a list of them.")
        if len(rules) > MAX_RULES:
            raise BadDefinition(f"There are more than {MAX_RULES} rules: join some.")
        made = tuple(_rule(number, one) for number, one in enumerate(rules, start=1))
        try:
            return cls(int(data["version"]), made, Verdict(data.get("otherwise", "unlikely")))
        except (KeyError, TypeError, ValueError) as error:
            raise BadDefinition(f"The definition cannot be read: {error}.") from error


def judge(
    definition: Definition,
    posts: Iterable[Facts],
    *,
    decisions: Mapping[str, Verdict],
    own_word: Verdict | None = None,
) -> Ruling:
    """What somebody is by their posts: the best of them counts.

    `decisions` are by `plain_title`. `own_word` is TECHNICIAN for a claim, UNLIKELY for a decline.
    """
    if own_word is not None:
        said = "They say so themselves." if own_word == Verdict.TECHNICIAN else "They declined."
        return Ruling(own_word, By.OWN_WORD, 0, said)
    best: Ruling | None = None
    for facts in posts:
        decided = decisions.get(plain_title(facts.title))
        ruling = (
            Ruling(decided, By.DECISION, 0, f"“{facts.title}” was decided.")
            if decided is not None
            else definition.ruling(facts)
        )
        if best is None or _ORDER[ruling.verdict] < _ORDER[best.verdict]:
            best = ruling
    return best or Ruling(Verdict.UNLIKELY, By.NO_RULE, 0, "No post.")


_ORDER = {verdict: place for place, verdict in enumerate(Verdict)}


def _rule(number: int, data: Any) -> Rule:
    if not isinstance(data, Mapping):
        raise BadDefinition(f"Rule {number} cannot be read: give what it is about, and its words.")
    try:
        about, verdict = About(data.get("about", "")), Verdict(data.get("verdict", ""))
    except ValueError as error:
        raise BadDefinition(f"Rule {number}: {error}. Choose one of the list.") from error
    words = data.get("words")
    if not isinstance(words, Sequence) or isinstance(words, str):
        raise BadDefinition(f"Rule {number} has no words: say what it looks for.")
    named = tuple(" ".join(word.split()) for word in words if isinstance(word, str))
    _check(number, about, [word for word in named if word], len(words))
    return Rule(about, named, verdict, str(data.get("note", ""))[:500])


def _check(number: int, about: About, words: Sequence[str], given: int) -> None:
    if not words or len(words) < given:
        raise BadDefinition(f"Rule {number} has an empty word: fill it in or take it out.")
    if len(words) > MAX_WORDS:
        raise BadDefinition(f"Rule {number} has more than {MAX_WORDS} words: make two of it.")
    for word in words:
        if len(word) > LONGEST_WORD:
            raise BadDefinition(f"Rule {number}: “{word[:30]}…” is too long.")
        if about == About.SOC and not (word.isdigit() and word.isascii() and len(word) <= 4):
            raise BadDefinition(f"Rule {number}: “{word}” is no SOC code, such as 311 or 3111.")
        if not plain_name(word):
            raise BadDefinition(f"Rule {number}: “{word}” has no letters or digits to look for.")


STARTING_RULES: tuple[Rule, ...] = (
    Rule(
        About.TITLE,
        (
            "lecturer",
            "professor",
            "reader",
            "tutor",
            "research fellow",
            "research associate",
            "postdoctoral",
            "technical author",
            "technical sales",
            "student ambassador",
        ),
        Verdict.UNLIKELY,
        "Academic and other posts whose titles hold words of the rules below.",
    ),
    Rule(
        About.TITLE,
        ("technician", "technologist", "glassblower", "animal care", "technical demonstrator"),
        Verdict.TECHNICIAN,
        "The title says so.",
    ),
    Rule(
        About.FAMILY,
        ("technical", "technicians", "technical services", "technical and experimental"),
        Verdict.TECHNICIAN,
        "The job family says so.",
    ),
    Rule(
        About.SOC,
        ("311", "3120", "313", "3213", "3417"),
        Verdict.TECHNICIAN,
        "Science, engineering, drawing, IT, medical and audio-visual technicians.",
    ),
    Rule(
        About.TITLE,
        ("technical", "experimental officer", "workshop", "laboratory", "instrument", "facility"),
        Verdict.LIKELY,
        "Words that technicians' titles often have, and others' too.",
    ),
    Rule(
        About.SOC,
        ("212", "2119", "2162", "2434", "521", "522", "523", "524", "5441", "6129"),
        Verdict.LIKELY,
        "Engineers, other scientists, skilled trades: often technicians in a university.",
    ),
)
"""Where a new organisation begins. Ours and nobody's standard: each is there to be mended."""
