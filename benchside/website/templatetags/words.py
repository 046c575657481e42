"""Words from an editor, on their page."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def raised(html: SafeString) -> SafeString:
    """Rich text whose headings come straight after the page's title.

    Editors have one heading, h3, right under a guide's question; on a page of plain words there
    is no h2 between it and the title, so it becomes one.
    """
    return mark_safe(re.sub(r"(</?)h3\b", r"\1h2", html))  # noqa: S308 - Wagtail cleaned it
