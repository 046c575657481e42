from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "benchside.accounts"
    label = "accounts"
