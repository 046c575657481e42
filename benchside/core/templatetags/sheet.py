"""Template tags of the drawing sheet, available in every template."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.template import Context, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

HUNDRED = 100


@register.simple_tag
def stylesheet() -> str:
    """Address of the one stylesheet; the plain one if the collected files are not at hand.

    An error page calls this too, so it may not fail because static files were not collected.
    """
    try:
        return static("core/css/sheet.css")
    except ValueError:
        return "/static/core/css/sheet.css"


@dataclass(frozen=True)
class Cell:
    """One cell of a plate. A wide one spans two columns; a said one keeps its label when folded."""

    label: str
    value: object
    wide: bool = False
    said: bool = False
    url: str = ""
