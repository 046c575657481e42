"""Small English: names inside a sentence, counts, lists. Plain text in and out."""

from collections.abc import Sequence

# Names that keep their capital, and kit that is not counted.
PROPER = {"English", "Petri"}
UNCOUNTED = {"Lift gear", "Paint and varnish", "Radar", "Tree tape"}
VOWELS = "aeiou"


def inside(name: str) -> str:
    """A name as it stands inside a sentence: "Maths" is maths, "PE" and "3D printer" stay."""
    if len(name) < 2 or not name[1].islower() or name.split()[0] in PROPER:
        return name
    return name[0].lower() + name[1:]


def with_article(name: str) -> str:
    """ "a multimeter", "an oscilloscope"; "safety glasses" and "radar" take no article."""
    word = inside(name)
    counted = name.split(" and ")[0].split()
    is_plural = any(part.endswith("s") and not part.endswith(("ss", "'s")) for part in counted)
    if is_plural or name in UNCOUNTED:
        return word
    return f"{'an' if word[0] in VOWELS else 'a'} {word}"


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 role", "57 roles"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """ "physics", "physics or maths", "physics, maths or music"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
