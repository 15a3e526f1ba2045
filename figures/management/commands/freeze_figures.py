from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit.record import from_origin
from core.database import DatabaseRole, acting_as
from core.errors import DomainError
from figures.operations import freeze
from figures.periods import Quarter


class Command(BaseCommand):
    help = "Publish the figures of a quarter that is over, by default the last one. Safe to repeat: it is done once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("quarter", nargs="?", help="such as 2025Q3")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            named = options["quarter"]
            quarter = Quarter.read(named) if named else Quarter.of(timezone.localdate(now)).plus(-1)
            with from_origin("job freeze_figures"), acting_as(DatabaseRole.JOBS):
                made = freeze(quarter, at=now)
        except (ValueError, DomainError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{made.quarter}: {made.cells.count()} numbers, {made.small} withheld as too few, {made.beside} beside them"
        )
