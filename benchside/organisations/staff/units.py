"""The units a list names, found in the organisation's tree or made for it."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from benchside.organisations.models import Organisation, StaffRun, Unit
from benchside.organisations.staff_list import Post


def close_empty(run: StaffRun) -> None:
    """Close again what a list had made, where nothing else has come to hang on it since."""
    for unit in Unit.objects.open().filter(pk__in=run.new_units).order_by("-pk"):
        is_used = unit.posts.exists() or unit.memberships.exists()
        if not (is_used or unit.below.filter(closed_on__isnull=True).exists()):
            unit.closed_on = timezone.localdate()
            unit.save(update_fields=["closed_on"])


def delete_closed(run: StaffRun) -> None:
    """Delete what a list had made and nobody has seen, or nobody sees any more."""
    for unit in Unit.objects.filter(pk__in=run.new_units, closed_on__isnull=False).order_by("-pk"):
        posts = unit.posts(manager="everything")
        if not (posts.exists() or unit.below.exists() or unit.memberships.exists()):
            unit.delete()


class Units:
    """Finds a unit by its name and the name above it, in whatever case they are written."""

    def __init__(self, run: StaffRun) -> None:
        self.run = run
        self._learn()

    def _learn(self) -> None:
        self.by_names: dict[tuple[str, str], int] = {}
        self.by_name: dict[str, int] = {}
        rows = Unit.objects.filter(organisation=self.run.organisation_id).select_related("above")
        for unit in rows.order_by("pk"):
            if unit.closed_on is not None and unit.pk not in self.run.new_units:
                continue
            name = unit.name.casefold()
            above = unit.above.name.casefold() if unit.above else ""
            self.by_names.setdefault((above, name), unit.pk)
            self.by_name.setdefault(name, unit.pk)

    def find(self, name: str | None, above: str | None) -> int | None:
        """Its id. A list that does not say what is above means the unit wherever it stands."""
        if not name:
            return None
        if above:
            return self.by_names.get((above.casefold(), name.casefold()))
        return self.by_name.get(name.casefold())

    def of(self, post: Post) -> int | None:
        return self.find(post.unit, post.unit_above)

    def make_missing(self) -> None:
        """Make what the list names and nobody has: closed, until the list is applied."""
        with transaction.atomic():
            Organisation.objects.select_for_update().get(pk=self.run.organisation_id)
            for name, above in self._named():
                if self.find(name, above) is not None:
                    continue
                if above and self.find(above, None) is None:
                    self._make(above, None)
                self._make(name, self.find(above, None) if above else None)
            self.run.save(update_fields=["new_units"])

    def _make(self, name: str, above: int | None) -> None:
        unit = Unit.objects.create(
            organisation_id=self.run.organisation_id,
            name=name,
            above_id=above,
            closed_on=timezone.localdate(),
        )
        self.run.new_units = [*self.run.new_units, unit.pk]
        self._learn()

    def _named(self) -> list[tuple[str, str | None]]:
        return sorted(set(self._all_named()), key=lambda one: (one[1] or "", one[0]))

    def _all_named(self) -> Iterator[tuple[str, str | None]]:
        for after in self.run.staged.values_list("after", flat=True).iterator(chunk_size=2000):
            for post in (after or {}).get("posts", []):
                if post.get("unit"):
                    yield post["unit"], post.get("unit_above")
