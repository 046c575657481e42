"""Addresses of the catalogue: stable, readable, printed on posters."""

from django.urls import path

from benchside.careers import exports
from benchside.careers.views import (
    cards,
    choosing,
    classes,
    quiz,
    roles,
    routes,
    sectors,
    teaching,
)

app_name = "careers"
urlpatterns = [
    path("", sectors.index, name="index"),
    path("roles/", roles.roles, name="roles"),
    path("roles.csv", exports.roles_csv, name="roles_csv"),
    path("roles/compare/", choosing.compare, name="compare"),
    path("roles/favourites/", choosing.favourites, name="favourites"),
    path("roles/<int:number>/", roles.role_by_number, name="role_by_number"),
    path("roles/<str:slug>/", roles.role, name="role"),
    path("roles/<str:slug>/card.png", cards.card, name="card"),
    path("quiz/", quiz.quiz, name="quiz"),
    path("quiz/result/", quiz.result, name="quiz_result"),
    path("quiz/embed/", quiz.embed, name="quiz_embed"),
    path("quiz/embed/result/", quiz.embed_result, name="quiz_embed_result"),
    path("quiz/schools/", quiz.schools, name="quiz_schools"),
    path("routes/", routes.routes, name="routes"),
    path("routes.csv", exports.routes_csv, name="routes_csv"),
    path("routes/<str:slug>/", routes.route, name="route"),
    path("sectors/<str:slug>/", sectors.sector, name="sector"),
    path("class/", classes.find, name="class_find"),
    path("class/new/", teaching.open_class, name="class_new"),
    path("class/worksheet/", classes.printed, name="class_worksheet"),
    path("class/teach/<str:secret>/", teaching.teach, name="class_teach"),
    path("class/teach/<str:secret>/projector/", teaching.projector, name="class_projector"),
    path("class/teach/<str:secret>/close/", teaching.close, name="class_close"),
    path("class/teach/<str:secret>/delete/", teaching.forget, name="class_forget"),
    path("class/teach/<str:secret>/evidence/", teaching.evidence_sheet, name="class_evidence"),
    path(
        "class/teach/<str:secret>/evidence.csv",
        teaching.evidence_csv,
        name="class_evidence_csv",
    ),
    path("class/<str:code>/", classes.join, name="class"),
    path("class/<str:code>/quiz/", classes.quiz, name="class_quiz"),
    path("class/<str:code>/result/", classes.result, name="class_result"),
    path("class/<str:code>/hand-in/", classes.hand_in, name="class_hand_in"),
]
