"""Which entry of an index a job title is: the ONS coding index of SOC 2020, or our own roles.

The coding index writes a title noun first ("Technician, laboratory") and tells the same title apart
by what the job is (`additional`) and by industry. A title finds its entry by its words in any
order; what is not found whole is found by the words that say most, with a lower score. Every match
says why, because a person will judge it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchside.organisations.staff_list.titles import RANKS, SMALL, plain_title, title_words

WHOLE, AMONG_OURS, WITHOUT_RANK, GENERAL, SEVERAL = 1.0, 0.98, 0.95, 0.9, 0.6
MOST_PARTIAL = 0.89
LEAST = 0.4
# Industries of the coding index that our organisations are in, the nearest first.
INDUSTRIES = ("university", "higher education", "research", "education", "school", "college")


class Entry(NamedTuple):
    """One line of an index. `code` is a SOC 2020 unit group, or a role's slug."""

    title: str
    code: str
    additional: str = ""
    industry: str = ""


class Match(NamedTuple):
    """`score` is 1 for the very title and falls to 0.4; `others` are codes it might also be."""

    code: str
    score: float
    entry: str
    reason: str
    others: tuple[str, ...] = ()


class _Known(NamedTuple):
    entry: Entry
    words: frozenset[str]
    head: str
    weight: float


class TitleIndex:
    """An index ready to be asked. Building it reads every entry once; asking remembers."""

    def __init__(self, entries: Iterable[Entry], industries: Sequence[str] = INDUSTRIES) -> None:
        self.industries = industries
        self.whole: dict[frozenset[str], list[Entry]] = defaultdict(list)
        self.longer: dict[frozenset[str], list[Entry]] = defaultdict(list)
        self.holding: dict[str, list[_Known]] = defaultdict(list)
        self.answers: dict[str, Match | None] = {}
        self._weigh([entry for entry in entries if entry.code[:1].isalnum()])

    def _weigh(self, entries: list[Entry]) -> None:
        worded = []
        for entry in entries:
            words = title_words(entry.title)
            more = words | title_words(entry.additional) if entry.additional else words
            if not words:
                continue
            self.whole[words].append(entry)
            if more != words:
                self.longer[more].append(entry)
            head = next(iter(plain_title(entry.title.partition(",")[0]).split()[-1:]), "")
            worded.append((entry, more, head))
        holding: dict[str, int] = defaultdict(int)
        for _, words, _ in worded:
            for word in words:
                holding[word] += 1
        self.rarity = {word: math.log(1 + len(worded) / times) for word, times in holding.items()}
        self.unheard = math.log(1 + len(worded)) if worded else 0.0
        for entry, words, head in worded:
            known = _Known(entry, words, head, sum(self.rarity[word] for word in words))
            for word in words:
                self.holding[word].append(known)

    def match(self, title: str) -> Match | None:
        """The best entry for a title, or None when nothing is near."""
        plain = plain_title(title)
        if plain not in self.answers:
            self.answers[plain] = self._match(plain)
        return self.answers[plain]

    def _match(self, plain: str) -> Match | None:
        words = frozenset(plain.split()) - SMALL
        if not words:
            return None
        if found := self._exact(words, "The index has this title"):
            return found
        bare = words - RANKS
        dropped = " ".join(word for word in plain.split() if word in RANKS)
        if bare and bare != words and (found := self._exact(bare, f"Without “{dropped}”")):
            return found._replace(score=round(found.score * WITHOUT_RANK, 2))
        return self._partial(plain, bare or words)

    def _exact(self, words: frozenset[str], reason: str) -> Match | None:
        found = self.whole.get(words, []) + self.longer.get(words, [])
        if not found:
            return None
        codes = {entry.code for entry in found}
        if len(codes) == 1:
            return Match(found[0].code, WHOLE, _shown(found[0]), f"{reason}.")
        ours = [entry for entry in found if self._is_ours(entry)]
        for some, score, why in (
            (ours, AMONG_OURS, "in an industry like yours"),
            (self.longer.get(words, []), AMONG_OURS, "for this kind of work"),
            ([one for one in found if not (one.industry or one.additional)], GENERAL, "in general"),
        ):
            if some and len({entry.code for entry in some}) == 1:
                others = tuple(sorted(codes - {some[0].code}))
                return Match(some[0].code, score, _shown(some[0]), f"{reason}, {why}.", others)
        chosen = min(found, key=lambda entry: (self._distance(entry), bool(entry.additional)))
        others = tuple(sorted(codes - {chosen.code}))
        why = f"{reason}, under {len(codes)} codes"
        return Match(chosen.code, SEVERAL, _shown(chosen), f"{why}.", others)

    def _partial(self, plain: str, words: frozenset[str]) -> Match | None:
        """By the words that say most. The noun of the entry must stand in the title."""
        mine = sum(self.rarity.get(word, self.unheard) for word in words)
        rare = sorted(words & self.rarity.keys(), key=lambda word: -self.rarity[word])
        best: tuple[float, bool, str] | None = None
        chosen: Entry | None = None
        for word in rare[:3]:
            for known in self.holding[word]:
                if known.head not in words:
                    continue
                common = sum(self.rarity[one] for one in known.words & words)
                score = 2 * common / (mine + known.weight)
                # By few words, an entry of no one industry is the safer guess.
                rank = (round(score, 6), not known.entry.industry, known.entry.title)
                if best is None or rank > best:
                    best, chosen = rank, known.entry
        if best is None or chosen is None:
            return None
        score = round(min(best[0], MOST_PARTIAL), 2)
        if score < LEAST:
            return None
        shared = title_words(chosen.title) | title_words(chosen.additional)
        said = " ".join(word for word in plain.split() if word in shared)
        return Match(chosen.code, score, _shown(chosen), f"The words “{said}” are in the index.")

    def _is_ours(self, entry: Entry) -> bool:
        return self._distance(entry) < len(self.industries)

    def _distance(self, entry: Entry) -> float:
        """How far the industry of an entry is from ours; none named is nearer than another."""
        industry = entry.industry.casefold()
        if not industry:
            return len(self.industries)
        near = (at for at, name in enumerate(self.industries) if name in industry)
        return next(near, len(self.industries) + 1)


def _shown(entry: Entry) -> str:
    extras = ", ".join(filter(None, (entry.additional, entry.industry)))
    return f"{entry.title} ({extras})" if extras else entry.title
