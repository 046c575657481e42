"""What templates of other rooms ask of stories."""

from collections.abc import Sequence

from django import template

from benchside.visibility.stories.reading.elsewhere import on_the_first_page
from benchside.visibility.stories.reading.shown import Card

register = template.Library()


@register.simple_tag
def stories_now() -> Sequence[Card]:
    """A few, for a page whose view does not know this room."""
    return on_the_first_page()
