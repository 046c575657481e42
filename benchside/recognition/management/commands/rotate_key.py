"""Sign with a new key from now on: `manage.py rotate_key`. What the old one signed stays good."""

from typing import Any

from django.core.management.base import BaseCommand

from benchside.core.actions import SYSTEM
from benchside.recognition.credentials import actions, keyring


class Command(BaseCommand):
    help = "Make a new key to sign credentials with; the old one stays listed and believed."

    def handle(self, *args: Any, **options: Any) -> None:
        made = actions.rotate_key(actor=SYSTEM)
        self.stdout.write(f"{made.fragment} signs from now on as {keyring.our_did()}.")
        self.stdout.write(f"Its file is {keyring.path_of(made.fragment)}: put it into the backup.")
