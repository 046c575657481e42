"""Somebody else may have a key of ours: `manage.py compromise_key key-2026-11-26-abc123 --sure`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.core.actions import SYSTEM, Refused
from benchside.recognition.credentials import actions, tasks
from benchside.recognition.credentials.actions.keys import left
from benchside.recognition.entries.key_actions import compromise_statement_key
from benchside.recognition.models import SigningKey, StatementKey


class Command(BaseCommand):
    help = "Believe nothing more that this key signed; take it all back and make it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", help="its name, such as key-2026-11-26-abc123")
        parser.add_argument("--sure", action="store_true", help="this cannot be undone")
        parser.add_argument(
            "--wait", action="store_true", help="make all anew now, not by a worker"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (ours := StatementKey.objects.filter(fragment=options["key"]).first()) is not None:
            self._of_statements(ours, is_sure=options["sure"])
            return
        key = SigningKey.objects.filter(fragment=options["key"]).first()
        if key is None:
            names = SigningKey.objects.values_list("fragment", flat=True)
            others = StatementKey.objects.values_list("fragment", flat=True)
            known = ", ".join([*names, *others]) or "none"
            raise CommandError(f"There is no key {options['key']}. There are: {known}.")
        if not options["sure"]:
            raise CommandError(
                f"{left(key)} credentials would be taken back. Say --sure if you mean it."
            )
        try:
            now = actions.compromise_key(actor=SYSTEM, key=key)
        except Refused as refused:
            self.stdout.write(str(refused))
        else:
            self.stdout.write(f"{key.fragment} is given up; {now.fragment} signs from now on.")
        if options["wait"]:
            tasks.reissue.func(key.pk)
            self.stdout.write("All are made anew.")
        else:
            tasks.reissue_watched(key)
            self.stdout.write(
                f"A worker makes {left(key)} anew; see the desk, Keys of credentials."
            )

    def _of_statements(self, key: StatementKey, *, is_sure: bool) -> None:
        """Nothing is made anew: whoever needs a statement takes a new one."""
        if not is_sure:
            given = key.statements.count()
            raise CommandError(f"It signed {given} statements. Say --sure if you mean it.")
        try:
            now = compromise_statement_key(actor=SYSTEM, key=key)
        except Refused as refused:
            self.stdout.write(str(refused))
        else:
            self.stdout.write(f"{key.fragment} is given up; {now.fragment} signs from now on.")
