"""What an application comes to owe: written down once a kind, by the register's own prices."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Fee, RegisterApplication


def owe(
    *, application: RegisterApplication, kind: FeeKind, due_on: date | None = None
) -> Fee | None:
    """Write down what it owes of a kind, at the price of today and of its route; once however
    often it is called. None where the register asks nothing for it. Until when it is to be paid
    stands with it where there is a last day; else the invoice says so.

    Called by the house when an application is sent in, an interview arranged, a yes ratified.
    """
    today = timezone.localdate()
    amount = application.register.rules.fee(kind, today, application.submission.route)
    if not amount:
        return None
    with transaction.atomic():
        RegisterApplication.objects.select_for_update().get(pk=application.pk)
        found = Fee.objects.filter(application=application, kind=kind).first()
        return found or Fee.objects.create(
            application=application, kind=kind, amount=amount, due_on=due_on
        )
