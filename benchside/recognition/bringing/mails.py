"""Letters about fees an employer is asked to pay: to it, and back to whoever asked."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core import mail
from benchside.organisations import roles
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.bringing import registered
from benchside.recognition.models import Fee, FeeSupport


def _absolute(name: str, *args: Any) -> str:
    return settings.BASE_URL + reverse(f"recognition:{name}", args=args)


def speakers_of(organisation: Organisation) -> QuerySet[User]:
    """Those who may answer for it: its leads, deputies and HR stewards."""
    live = Membership.objects.live().filter(
        organisation=organisation, role__in=roles.with_right(roles.KEEP_STAFF)
    )
    return User.objects.filter(pk__in=live.values("user"), is_active=True).order_by("pk")


def _about(support: FeeSupport) -> dict[str, Any]:
    fee = support.fee
    register = registered.register_of(fee)
    return {
        "organisation": support.organisation.name,
        "register": register.name if register else "",
        "kind": fee.get_kind_display().lower(),
        "amount": fee.amount,
        "due": fee.due_on,
    }


def asked(support: FeeSupport) -> None:
    """To everybody who may answer, but for whoever asks: nobody answers themselves."""
    holder = registered.holder_of(support.fee)
    if holder is None:
        return
    link = _absolute("registrations", support.organisation.slug)
    for user in speakers_of(support.organisation):
        if user.pk == holder.account_id:
            continue
        said = _about(support) | {"name": user.get_full_name(), "who": holder.name, "link": link}
        mail.send("recognition/fee_support_asked", user.email, said)


def answered(support: FeeSupport) -> None:
    account = _account_of(support.fee)
    if account is None or not account.is_active:
        return
    said = _about(support) | {
        "name": account.get_full_name(),
        "pays": support.is_paid_by_them,
        "link": _absolute("my_fees"),
    }
    mail.send("recognition/fee_support_answered", account.email, said)


def _account_of(fee: Fee) -> User | None:
    holder = registered.holder_of(fee)
    return holder.account if holder else None
