"""What can be done with competitions, entries, judges and prizes."""

from benchside.visibility.contests.actions.competitions import (
    change_competition,
    create_competition,
    keep_part,
    move_on,
    remove_part,
    write_terms,
)
from benchside.visibility.contests.actions.entries import (
    Sent,
    blind,
    change_entry,
    disqualify,
    enter,
    pass_over,
    shortlist,
    withdraw_entry,
)
from benchside.visibility.contests.actions.forgetting import forget_senders
from benchside.visibility.contests.actions.judges import (
    declare,
    invite_judge,
    recognise,
    resend_invitation,
    stand_down,
    take_up,
)
from benchside.visibility.contests.actions.results import give_prize, take_prize_back, tell_results
from benchside.visibility.contests.actions.scores import give_back, give_scores, submit

__all__ = [
    "Sent",
    "blind",
    "change_competition",
    "change_entry",
    "create_competition",
    "declare",
    "disqualify",
    "enter",
    "forget_senders",
    "give_back",
    "give_prize",
    "give_scores",
    "invite_judge",
    "keep_part",
    "move_on",
    "pass_over",
    "recognise",
    "remove_part",
    "resend_invitation",
    "shortlist",
    "stand_down",
    "submit",
    "take_prize_back",
    "take_up",
    "tell_results",
    "withdraw_entry",
    "write_terms",
]
