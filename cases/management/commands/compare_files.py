from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.record import from_origin
from cases.comparing import compare_waiting


class Command(BaseCommand):
    help = "Tell a regisseur whose family is in another file too. For a system timer beside Celery: safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        with from_origin("command compare_files"):
            told = compare_waiting(now=timezone.now())
        self.stdout.write(f"told {told}")
