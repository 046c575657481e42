"""Bring an installation up to date: database, catalogue, first pages, search, static files."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from benchside.accounts import demo as accounts_demo
from benchside.impact import demo as impact_demo
from benchside.organisations import demo as organisations_demo
from benchside.outreach import demo as outreach_demo
from benchside.recognition import demo as recognition_demo
from benchside.visibility import demo as visibility_demo
from benchside.website.demo import create_work
from benchside.website.stamps import purge

DEMONSTRATION_PASSWORD = "benchside-demonstration"  # noqa: S105 (works on loopback alone)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="add demonstration content")

    def handle(self, *args: Any, **options: Any) -> None:
        # What each step does is said below; the library's own line for each page is noise.
        logging.getLogger("wagtail").setLevel(logging.WARNING)
        steps: list[tuple[str, Callable[[], object]]] = [
            ("Making the database", lambda: call_command("migrate", verbosity=0)),
            ("Loading a hundred roles", lambda: call_command("load_catalogue", verbosity=0)),
            ("Taking the standards", lambda: call_command("load_standards", verbosity=0)),
            ("Writing the first pages", lambda: call_command("first_pages", verbosity=0)),
            ("Building the search index", lambda: call_command("rebuild_search", verbosity=0)),
        ]
        if options["demo"]:
            steps.append(("Adding demonstration people and their work", self.add_people))
        if not settings.DEBUG:
            steps.append(("Collecting static files", self.collect_static))
        for number, (what, do) in enumerate(steps, start=1):
            self.stdout.write(f"[{number}/{len(steps)}] {what} ...", ending=" ")
            self.stdout.flush()
            began = time.monotonic()
            do()
            self.stdout.write(f"{time.monotonic() - began:.1f} s")
        purge()

    def add_people(self) -> None:
        people = accounts_demo.create_people(password=DEMONSTRATION_PASSWORD)
        people += organisations_demo.create_organisations(password=DEMONSTRATION_PASSWORD)
        people += visibility_demo.create_seen(password=DEMONSTRATION_PASSWORD)
        people += impact_demo.create_charter(password=DEMONSTRATION_PASSWORD)
        people += recognition_demo.create_marks(password=DEMONSTRATION_PASSWORD)
        outreach_demo.create_orders()
        width = max(len(person.email) for person in people)
        lines = [f"  {person.email:{width}}  {person.name}" for person in people]
        lines.append(f"  Password for each: {DEMONSTRATION_PASSWORD}")
        create_work()
        (settings.VAR / "sign-ins.txt").write_text("\n".join(lines) + "\n")

    def collect_static(self) -> None:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
