from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "benchside.website"
    label = "website"
