"""How long a text may be: one that is too long is refused, never cut."""

from benchside.core.actions import Refused


def whole(text: str, most: int, what: str) -> str:
    """The text without space around it. Raises Refused when it has more than `most` letters."""
    kept = text.strip()
    if len(kept) > most:
        over = len(kept) - most
        raise Refused(
            f"{what} is {over} letter{'s' if over > 1 else ''} too long.",
            f"Use {most:,} at most. What you typed is still on your screen.",
        )
    return kept
