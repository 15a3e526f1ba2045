from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.basis_of_disclosures import orphans
from core.database import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Say which disclosures to another organisation rest on no ground that held at that moment (R17)."

    def handle(self, *args: Any, **options: Any) -> None:
        with acting_as(DatabaseRole.JOBS):
            found = orphans()
        for one in found:
            self.stdout.write(f"{one.kind} {one.row_id}, family {one.family_id}, {one.moment}")
        if found:
            raise CommandError(f"{len(found)} disclosures rest on no ground.")
        self.stdout.write("Every disclosure rests on a ground.")
