from django.apps import AppConfig
from django.core import checks


class Core(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core.checks import safe_to_start

        checks.register(safe_to_start, checks.Tags.security, deploy=True)
