"""Say how many tasks wait, run, are done or failed, and how long the oldest has waited."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        rows = DBTaskResult.objects.values("status").annotate(n=Count("pk"), at=Min("enqueued_at"))
        for row in rows.order_by("status"):
            waited = timezone.now() - row["at"]
            oldest = f", the oldest for {waited}".split(".")[0] if row["status"] == "READY" else ""
            self.stdout.write(f"{row['status'].lower():12} {row['n']:6}{oldest}")
        if not rows:
            self.stdout.write("No tasks yet.")
