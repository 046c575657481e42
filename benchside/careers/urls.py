from django.urls import path

from benchside.careers import views

app_name = "careers"
urlpatterns = [
    path("", views.careers, name="index"),
    path("roles/", views.roles, name="roles"),
    path("roles/<slug:slug>/", views.role, name="role"),
    path("sectors/<slug:slug>/", views.sector, name="sector"),
]
