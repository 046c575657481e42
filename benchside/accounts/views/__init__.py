"""Pages of accounts."""

from django.http import HttpRequest

from benchside.accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view under `login_required` gets."""

    user: User
