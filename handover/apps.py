from django.apps import AppConfig


class Handover(AppConfig):
    name = "handover"
