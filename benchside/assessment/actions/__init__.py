"""What can be done in the engine, one function a verb."""

from benchside.assessment.actions.awards import grant_award, move_award
from benchside.assessment.actions.contributing import (
    add_contributor,
    comment,
    remove_contributor,
    resolve_comment,
)
from benchside.assessment.actions.decisions import (
    answer_challenge,
    appeal_decision,
    challenge_award,
    decide_appeal,
    meet_conditions,
    ratify_decision,
    recommend_decision,
    send_back,
)
from benchside.assessment.actions.duties import end_duty, give_duty
from benchside.assessment.actions.evidence import (
    add_link,
    add_record,
    change_evidence,
    remove_evidence,
)
from benchside.assessment.actions.officers import (
    Place,
    change_due,
    give_seats,
    release_seats,
    reopen_review,
    return_submission,
    stand_down,
)
from benchside.assessment.actions.reviewers import (
    declare_interest,
    declare_partnership,
    end_interest,
    end_partnership,
    keep_reviewer,
)
from benchside.assessment.actions.figures import (
    overrule_figure,
    refresh_figures,
    restore_figure,
)
from benchside.assessment.actions.renewals import link_renewal, renew_award
from benchside.assessment.actions.reviews import (
    RELEASABLE,
    accept_seat,
    add_feedback,
    answer_request,
    ask_for_more,
    decline_seat,
    drop_feedback,
    give_seat,
    release_feedback,
    respond_to_feedback,
    reword_feedback,
    save_judgement,
    submit_review,
)
from benchside.assessment.actions.signing import sign, submit, withdraw_submission
from benchside.assessment.actions.standards import load_standard, publish_standard, retire_standard
from benchside.assessment.actions.writing import begin_submission, save_statement

__all__ = [
    "RELEASABLE",
    "Place",
    "accept_seat",
    "add_contributor",
    "add_feedback",
    "add_link",
    "add_record",
    "answer_challenge",
    "answer_request",
    "appeal_decision",
    "ask_for_more",
    "begin_submission",
    "challenge_award",
    "change_due",
    "change_evidence",
    "comment",
    "decide_appeal",
    "declare_interest",
    "declare_partnership",
    "decline_seat",
    "drop_feedback",
    "end_duty",
    "end_interest",
    "end_partnership",
    "give_duty",
    "give_seat",
    "give_seats",
    "grant_award",
    "keep_reviewer",
    "link_renewal",
    "load_standard",
    "meet_conditions",
    "move_award",
    "overrule_figure",
    "publish_standard",
    "ratify_decision",
    "recommend_decision",
    "refresh_figures",
    "release_feedback",
    "release_seats",
    "remove_contributor",
    "remove_evidence",
    "reopen_review",
    "renew_award",
    "resolve_comment",
    "respond_to_feedback",
    "restore_figure",
    "retire_standard",
    "return_submission",
    "reword_feedback",
    "save_judgement",
    "save_statement",
    "send_back",
    "sign",
    "stand_down",
    "submit",
    "submit_review",
    "withdraw_submission",
]
