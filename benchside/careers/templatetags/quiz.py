"""The cards of a result page: {% load quiz %} {% answer_row one %}.

A page has thirty, each in one of four states that look the same to everybody, so each is made once.
"""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from benchside.careers.quiz.page import CardShown

register = template.Library()


@register.simple_tag
def answer_row(one: CardShown) -> SafeString:
    """A card in a line, with its three answers."""
    return _row(one)


@lru_cache(maxsize=1_000)
def _row(one: CardShown) -> SafeString:
    return render_to_string("careers/quiz/parts/row.html", {"one": one})
