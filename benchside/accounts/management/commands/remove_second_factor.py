"""Take the second lock off for somebody who lost device and codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benchside.accounts import queries
from benchside.accounts.actions import remove_second_factor
from benchside.core.actions import SYSTEM


class Command(BaseCommand):
    help = "Take off passkeys, app and recovery codes. Make sure first who is asking."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address the person signs in with")

    def handle(self, *args: Any, **options: Any) -> None:
        user = queries.user_with_address(options["email"])
        if user is None:
            raise CommandError("There is no account with this address. Nothing was changed.")
        gone = remove_second_factor(actor=SYSTEM, user=user)
        self.stdout.write(
            f"{gone} taken off. {user.email} is told by e-mail, and can add new ones."
        )
