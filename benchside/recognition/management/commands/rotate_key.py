"""Sign with a new key from now on: `manage.py rotate_key`, for statements of registers
`manage.py rotate_key --statements`. What the old one signed stays good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from benchside.core.actions import SYSTEM
from benchside.recognition.credentials import actions, keyring
from benchside.recognition.entries.key_actions import rotate_statement_key
from benchside.recognition.keyrings import path_of


class Command(BaseCommand):
    help = "Make a new key to sign credentials with; the old one stays listed and believed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--statements", action="store_true", help="the key of statements")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["statements"]:
            key = rotate_statement_key(actor=SYSTEM)
            self.stdout.write(f"{key.fragment} signs statements from now on.")
            self.stdout.write(f"Its file is {path_of(key.fragment)}: put it into the backup.")
            return
        made = actions.rotate_key(actor=SYSTEM)
        self.stdout.write(f"{made.fragment} signs from now on as {keyring.our_did()}.")
        self.stdout.write(f"Its file is {path_of(made.fragment)}: put it into the backup.")
