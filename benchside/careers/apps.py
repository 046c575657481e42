from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "benchside.careers"
    label = "careers"
