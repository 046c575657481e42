"""Hang a panel, and take it down when somebody takes their yes back."""

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core import mail
from benchside.core.actions import Actor, Refused, acting
from benchside.core.states import move
from benchside.visibility.exhibitions import permitted, queries, rules
from benchside.visibility.exhibitions.actions.exhibitions import lock, tell
from benchside.visibility.exhibitions.enums import PanelState
from benchside.visibility.exhibitions.states import PANEL
from benchside.visibility.models import Exhibition, Panel, Photo, Stop, Story


def hang(
    *,
    actor: Actor,
    exhibition: Exhibition,
    source: Story | Photo,
    heading: str,
    words: str,
) -> Panel:
    """Make a panel of a published story or an approved photograph.

    Raises Denied; Refused for one whose consent does not cover print, for words that tell a name
    its story does not show, or when it hangs already.
    """
    with acting("panel.hang", actor=actor, subject=exhibition, may=rules.can_run) as act:
        held = lock(exhibition)
        if why := permitted.why_not(source):
            raise Refused(f"This may not be printed. {why}", "Choose another, or ask for consent.")
        _refuse_names(source, heading, words)
        last = held.panels.aggregate(last=Max("number"))["last"] or 0
        panel = Panel(exhibition=held, number=last + 1, heading=heading, words=words)
        if isinstance(source, Story):
            panel.story = source
        else:
            panel.photo = source
        try:
            with transaction.atomic():
                panel.save()
        except IntegrityError as error:
            raise Refused("It hangs in this exhibition already.", "Choose another.") from error
        act.about(panel)
        tell(held)
    return panel


def change_panel(*, actor: Actor, panel: Panel, heading: str, words: str) -> None:
    """Write what stands on a panel. Raises Denied; Refused once it must come down, and for words
    that tell a name its story does not show."""
    with acting("panel.change", actor=actor, subject=panel, may=rules.can_run):
        held = lock(panel.exhibition)
        panel.refresh_from_db()
        if panel.state != PanelState.HANGING:
            raise Refused("This panel must come down.", "Make another.")
        _refuse_names(panel.story, heading, words)
        panel.heading, panel.words = heading, words
        panel.save(update_fields=["heading", "words"])
        tell(held)


def take_down(*, actor: Actor, panel: Panel) -> None:
    """Mark a panel: it may not hang any more, and its words are forgotten at once. Afterwards: the
    team hears where it hangs now.

    Raises Denied, Refused.
    """
    with transaction.atomic():
        held = lock(panel.exhibition)
        panel.refresh_from_db()
        blank = {"heading": "", "words": ""}
        move(table=PANEL, subject=panel, verb="take_down", actor=actor, columns=blank)
        _tell_team(panel, queries.hangs_at(held))
        tell(held)


def is_down(*, actor: Actor, panel: Panel) -> None:
    """Say that the sheet is off the wall: its words and what it was made of are forgotten.

    Raises Denied, Refused.
    """
    with transaction.atomic():
        held = lock(panel.exhibition)
        panel.refresh_from_db()
        move(
            table=PANEL,
            subject=panel,
            verb="is_down",
            actor=actor,
            columns={"story": None, "photo": None, "heading": "", "words": ""},
        )
        tell(held)


def take_down_withdrawn(*, actor: Actor) -> int:
    """Look at every panel that hangs, and mark those that may not any more. Returns how many.

    Run whenever a consent, a picture or a story is taken back, and once an hour besides.
    """
    hanging = list(
        Panel.objects.filter(state=PanelState.HANGING).select_related(
            "exhibition", "story__photo", "photo__picture"
        )
    )
    allowed = permitted.may_hang_of(hanging)
    gone = [panel for panel in hanging if panel.pk not in allowed]
    for panel in gone:
        try:
            take_down(actor=actor, panel=panel)
        except Refused:  # somebody was quicker
            continue
    return len(gone)


def _refuse_names(source: Story | Photo | None, heading: str, words: str) -> None:
    if leak := permitted.name_told(source, {"the heading": heading, "the words": words}):
        raise Refused(f"A name they do not show stands here: {leak}.", "Take it out.")


def _tell_team(panel: Panel, stops: list[Stop]) -> None:
    """One letter to everybody on the team. It says number and place, never whose panel it was."""
    address = reverse("desk_panels", args=[panel.exhibition.slug])
    context = {
        "exhibition": panel.exhibition.title,
        "number": panel.number,
        "stops": [
            {
                "venue": str(stop),
                "first": stop.starts_on,
                "last": stop.ends_on,
                "contact": stop.contact,
                "email": stop.contact_email,
                "phone": stop.contact_phone,
            }
            for stop in stops
        ],
        "link": settings.BASE_URL + address,
    }
    for address in _team():
        mail.send("visibility/panel_down", address, context)


def _team() -> list[str]:
    """Who may run campaigns by a group or by themselves; failing those, whoever is in charge."""
    right = Permission.objects.filter(codename="run_campaign", content_type__app_label="visibility")
    named = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    active = User.objects.filter(is_active=True)
    found = active.filter(named).distinct() or active.filter(is_superuser=True)
    return sorted(found.values_list("email", flat=True))
