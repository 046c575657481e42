"""What templates of other rooms ask of what is on."""

from collections.abc import Sequence

from django import template

from benchside.visibility.whats_on import Happening, happenings

register = template.Library()


@register.simple_tag
def on_now() -> Sequence[Happening]:
    """Campaign days, competitions and tours, for a page whose view does not know this room."""
    return happenings()
