"""How hard an English text is to read: the Flesch-Kincaid grade.

No Django here: text in, numbers out. The grade is that of J. P. Kincaid and others,
"Derivation of new readability formulas", Research Branch Report 8-75 (1975): the year of
school, counted as in the United States, at which most can read the text. Grade 6 is Year 7
in England.
"""

import re
from dataclasses import dataclass

LETTERS = r"[^\W\d_]"
WORD = re.compile(rf"{LETTERS}+(?:['’]{LETTERS}+)*|\d+(?:[.,:/]\d+)*")
# A full stop that does not end a sentence: Dr Wu's "Dr.", "e.g.", the J of "J. Smith".
ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|Prof|St|vs|e\.g|i\.e|[A-Z])\.(?=\s)")
# A sentence ends at its stop, at an empty line, and before an item of a list.
END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n\s*\n|\n\s*(?=[-*•]\s)")

VOWELS = re.compile(r"[aeiouy]+")
# An e without a sound of its own, as in "made", "rules", "jumped", "careful", "something" and
# "tongue"; it is heard in "wanted" and "glasses".
SILENT = re.compile(
    r"""(?x)
      (?<=[^aeiouy]) e $
    | (?<=[^aeiouycgjsxz]) (?<! ch) (?<! sh) e (?= s $)
    | (?<=[^aeiouydt]) e (?= d $)
    | (?<=[aeiouy][^aeiouylx]) e (?= ful|less|ly|ment|ness|ship|work|where|body )
    | (?<= ^som) e (?=.) | (?<= ^ev) e (?= ry|ning )
    | (?<=[gq]) ue (?= s? $)
    """
)
# Consonants that make a syllable without a vowel: "table", "handled", "metre", "organism".
SYLLABIC = re.compile(r"[^aeiouylrw]l(?:e|es|ed)$|[^aeiouyr]r(?:e|es|ed)$|ythms?$|[aiy]sms?$")
# Neighbours with a sound each: "science", "idea", "studio", "employer"; not those of "station",
# "special", "carriage" and "surgeon".
APART = re.compile(
    r"""(?x)
      (?<![cgst]) ia (?! ge | g$ ) | (?<=[cst]) ia (?= t ) | (?<= ^g) ia
    | (?<![cghnstx]) (?<! ll) io | (?<=[cgst]) io (?! n | us )
    | iu | eu (?= m)
    | (?<![cgst]) (?<! fr) ie (?= n ) | (?<= ^sc) ie | ie (?= t )
    | (?<= ..) ie (?= rs? $) | (?<= ...) ie (?= st $)
    | (?<! g) eo (?! p | us ) | (?<= g) eo (?! n | us )
    | (?<= id) ea | (?<= cr) ea (?= t(?!u) ) | ea (?= ct )
    | (?<![gq]) u (?= al | at | ary | ous ) | (?<![gq]) ue (?= l | n )
    | (?<= fl) ui (?= d ) | (?<=[nr]) ui (?= n )
    | oe (?= t | m ) | (?<= ^c) oo (?= pe | rd )
    | (?<=[aeou]) y (?= [aou] | er | ee ) | [aeiouy] (?= ings? $ )
    """
)
# Words no rule gets right. A plural in -s counts as much.
KNOWN = {
    "area": 3,
    "argue": 2,
    "business": 2,
    "businesses": 3,
    "everyone": 3,
    "nuclear": 3,
    "recipe": 3,
    "wednesday": 2,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in a text."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        words, syllables = self.words / self.sentences, self.syllables / self.words
        return 0.39 * words + 11.8 * syllables - 15.59


def read(text: str) -> Reading:
    """Count sentences, words and syllables of plain text. Markup must be gone before."""
    whole = ABBREVIATION.sub(r"\1", text)
    words = WORD.findall(whole)
    sentences = sum(1 for part in END.split(whole) if WORD.search(part))
    return Reading(sentences, len(words), sum(map(syllables, words)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of plain text."""
    return read(text).grade


def syllables(word: str) -> int:
    """Syllables of one word as it is read aloud; each figure of a number counts as one."""
    if word[0].isdigit():
        return sum(character.isdigit() for character in word)
    plain = re.sub(r"['’]", "", word.lower())
    if known := KNOWN.get(plain) or KNOWN.get(plain.removesuffix("s")):
        return known
    heard = SILENT.sub("", plain)
    groups = VOWELS.findall(heard)
    count = len(groups) + len(APART.findall(heard)) + len(SYLLABIC.findall(plain))
    return max(1, count)
