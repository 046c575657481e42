"""Addresses of the desk where photographs are checked."""

from django.urls import URLPattern, path

from benchside.visibility.photos import moderation_figures as figures
from benchside.visibility.photos import moderation_lists as lists
from benchside.visibility.photos import moderation_sheet, moderation_views

DESK = "desk/photos"
ONE = f"{DESK}/<uuid:key>"
urlpatterns: list[URLPattern] = [
    path(f"{DESK}/", moderation_views.desk, name="moderation"),
    path(f"{DESK}/next/", moderation_views.turn, name="moderation_turn"),
    path(f"{DESK}/stop/", moderation_views.stop, name="moderation_stop"),
    path(f"{DESK}/undo/", moderation_views.take_back, name="moderation_undo"),
    path(f"{DESK}/list/", lists.listing, name="moderation_list"),
    path(f"{DESK}/list.csv", lists.listing_csv, name="moderation_list_csv"),
    path(f"{DESK}/sheet/", moderation_sheet.sheet, name="moderation_sheet"),
    path(f"{DESK}/figures/", figures.page, name="moderation_figures"),
    path(f"{DESK}/figures.csv", figures.page_csv, name="moderation_figures_csv"),
    path(f"{ONE}/", moderation_views.look, name="moderation_look"),
    path(f"{ONE}/keep/", moderation_views.keep, name="moderation_keep"),
    path(f"{ONE}/picture/", moderation_views.picture, name="moderation_picture"),
    path(f"{ONE}/small/", moderation_views.picture, {"size": "small"}, name="moderation_small"),
]
