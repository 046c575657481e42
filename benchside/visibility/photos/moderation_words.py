"""What a sender is told when a photograph is not used: kind, plain, with a way on.

A moderator picks a reason from a list; these words go out with it, so that nobody is hurt by a
line typed in haste.
"""

from dataclasses import dataclass

from benchside.visibility.enums import RefusedFor


@dataclass(frozen=True, slots=True)
class Kind:
    """`why` says what it is about, `do` what helps."""

    why: str
    do: str


TOLD = {
    RefusedFor.CONSENT: Kind(
        "We could not be sure that everybody in it has said yes to being shown.",
        "Ask each of them, then send it again.",
    ),
    RefusedFor.CHILD: Kind(
        "A child can be recognised in it, and we keep children off the wall.",
        "A picture of the work without pupils, or with them from behind, is very welcome.",
    ),
    RefusedFor.DATA: Kind(
        "Something private can be read in it, such as a name on a screen or a badge.",
        "Turn the screen or take the badge off, and send another.",
    ),
    RefusedFor.SAFETY: Kind(
        "The work in it looks as if something that keeps people safe is missing.",
        "If it is there and only cannot be seen, send one that shows it.",
    ),
    RefusedFor.SUBJECT: Kind(
        "We could not see a technician or their work in it.",
        "Send one of somebody at work, of a bench, of something they made.",
    ),
    RefusedFor.QUALITY: Kind(
        "It is too small, too dark or not sharp enough for a large screen.",
        "If you have the picture as your phone took it, send that one.",
    ),
    RefusedFor.TWICE: Kind(
        "We have this picture already.",
        "You need do nothing: once is enough.",
    ),
    RefusedFor.RIGHTS: Kind(
        "It seems to be somebody else’s picture, and we may show only what is yours to give.",
        "Send one you took, or ask whoever took it to send it.",
    ),
    RefusedFor.OTHER: Kind(
        "It does not fit this wall.",
        "Write back if you would like to know more. A person reads it.",
    ),
}
# The order of the list at the desk: what is met most comes first. The number is its key.
REASONS = tuple(TOLD)
