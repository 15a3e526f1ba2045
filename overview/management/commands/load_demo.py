from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.demo import NotADemonstration, refuse_unless_demonstration
from audit.record import from_origin
from overview.demo import load


class Command(BaseCommand):
    help = "Load the invented organisations, people and families of the demonstration. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unless_demonstration()
        except NotADemonstration as error:
            raise CommandError(str(error)) from error
        with from_origin("demonstration"), transaction.atomic():
            opened = load(now=timezone.now())
        self.stdout.write(f"Demonstration: {opened} families opened now")
