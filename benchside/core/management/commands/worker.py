"""Run queued tasks: `manage.py worker`. Any number may run, on any number of machines."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django.utils.module_loading import autodiscover_modules

from benchside.core.worker import work


class Command(BaseCommand):
    help = "Run queued tasks, scheduled jobs, and what killed workers left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="Seconds between looks.")
        parser.add_argument("--batch", action="store_true", help="Stop when the queue is empty.")

    def handle(self, *args: Any, interval: float, batch: bool, **options: Any) -> None:
        autodiscover_modules("tasks", "mail")  # what they put on the clock
        work(worker_id=get_random_string(32), interval=interval, batch=batch)
