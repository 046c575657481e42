"""Addresses of the catalogue: stable, readable, printed on posters."""

from django.urls import path

from benchside.careers import exports
from benchside.careers.views import cards, choosing, roles, routes, sectors

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
    path("routes/", routes.routes, name="routes"),
    path("routes.csv", exports.routes_csv, name="routes_csv"),
    path("routes/<str:slug>/", routes.route, name="route"),
    path("sectors/<str:slug>/", sectors.sector, name="sector"),
]
