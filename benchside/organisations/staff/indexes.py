"""The catalogue's roles as an index that job titles are matched to."""

from benchside.careers.models import Role
from benchside.organisations.staff_list import Entry, TitleIndex


def role_index() -> TitleIndex:
    """Roles that are live, by their title and other names; the code is the slug."""
    rows = Role.objects.filter(live=True).values_list("title", "other_names", "slug")
    return TitleIndex(
        Entry(name, slug) for title, others, slug in rows for name in (title, *others)
    )
