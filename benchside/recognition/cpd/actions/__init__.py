"""What can be done with declarations and audits of CPD, one function a verb."""

from benchside.recognition.cpd.actions.answering import (
    ask_for_time,
    give_time,
    refuse_time,
    submit_year,
)
from benchside.recognition.cpd.actions.committee import (
    give_last_chance,
    lift_suspension,
    remove_for_cpd,
    suspend_for_cpd,
)
from benchside.recognition.cpd.actions.declarations import Said, correct_declaration, declare_year
from benchside.recognition.cpd.actions.reviewing import (
    Found,
    accept_year,
    ask_again,
    doubt_year,
    fail_year,
)
from benchside.recognition.cpd.actions.runs import (
    Plan,
    abandon_run,
    announce_run,
    draw_sample,
    freeze_population,
    preview,
    sample_of,
)

__all__ = [
    "Found",
    "Plan",
    "Said",
    "abandon_run",
    "accept_year",
    "announce_run",
    "ask_again",
    "ask_for_time",
    "correct_declaration",
    "declare_year",
    "doubt_year",
    "draw_sample",
    "fail_year",
    "freeze_population",
    "give_last_chance",
    "give_time",
    "lift_suspension",
    "preview",
    "refuse_time",
    "remove_for_cpd",
    "sample_of",
    "submit_year",
    "suspend_for_cpd",
]
