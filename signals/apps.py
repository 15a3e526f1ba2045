from django.apps import AppConfig


class Signals(AppConfig):
    name = "signals"
