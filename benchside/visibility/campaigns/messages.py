"""Words for partners' and schools' own channels, ready to copy. No Django.

What the team wrote goes as it is; where it wrote nothing, the words are made from the campaign's
name, day, message and hashtags. A post always fits its channel: hashtags are left out first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SHORT, LONG = 280, 1_200  # letters that a channel takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What there is to say. `day` as "Friday 12 March 2027" or empty; `school` for a school's own
    words; the last three are the team's, or empty."""

    campaign: str
    day: str
    message: str
    tags: Sequence[str]
    address: str
    school: str = ""
    short: str = ""
    long: str = ""
    newsletter: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is stable; `channel` says where the words go, `why` what suits there."""

    key: str
    channel: str
    why: str
    words: str

    @property
    def length(self) -> int:
        return len(self.words)


def messages(said: Said) -> list[Message]:
    """Short post, long post, newsletter, and a letter to one's own staff."""
    return [
        Message(
            "short",
            "Short post",
            f"Up to {SHORT} letters, for channels with short posts.",
            _fit(said.short or _short(said), said, SHORT),
        ),
        Message(
            "long",
            "Long post",
            "For channels that leave room.",
            _fit(said.long or _long(said), said, LONG),
        ),
        Message(
            "newsletter",
            "Newsletter or website",
            "Three short paragraphs.",
            said.newsletter or _newsletter(said),
        ),
        Message("staff", "E-mail to your own people", "For the whole staff.", _staff(said)),
    ]


def _when(said: Said) -> str:
    return f" on {said.day}" if said.day else ""


def _who(said: Said) -> str:
    return f"{said.school} joins in" if said.school else "We join in"


def _short(said: Said) -> str:
    return f"{_who(said)}: {said.campaign}{_when(said)}. {said.message}\n{said.address}"


def _long(said: Said) -> str:
    return (
        f"{said.message}\n\n"
        f"{_who(said)} with {said.campaign}{_when(said)}. Technicians plan, build, mend and keep "
        "people safe, and they are seldom seen doing it. Find one near you, say thank you, and "
        f"show what they do.\n\n{said.address}"
    )


def _newsletter(said: Said) -> str:
    return (
        f"{said.campaign}{_when(said)}\n\n"
        f"{said.message} Technicians work in laboratories, workshops, studios, kitchens and "
        "computer rooms. Without them no experiment is set up, no show goes on and no machine "
        "is safe to use.\n\n"
        f"{_who(said)}. Say thank you to a technician you know, ask what the best part of the "
        f"job is, and tell others{_tagged(said)}. Posters, badges, stickers and slides are free "
        f"to print: {said.address}"
    )


def _staff(said: Said) -> str:
    return (
        f"Subject: {said.campaign}{_when(said)}\n\n"
        "Dear all,\n\n"
        f"{_who(said)} with {said.campaign}{_when(said)}. {said.message}\n\n"
        "Please find a minute for the technicians you work with: say thank you, ask what they "
        "are proud of, and let your classes know what they do. If you take a photograph, ask "
        f"everybody in it first, and leave pupils out.\n\n{said.address}"
    )


def _tagged(said: Said) -> str:
    return f" with {' and '.join(said.tags)}" if said.tags else ""


def _fit(words: str, said: Said, most: int) -> str:
    """The words with as many hashtags as fit; too long by themselves, they are cut at a word."""
    for count in range(len(said.tags), 0, -1):
        missing = [tag for tag in said.tags[:count] if tag.casefold() not in words.casefold()]
        whole = f"{words} {' '.join(missing)}".strip()
        if len(whole) <= most:
            return whole
    if len(words) <= most:
        return words
    return words[: most - 1].rsplit(" ", 1)[0].rstrip() + "…"
