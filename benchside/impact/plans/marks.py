"""How delivery goes, drawn: a letter in a shape and a word, so that colour is never alone."""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from benchside.impact.enums import Delivery


@cache
def marks() -> dict[str, SafeString]:
    """By delivery; drawn once, for a table has hundreds."""
    drawn = {one.value: _drawn(one.value[0], str(one.label)) for one in Delivery if one.value}
    return {**drawn, "": SafeString("")}


def _drawn(state: str, word: str) -> SafeString:
    shape = {"state": state, "letter": state.upper(), "word": word}
    return SafeString(render_to_string("sheet/status.html", shape).strip())
