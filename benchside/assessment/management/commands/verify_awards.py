"""manage.py verify_awards: check the chain of events of every award."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchside.assessment.models import Award
from benchside.assessment.queries import faults_of


class Command(BaseCommand):
    help = (
        "Checks that no event of any award was changed, taken out or put in, and that each award "
        "is in the state its events say. Ends with an error and every fault when one does not hold."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        checked, faults = 0, []
        for award in Award.objects.order_by("pk").iterator():
            checked += 1
            faults += [
                f"  {award.number}: event {one.number} {one.problem}" for one in faults_of(award)
            ]
        if faults:
            lines = "\n".join(faults)
            raise CommandError(f"{len(faults)} faults in {checked} awards:\n{lines}")
        if options["verbosity"]:
            self.stdout.write(f"{checked} awards, every chain holds.")
