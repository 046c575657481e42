"""Make the first administrator of an installation."""

import os
import sys
from getpass import getpass
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from benchside.accounts.actions import create_administrator
from benchside.accounts.models import User
from benchside.core.actions import SYSTEM, Refused

FROM_ENVIRONMENT = "BENCHSIDE_ADMIN_PASSWORD"


class Command(BaseCommand):
    help = (
        "Make the first administrator. Asks for what is not given; the password comes from "
        f"{FROM_ENVIRONMENT}, from standard input, or is asked for, never from the command line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="the address to sign in with")
        parser.add_argument("--name", default="", help="the name others see")
        parser.add_argument(
            "--another", action="store_true", help="add one where there is one already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"] or input("E-mail address: ").strip()
        password = self._password()
        self._check(email, options["name"], password)
        try:
            user = create_administrator(
                actor=SYSTEM,
                email=email,
                name=options["name"],
                password=password,
                another=options["another"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self._say_what_next(user)

    def _password(self) -> str:
        if given := os.environ.get(FROM_ENVIRONMENT):
            return given
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\r\n")
        password = getpass("Password (at least 12 characters): ")
        if getpass("Once more: ") != password:
            raise CommandError("The two passwords differ. Nothing was made; try again.")
        return password

    def _check(self, email: str, name: str, password: str) -> None:
        try:
            validate_email(email)
            validate_password(password, User(email=email, name=name))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages) + " Nothing was made.") from error

    def _say_what_next(self, user: User) -> None:
        base = settings.BASE_URL
        self.stdout.write(self.style.SUCCESS(f"{user.email} is an administrator."))
        self.stdout.write(
            f"Next: 1. sign in at {base}{reverse('account_login')}\n"
            f"      2. add a passkey or an app at {base}{reverse('mfa_index')}\n"
            f"      3. open the desk at {base}{reverse('wagtailadmin_home')}\n"
            f"      4. invite others at {base}{reverse('accounts:invitations')}"
        )
