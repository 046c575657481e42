"""Lists of entries as other systems write them."""

from collections.abc import Sequence

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.recognition.bringing import actions, comparing
from benchside.recognition.models import BroughtList, Register

HEADER = ("Number", "Name", "Former names", "State", "Admitted", "Period until", "Date of change",
          "What changed", "Reason")  # fmt: skip
ROWS: tuple[tuple[str, ...], ...] = (
    ("RT-000041", "Siobhán O’Brien", "Siobhán Murphy; S. Murphy", "Registered", "01/03/2019",
     "28/02/2099", "", "", ""),
    ("0042", "Tess Made-Up", "", "Lapsed", "5 June 2018", "04/06/2021", "", "", ""),
    ("RT-000043", "Rob Made-Up", "", "Registered", "2017-01-10", "09/01/2099", "10/01/2019",
     "Lapsed", "Did not renew"),
    ("RT-000043", "", "", "", "", "", "01/02/2020", "Registered", "Reinstated"),
)  # fmt: skip


def csv(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    lines = [header, *(rows or ROWS)]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def entry(number: str, name: str, **said: str) -> tuple[str, ...]:
    """Registered since 2019, unless said otherwise."""
    cells = {
        "Number": number, "Name": name, "State": "Registered", "Admitted": "01/03/2019",
        "Period until": "28/02/2099",
    } | said  # fmt: skip
    return tuple(cells.get(column, "") for column in HEADER)


def a_list(register: Register, user: User, data: bytes = b"") -> BroughtList:
    """Taken in and compared, and not brought in yet."""
    actor = Actor.of(user)
    one = actions.take_in_list(
        actor=actor, register=register, data=data or csv(), filename=r"C:\old.csv"
    )
    comparing.compare(one, actor)
    one.refresh_from_db()
    return one
