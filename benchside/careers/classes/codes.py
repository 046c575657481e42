"""The code of a class: six letters, said across a room and typed by thirty pupils. No Django."""

import re
import secrets

# No vowels, so no words; no I, L, O, Q, S or B, which look like others; one letter of each
# family that sounds alike (D for B, P, T, V; M for N; X for F and S).
LETTERS = "CDGHJKMRTWXYZ"
LENGTH = 6
BETWEEN = re.compile(r"[\s.,_/·-]+")


class NoCode(ValueError):  # noqa: N818
    """What was typed cannot be a class code. `said` and `remedy` are written for a pupil."""

    def __init__(self, said: str, remedy: str) -> None:
        self.said, self.remedy = said, remedy
        super().__init__(f"{said} {remedy}")


def new_code() -> str:
    """Six letters at random: one of 4.8 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read(typed: str) -> str:
    """The code in what was typed: small letters, spaces and dashes do not matter.

    Raises NoCode, saying which letter or what length is wrong.
    """
    code = BETWEEN.sub("", typed).upper()
    if not code:
        raise NoCode("No code yet.", "Type the six letters your teacher shows you.")
    if strange := next((sign for sign in code if sign not in LETTERS), ""):
        raise NoCode(
            f"Class codes do not use “{strange}”.",
            f"Look again at the board. The letters are {', '.join(LETTERS)}.",
        )
    if len(code) != LENGTH:
        raise NoCode(
            f"That has {len(code)} {'letter' if len(code) == 1 else 'letters'}.",
            "A class code has six. Look again at the board.",
        )
    return code


def spaced(code: str) -> str:
    """As it is shown and said: "CDG HJK"."""
    return f"{code[:3]} {code[3:]}"
