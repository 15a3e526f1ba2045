from django.apps import AppConfig


class Aftercare(AppConfig):
    name = "aftercare"
