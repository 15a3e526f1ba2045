import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from core.database import DatabaseRole, acting_as
from overview import clock, health


class Command(BaseCommand):
    help = "Say whether reminders are found and sent. Exit code 1 when they are not, for a monitor."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(DatabaseRole.JOBS), translation.override("en"):
            found = clock.state_of_reminders(timezone.now())
            for fault, remedy in health.remedies(found):
                self.stdout.write(f"{fault.part}: {fault.text} {remedy}")
        if not found.works:
            sys.exit(1)
        self.stdout.write("Reminders are found and sent.")
