"""The catalogue's roles as an index that job titles are matched to."""

from benchside.careers.models import Role
from benchside.organisations.staff_list import Entry, TitleIndex


def role_index() -> TitleIndex:
    """Roles that are live, by their title; the code is the slug."""
    rows = Role.objects.live().values_list("title", "slug")
    return TitleIndex(Entry(title, slug) for title, slug in rows)
