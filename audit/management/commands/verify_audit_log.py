from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from audit import seal
from core.database import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Say whether the audit log is as it was sealed and anchored, and if not, where it was broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, default=settings.AUDIT_ANCHORS, help="the file of anchors, from where it is kept"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        anchored = list(seal.anchors(options["anchors"]))
        with acting_as(DatabaseRole.JOBS):
            found = seal.breaks(now=timezone.now(), anchored=anchored)
        for one in found:
            self.stdout.write(str(one))
        if found:
            raise CommandError(f"The audit log was broken in {len(found)} places.")
        end = anchored[-1].position if anchored else 0
        self.stdout.write(f"The audit log is whole; anchored up to position {end}.")
