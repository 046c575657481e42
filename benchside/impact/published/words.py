"""Titles of what an action names by a key: its themes, and the other charters it serves."""

from benchside.impact.models import Charter
from benchside.impact.plans.themes import BY_KEY

THEMES = tuple(BY_KEY)


def theme_title(key: str) -> str:
    """One of another vocabulary stands as it is, readably."""
    return BY_KEY[key].title if key in BY_KEY else key.replace("-", " ").capitalize()


def charter_titles() -> dict[str, str]:
    """Names of the charters kept here by slug; any other is called as the lead calls it."""
    return dict(Charter.objects.values_list("slug", "name"))
