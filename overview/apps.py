from django.apps import AppConfig


class Overview(AppConfig):
    name = "overview"
