"""Partners: who they are, what they agreed to, and how long their logo may be shown."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction

from benchside.core import pictures
from benchside.core.actions import Actor, Refused, acting
from benchside.core.models import Picture
from benchside.visibility.campaigns.actions.campaigns import told
from benchside.visibility.campaigns.rules import can_run, can_tidy
from benchside.visibility.models import Campaign, Partner, Partnership

TAKEN = ("There is a partner of this name.", "Open that one and change it.")


def add_partner(*, actor: Actor, values: Mapping[str, Any]) -> Partner:
    """Write a partner into the register. Raises Refused for a name that is there."""
    with acting("partner.add", actor=actor, subject=None, may=can_run) as act:
        partner = Partner(**values)
        _save(partner)
        act.about(partner)
    return partner


def change_partner(*, actor: Actor, partner: Partner, values: Mapping[str, Any]) -> None:
    with acting("partner.change", actor=actor, subject=partner, may=can_run) as act:
        act.note(changed=[name for name, new in values.items() if getattr(partner, name) != new])
        for name, new in values.items():
            setattr(partner, name, new)
        _save(partner)
        _tell_all(partner)


def _save(partner: Partner) -> None:
    try:
        with transaction.atomic():
            partner.save()
    except IntegrityError as error:
        raise Refused(*TAKEN) from error


def set_logo(*, actor: Actor, partner: Partner, file: File | None, description: str = "") -> None:
    """Put up a logo in place of the one before, or take it down with no file.

    It is public only while some partnership says that it may be shown. Raises PictureRefused.
    """
    with acting("partner.set_logo", actor=actor, subject=partner, may=can_run) as act:
        before = partner.logo
        partner.logo = None
        if file is not None:
            partner.logo = Picture.objects.create(
                file=file, title="Logo of a partner", description=description or partner.name
            )
        act.note(logo=partner.logo is not None)
        partner.save(update_fields=["logo"])
        if before is not None:
            pictures.destroy(before)
        _settle(partner)
        _tell_all(partner)


def set_partnership(
    *, actor: Actor, partner: Partner, campaign: Campaign, values: Mapping[str, Any]
) -> Partnership:
    """Write down a partner's part in a campaign: terms, their version and date, and from when
    until when it may be shown. Afterwards: the campaign's pages leave the cache."""
    with acting("partner.agree", actor=actor, subject=partner, may=can_run) as act:
        found, _ = Partnership.objects.update_or_create(
            partner=partner, campaign=campaign, defaults=dict(values)
        )
        act.note(
            campaign=campaign.pk,
            version=found.terms_version,
            shown_from=_iso(found.shown_from),
            shown_until=_iso(found.shown_until),
        )
        _settle(partner)
        told(campaign.pk)
    return found


def end_partnership(*, actor: Actor, partnership: Partnership) -> None:
    """Take a partner out of a campaign at once, with name and logo."""
    partner = partnership.partner
    with acting("partner.end", actor=actor, subject=partner, may=can_run) as act:
        act.note(campaign=partnership.campaign_id)
        campaign_id = partnership.campaign_id
        partnership.delete()
        _settle(partner)
        told(campaign_id)


def take_down_logos(*, actor: Actor) -> int:
    """Make private every logo that no partnership lets us show today, and public what it does
    again; gives how many changed."""
    changed = 0
    for partner in Partner.objects.filter(logo__isnull=False).select_related("logo"):
        if partner.logo is not None and partner.logo.is_approved != _may_be_shown(partner):
            with acting("partner.settle_logo", actor=actor, subject=partner, may=can_tidy):
                _settle(partner)
                _tell_all(partner)
            changed += 1
    return changed


def _settle(partner: Partner) -> None:
    """The files of the logo lie where they may be seen, or where they may not."""
    if partner.logo is None or partner.logo.is_approved == _may_be_shown(partner):
        return
    if partner.logo.is_approved:
        pictures.make_private(partner.logo)
    else:
        pictures.make_public(partner.logo)


def _may_be_shown(partner: Partner) -> bool:
    return any(one.is_shown() for one in partner.partnerships.all())


def _tell_all(partner: Partner) -> None:
    for campaign_id in partner.partnerships.values_list("campaign_id", flat=True):
        told(campaign_id)


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None
