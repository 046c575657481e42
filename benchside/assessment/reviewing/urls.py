"""Addresses of this part; joined in the room's urls.py."""

from django.urls import URLPattern, path

from benchside.assessment.reviewing.views import (
    case,
    cases,
    deciding,
    desk,
    duties,
    judging,
    outcome,
    reviewers,
    rounds,
    seat,
)

SEAT = "assess/seats/<int:pk>"
CASE = "assess/submissions/<uuid:key>"
OUTCOME = "forms/<uuid:key>/outcome"
urlpatterns: list[URLPattern] = [
    path("assess/", desk.desk, name="desk"),
    path("assess/seats.csv", desk.seats_csv, name="seats_csv"),
    path(f"{SEAT}/", seat.seat, name="seat"),
    path(f"{SEAT}/answer/", seat.answer, name="seat_answer"),
    path(f"{SEAT}/read/", judging.read, name="seat_read"),
    path(f"{SEAT}/evidence/<int:number>/", judging.evidence, name="seat_evidence"),
    path(f"{SEAT}/judge/", judging.judge, name="seat_judge"),
    path(f"{SEAT}/feedback/", judging.feedback, name="seat_feedback"),
    path(f"{SEAT}/feedback/<int:number>/remove/", judging.drop, name="seat_feedback_remove"),
    path(f"{SEAT}/more/", seat.more, name="seat_more"),
    path(f"{SEAT}/hand-in/", seat.hand_in, name="seat_hand_in"),
    path("assess/submissions/", cases.cases, name="cases"),
    path("assess/submissions.csv", cases.cases_csv, name="cases_csv"),
    path("assess/submissions/deal/", rounds.deal, name="deal"),
    path("assess/submissions/deal/give/", rounds.give, name="deal_give"),
    path(f"{CASE}/", case.case, name="case"),
    path(f"{CASE}/read/", case.read, name="case_read"),
    path(f"{CASE}/evidence/<int:number>/", case.evidence, name="case_evidence"),
    path(f"{CASE}/return/", case.send_back, name="case_return"),
    path(f"{CASE}/go-on/", case.go_on, name="case_go_on"),
    path(f"{CASE}/give/", case.give, name="case_give"),
    path(f"{CASE}/seats/<int:pk>/", case.change_seat, name="case_seat"),
    path(f"{CASE}/feedback/", deciding.feedback, name="case_feedback"),
    path(f"{CASE}/recommend/", deciding.recommend, name="case_recommend"),
    path(f"{CASE}/ratify/<int:pk>/", deciding.ratify, name="case_ratify"),
    path(f"{CASE}/conditions/<int:pk>/", deciding.conditions, name="case_conditions"),
    path(f"{CASE}/appeal/<int:pk>/", deciding.appeal, name="case_appeal"),
    path("assess/reviewers/", reviewers.reviewers, name="reviewers"),
    path("assess/reviewers.csv", reviewers.reviewers_csv, name="reviewers_csv"),
    path("assess/reviewers/add/", reviewers.add, name="reviewer_add"),
    path("assess/reviewers/<int:pk>/", reviewers.reviewer, name="reviewer"),
    path("assess/interests/", reviewers.interests, name="interests"),
    path("assess/interests/<int:pk>/end/", reviewers.end_interest, name="interest_end"),
    path("assess/partnerships/", reviewers.partnerships, name="partnerships"),
    path("assess/partnerships.csv", reviewers.partnerships_csv, name="partnerships_csv"),
    path("assess/partnerships/<int:pk>/end/", reviewers.end_partnership, name="partnership_end"),
    path("assess/duties/", duties.duties, name="duties"),
    path("assess/duties.csv", duties.duties_csv, name="duties_csv"),
    path("assess/duties/<int:pk>/end/", duties.end, name="duty_end"),
    path(f"{OUTCOME}/", outcome.outcome, name="outcome"),
    path(f"{OUTCOME}/<int:number>/", outcome.respond, name="outcome_respond"),
    path(f"{OUTCOME}/appeal/", outcome.appeal, name="outcome_appeal"),
]
