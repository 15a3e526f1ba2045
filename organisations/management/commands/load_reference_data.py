from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone

from organisations.models import Municipality
from organisations.reference_data import DIRECTORY, load


class Command(BaseCommand):
    help = "Load regions, municipalities, organisation kinds and code lists. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--directory", type=Path, default=DIRECTORY, help="where the files are")

    def handle(self, *_args: Any, directory: Path, **_options: Any) -> None:
        try:
            loaded = load(directory)
        except (OSError, ValueError, IntegrityError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for table in loaded:
            self.stdout.write(
                f"{table.table}: {table.added} added, {table.changed} changed, {table.unchanged} unchanged,"
                f" {table.kept} kept as confirmed"
            )
        current = Municipality.objects.current(timezone.localdate())
        self.stdout.write(
            f"Municipalities now: {current.count()}. Without a Veilig Thuis region or centre municipality:"
            f" {current.unresolved().count()}. To be confirmed: {current.with_gaps().count()}."
        )
