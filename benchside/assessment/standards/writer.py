"""A standard as the text of its file: what the desk edits and hands out. No Django here.

What `reader.parse` makes of the text is the standard again, whole; comments of an older file are
gone, and what a file leaves at its default is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from benchside.assessment.standards.shapes import Standard

WIDE = 88


def write(standard: Standard) -> str:
    """The file of a standard, as TOML."""
    return text_of(standard.model_dump(exclude_defaults=True))


def text_of(values: Mapping[str, Any]) -> str:
    """Plain values as TOML: text, whole numbers, dates, lists, and tables of them."""
    return "\n".join(_table(values, ())) + "\n"


def _table(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first: in TOML whatever follows a table's heading belongs to it."""
    for key, value in values.items():
        if not _is_block(value):
            yield f"{key} = {_value(value)}"
    for key, value in values.items():
        here = (*path, key)
        if isinstance(value, Mapping):
            yield from ("", f"[{'.'.join(here)}]", *_table(value, here))
        elif _is_block(value):
            for one in value:
                yield from ("", f"[[{'.'.join(here)}]]", *_table(one, here))


def _is_block(value: Any) -> bool:
    if isinstance(value, Mapping):
        return True
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and bool(value) and isinstance(value[0], Mapping)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _long(value) if "\n" in value or len(value) > WIDE else f'"{_escaped(value)}"'
    return f"[{', '.join(_value(one) for one in value)}]"


def _long(text: str) -> str:
    """Over several lines, broken where the writer broke it; the first line break is not counted."""
    lines = "\n".join(_escaped(line) for line in text.split("\n"))
    return f'"""\n{lines}"""'


def _escaped(line: str) -> str:
    known = {"\\": "\\\\", '"': '\\"', "\t": "\\t"}
    return "".join(
        known.get(sign) or (f"\\u{ord(sign):04x}" if ord(sign) < 32 or ord(sign) == 127 else sign)
        for sign in line
    )
