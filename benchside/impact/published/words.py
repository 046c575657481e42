"""Titles of what an action names by a key: its themes, and the other charters it serves."""

from benchside.impact.models import Charter

THEMES: tuple[str, ...] = ()


def theme_title(key: str) -> str:
    return key.replace("-", " ").capitalize()


def charter_titles() -> dict[str, str]:
    """Names of the charters kept here by slug; any other is called as the lead calls it."""
    return dict(Charter.objects.values_list("slug", "name"))
