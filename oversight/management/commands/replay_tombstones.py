from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from audit.record import from_origin
from oversight.retention import TOMBSTONES, replay


class Command(BaseCommand):
    help = (
        "After an older backup was put back: destroy again what was destroyed since. "
        "Run it as the owner of the database, before anybody signs in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tombstones", type=Path, default=settings.AUDIT_ANCHORS.with_name(TOMBSTONES))

    def handle(self, *args: Any, **options: Any) -> None:
        with from_origin("command replay_tombstones"), transaction.atomic():
            again = replay(tombstones=options["tombstones"])
        self.stdout.write(f"{again} files that had come back are destroyed again.")
