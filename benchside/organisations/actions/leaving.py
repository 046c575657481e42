"""Somebody leaves an employer by their own word."""

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.organisations.actions.own_words import is_themselves
from benchside.organisations.models import Employment, Post, StaffListSettings
from benchside.organisations.staff import kept
from benchside.people.events import PROFILE_CHANGED
from benchside.people.models import Profile


def say_i_have_left(*, actor: Actor, employment: Employment) -> None:
    """End one's own employment and its posts, today. The profile stays the person's, and is no
    longer among the organisation's; a difference made from the list as it was is stale.

    Raises Denied for anybody else; Refused for whoever has left already.
    """
    with acting("employment.leave", actor=actor, subject=employment, may=is_themselves) as act:
        settings = kept.settings_of(employment.organisation)
        StaffListSettings.objects.filter(pk=settings.pk).update(version=F("version") + 1)
        today = timezone.localdate()
        current = Employment.objects.current().filter(pk=employment.pk)
        if not current.update(left_on=today):
            raise Refused("You have left already.", "Nothing more is to be done.")
        # A post that was to begin later ends on the day it would have begun.
        Post.objects.filter(employment=employment, ended_on=None).update(
            ended_on=Greatest(Coalesce(F("started_on"), today), today)
        )
        for profile in Profile.objects.filter(technician=employment.technician_id):
            publish(
                PROFILE_CHANGED.key,
                technician_id=profile.technician_id,
                public_id=profile.public_id,
            )
        act.note(organisation=employment.organisation_id)
