from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.record import from_origin
from signals.routing import route_waiting


class Command(BaseCommand):
    help = "Bring waiting signals to the family they are about. For a system timer beside Celery: safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with from_origin("command route_signals"):
            routed = route_waiting(now=timezone.now())
        self.stdout.write(f"routed {routed}")
