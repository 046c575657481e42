"""Addresses of registers: for everybody, for whoever applies, for registrars."""

from django.urls import URLPattern, path

from benchside.recognition.registers.views import mine, public, registrars

RUN = "registry/<slug:register>/applications"
urlpatterns: list[URLPattern] = [
    path("registers/", public.registers, name="registers"),
    path("registers/<slug:register>/about/", public.about, name="register_about"),
    path("my/registrations/", mine.registrations, name="my_registrations"),
    path("my/registrations/start/", mine.start, name="start_registration"),
    path("my/registrations/start/<slug:register>/", mine.begin, name="begin_registration"),
    path("my/registrations/<str:number>/", mine.registration, name="my_registration"),
    path(f"{RUN}/", registrars.applications, name="registry_applications"),
    path(f"{RUN}/applications.csv", registrars.applications_csv, name="registry_applications_csv"),
    path(f"{RUN}/<str:number>/", registrars.application, name="registry_application"),
]
