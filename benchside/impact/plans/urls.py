"""Addresses of action plans."""

from django.urls import path

from benchside.impact.plans.views import action, bulk, looks, mine, plans, saying, table

INSIDE = "org/<slug:organisation>/impact"
PLAN = f"{INSIDE}/plan/<uuid:plan>"
ACTION = f"{PLAN}/<str:code>"
urlpatterns = [
    path(f"{INSIDE}/plans/", plans.plans, name="plans"),
    path(f"{INSIDE}/plans/begin/", plans.begin, name="plan_begin"),
    path(f"{PLAN}/", table.table, name="plan"),
    path(f"{PLAN}/plan.csv", table.table_csv, name="plan_csv"),
    path(f"{PLAN}/plan.xlsx", table.table_xlsx, name="plan_xlsx"),
    path(f"{PLAN}/print/", table.sheet_for_print, name="plan_print"),
    path(f"{PLAN}/board/", looks.board, name="plan_board"),
    path(f"{PLAN}/board/move/", looks.move_on_board, name="plan_board_move"),
    path(f"{PLAN}/timeline/", looks.along, name="plan_timeline"),
    path(f"{PLAN}/check/", plans.check, name="plan_check"),
    path(f"{PLAN}/history/", plans.history, name="plan_history"),
    path(f"{PLAN}/settings/", plans.settings, name="plan_settings"),
    path(f"{PLAN}/move/", plans.move, name="plan_move"),
    path(f"{PLAN}/suggestions/", plans.suggestions, name="plan_suggestions"),
    path(f"{PLAN}/change/", bulk.change_many, name="plan_change_many"),
    path(f"{PLAN}/add/", action.add, name="plan_add"),
    path(f"{ACTION}/", action.action, name="plan_action"),
    path(f"{ACTION}/edit/", action.edit, name="plan_action_edit"),
    path(f"{ACTION}/measure/<int:pk>/", action.edit_success, name="plan_success"),
    path(f"{ACTION}/do/<slug:what>/", action.do, name="plan_action_do"),
    path("my/actions/", mine.mine, name="my_actions"),
    path("my/actions/<int:pk>/note/", mine.note, name="my_action_note"),
    path("plan-note/<str:token>/", saying.say, name="plan_note"),
]
