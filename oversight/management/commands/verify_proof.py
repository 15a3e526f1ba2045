import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Seal
from core.database import DatabaseRole, acting_as
from oversight.proof import broken_rows


class Command(BaseCommand):
    help = "Check a proof that was taken out: each row against its own seal, and each seal against the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("proof", type=Path)
        parser.add_argument("--alone", action="store_true", help="without the database: the rows and their seals only")

    def handle(self, *args: Any, **options: Any) -> None:
        taken = json.loads(options["proof"].read_text(encoding="utf-8"))
        rows = taken["rows"]
        wrong = broken_rows(rows)
        if not options["alone"]:
            with acting_as(DatabaseRole.JOBS):
                here = dict(
                    Seal.objects.filter(position__in=[row["position"] for row in rows]).values_list(
                        "position", "digest"
                    )
                )
            wrong += [row["position"] for row in rows if here.get(row["position"]) != row["digest"]]
        for position in sorted(set(wrong)):
            self.stdout.write(f"position {position} is not what was sealed")
        if wrong:
            raise CommandError(f"{len(set(wrong))} of {len(rows)} rows are not what was sealed.")
        self.stdout.write(f"{len(rows)} rows are as they were sealed.")
        if taken.get("has_more"):
            self.stdout.write("They are the first of their period: it holds more rows than one proof does.")
