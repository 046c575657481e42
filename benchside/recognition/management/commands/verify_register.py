"""manage.py verify_register: check every entry, every chain and the seals of the registers."""

from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benchside.recognition.entries.seals import faults_of_register, found_before
from benchside.recognition.models import Register


class Command(BaseCommand):
    help = (
        "Checks that no name, award, period or event of a register was changed, put in or taken "
        "out behind its back. Ends with an error and every fault when something does not hold, or "
        "did not on any night before."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("register", nargs="*", help="slugs; all registers without any")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Register.objects.order_by("slug")
        if options["register"]:
            found = found.filter(slug__in=options["register"])
        if missing := set(options["register"]) - {one.slug for one in found}:
            raise CommandError(f"No register is called {', '.join(sorted(missing))}.")
        faults = 0
        for register in found:
            for one in chain(faults_of_register(register), found_before(register)):
                faults += 1
                self.stderr.write(f"{register.slug}: {one.where} {one.problem}")
        if faults:
            raise CommandError(f"{faults} fault{'s' if faults > 1 else ''}: see above.")
        if options["verbosity"]:
            self.stdout.write(f"{len(found)} registers hold.")
