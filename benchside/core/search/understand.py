"""A query into units of meaning: each a set of terms any of which will do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchside.core.search.documents import tag_term
from benchside.core.search.thesaurus import Concept, Thesaurus, Token
from benchside.core.search.tokenise import (
    MOST_CHARACTERS,
    NEGATIONS,
    NOT,
    STOP_WORDS,
    stem,
    words,
)
from benchside.core.search.vocabulary import Vocabulary

# Bounds: what is longer than this is a mistake or an attack, and the beginning will do.
MOST_TYPED = 200
MOST_WORDS = 12
MOST_BEGINNINGS = 8
_SHORTEST_BEGINNING = 3
# How well something stands for the word that was typed, in hundredths.
ITSELF, SAME, BEGINNING, CONCEPT_WORD = 100, 70, 60, 60
_LEAST_RARITY = 30
_LEAST_CONCEPT_RARITY = 120


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for. `terms` maps each term that answers it to how well it does."""

    terms: dict[str, int]
    rarity: int
    says: str = ""
    must: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """`stems` holds all that was typed, also what was left out, to compare with whole lines."""

    units: tuple[Unit, ...] = ()
    stems: frozenset[str] = field(default_factory=frozenset)
    corrected: str = ""
    understood: tuple[str, ...] = ()


def clean(typed: str) -> str:
    """What is kept of what was typed: printable, single-spaced, not too long."""
    printable = (letter if letter.isprintable() else " " for letter in typed[:MOST_TYPED])
    return " ".join("".join(printable).split())


def understand(typed: str, thesaurus: Thesaurus, vocabulary: Vocabulary) -> Query:
    """Read a query. No units come back when there is nothing in it to look for."""
    typed = clean(typed)
    written = [word[:MOST_CHARACTERS] for word in words(typed)[:MOST_WORDS]]
    mended = _mend(written, thesaurus, vocabulary)
    meant = [part for parts in mended for part in parts]
    tokens = thesaurus.tokens(meant)
    units = [
        unit
        for concept, asking in thesaurus.readings(tokens)
        for unit in _units(concept, asking, tokens, thesaurus, vocabulary)
    ]
    if not units:  # only words that commonly say nothing: then they must be meant
        units = [_of_terms({token.stem: ITSELF}, vocabulary) for token in tokens]
    units = _only_answerable(units, vocabulary)
    return Query(
        units=tuple(units),
        stems=frozenset(
            token.stem for token in tokens if token.word not in STOP_WORDS and token.stem != NOT
        ),
        corrected=_corrected(typed, written, mended),
        understood=tuple(dict.fromkeys(unit.says for unit in units if unit.says)),
    )


def _mend(
    written: Sequence[str], thesaurus: Thesaurus, vocabulary: Vocabulary
) -> list[tuple[str, ...]]:
    """Each word as it was most likely meant; a word nobody knows stays as it is."""
    mended: list[tuple[str, ...]] = []
    for place, word in enumerate(written):
        is_last = place == len(written) - 1
        if _is_known(word, thesaurus, vocabulary) or (is_last and _beginnings(word, vocabulary)):
            mended.append((word,))
        else:
            speller = vocabulary.speller
            nearest = speller.nearest(word)
            mended.append(speller.parted(word) or ((nearest,) if nearest else (word,)))
    return mended


def _is_known(word: str, thesaurus: Thesaurus, vocabulary: Vocabulary) -> bool:
    return (
        word in STOP_WORDS
        or word in NEGATIONS
        or word in thesaurus.words
        or vocabulary.has(stem(word))
    )


def _beginnings(word: str, vocabulary: Vocabulary) -> list[str]:
    if len(word) < _SHORTEST_BEGINNING:
        return []
    return vocabulary.beginning(word, MOST_BEGINNINGS)


def _corrected(typed: str, written: Sequence[str], mended: Sequence[tuple[str, ...]]) -> str:
    """The query as it would be written without the slips; "" when there are none."""
    corrected = typed
    for word, parts in zip(written, mended, strict=True):
        if parts != (word,):
            corrected = re.sub(
                rf"\b{re.escape(word)}\b", " ".join(parts), corrected, flags=re.IGNORECASE
            )
    return corrected if corrected != typed else ""


def _units(
    concept: Concept | None,
    asking: tuple[Token, ...],
    tokens: Sequence[Token],
    thesaurus: Thesaurus,
    vocabulary: Vocabulary,
) -> list[Unit]:
    if concept:
        return _of_concept(concept, asking, vocabulary)
    if asking[0].stem == NOT:
        return []
    return [_of_word(asking[0], tokens, thesaurus, vocabulary)]


def _of_concept(concept: Concept, asking: tuple[Token, ...], vocabulary: Vocabulary) -> list[Unit]:
    """One unit; of a `must`, the facts alone will do, and the words only put some first."""
    facts = dict.fromkeys(map(tag_term, concept.tags), ITSELF)
    said = dict.fromkeys(concept.terms, CONCEPT_WORD)
    if concept.must:
        rarity = max(_LEAST_CONCEPT_RARITY, vocabulary.rarity(facts))
        return [Unit(facts, rarity, concept.says, must=True), Unit(said, _LEAST_RARITY)]
    if len(asking) == 1:  # "animals": the word itself is an answer too
        said[asking[0].stem] = ITSELF
    terms = said | facts
    return [Unit(terms, max(_LEAST_CONCEPT_RARITY, vocabulary.rarity(terms)), concept.says)]


def _of_word(
    token: Token, tokens: Sequence[Token], thesaurus: Thesaurus, vocabulary: Vocabulary
) -> Unit:
    terms = dict.fromkeys(thesaurus.same.get(token.stem, ()), SAME)
    for compound in _compounds(token, tokens):
        if vocabulary.has(stem(compound)):
            terms[stem(compound)] = ITSELF
    if token.place == len(tokens) - 1 and not vocabulary.has(token.stem):
        for word in _beginnings(token.word, vocabulary):
            terms.setdefault(vocabulary.stem(word), BEGINNING)
    terms[token.stem] = ITSELF
    return _of_terms(terms, vocabulary)


def _compounds(token: Token, tokens: Sequence[Token]) -> Iterable[str]:
    """The word written as one with its neighbours: "air craft", "make up"."""
    if token.place:
        yield tokens[token.place - 1].word + token.word
    if token.place + 1 < len(tokens):
        yield token.word + tokens[token.place + 1].word


def _of_terms(terms: dict[str, int], vocabulary: Vocabulary) -> Unit:
    return Unit(terms, max(_LEAST_RARITY, vocabulary.rarity(terms)))


def _only_answerable(units: Iterable[Unit], vocabulary: Vocabulary) -> list[Unit]:
    """Without the units nothing in the index can answer, and without repetitions."""
    kept: list[Unit] = []
    for unit in units:
        terms = {term: worth for term, worth in unit.terms.items() if vocabulary.has(term)}
        if terms and all(terms != other.terms for other in kept):
            kept.append(Unit(terms, unit.rarity, unit.says, unit.must))
    return kept
