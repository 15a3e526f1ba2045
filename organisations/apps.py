from django.apps import AppConfig


class Organisations(AppConfig):
    name = "organisations"
