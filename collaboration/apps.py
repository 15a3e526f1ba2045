from django.apps import AppConfig


class Collaboration(AppConfig):
    name = "collaboration"
