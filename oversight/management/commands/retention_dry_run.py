from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from core.database import DatabaseRole, acting_as
from oversight.retention import due


class Command(BaseCommand):
    help = "Say which files have reached the end of their term. Changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(DatabaseRole.JOBS):
            found = due(timezone.localdate())
        for one in found:
            self.stdout.write(f"{one.reference}: {one.law.value}, changed {one.last_change_on}, over {one.from_day}")
        self.stdout.write(f"{len(found)} files have reached the end of their term.")
