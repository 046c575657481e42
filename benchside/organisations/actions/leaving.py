"""Somebody leaves an employer by their own word."""

from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.organisations.actions.own_words import is_themselves
from benchside.organisations.models import Employment, Post
from benchside.organisations.staff import by_hand, kept


def say_i_have_left(*, actor: Actor, employment: Employment) -> None:
    """End one's own employment and its posts, today. The profile stays the person's, and is no
    longer among the organisation's; a difference made from the list as it was is stale.

    Raises Denied for anybody else; Refused for whoever has left already.
    """
    with acting("employment.leave", actor=actor, subject=employment, may=is_themselves) as act:
        kept.count_change(employment.organisation)
        today = timezone.localdate()
        current = Employment.objects.current().filter(pk=employment.pk)
        if not current.update(left_on=today):
            raise Refused("You have left already.", "Nothing more is to be done.")
        # A post that was to begin later ends on the day it would have begun.
        Post.objects.filter(employment=employment, ended_on=None).update(
            ended_on=Greatest(Coalesce(F("started_on"), today), today)
        )
        by_hand.tell_profiles([employment.technician_id])
        act.note(organisation=employment.organisation_id)
