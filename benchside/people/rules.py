"""Who may, with a technician's record. The subject is the technician, or a profile."""

from typing import Any

from allauth.account.models import EmailAddress

from benchside.core.actions import Actor
from benchside.core.permissions import holds_link, is_system, predicate


@predicate("the person it is about")
def is_themselves(actor: Actor, subject: Any) -> bool:
    technician = getattr(subject, "technician", subject)
    return actor.account is not None and technician.account_id == actor.account.pk


@predicate("somebody signed in with a proven address that is the record's")
def has_its_address(actor: Actor, technician: Any) -> bool:
    if actor.account is None or not technician.work_email:
        return False
    proven = EmailAddress.objects.filter(user=actor.account.pk, verified=True)
    return proven.filter(email__iexact=technician.work_email).exists()


can_claim = holds_link("claim") | has_its_address
can_offer = is_system  # the organisation that knows them has asked who may
# A register's clock may hold what was shared with it; a letter's link stops the letters.
can_freeze_share = is_themselves | is_system
can_stop_reminders = is_themselves | holds_link("cpd-reminders")
