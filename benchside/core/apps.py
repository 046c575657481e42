from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "benchside.core"
    label = "core"
