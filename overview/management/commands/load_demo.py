from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.demo import NotADemonstration, refuse_unless_demonstration
from audit.record import from_origin
from cases.models import Family
from core.errors import DomainError
from overview.demo import load


class Command(BaseCommand):
    help = "Load the invented organisations, people and families of the demonstration. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unless_demonstration()
        except NotADemonstration as error:
            raise CommandError(str(error)) from error
        is_kept = Family.objects.exists()
        try:
            with from_origin("demonstration"), transaction.atomic():
                opened = load(now=timezone.now())
        except (DomainError, IntegrityError):
            if not is_kept:
                raise
            # What is added goes by what an earlier version of these steps called everybody.
            self.stderr.write(
                "The demonstration that is kept here was made by another version and stays as it is. "
                "`make clean DATA=yes` removes it; `make run` then starts anew."
            )
            return
        self.stdout.write(f"Demonstration: {opened} families opened now")
