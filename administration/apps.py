from django.apps import AppConfig


class Administration(AppConfig):
    name = "administration"
