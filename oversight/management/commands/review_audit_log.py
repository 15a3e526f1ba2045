from typing import Any

from django.core.management.base import BaseCommand

from core.database import DatabaseRole, acting_as
from oversight.models import ReviewRun
from oversight.tasks import review_audit_log


class Command(BaseCommand):
    help = (
        "Read the audit log for the patterns of misuse, as the daily job does. For a timer of the machine, or by hand."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        review_audit_log()
        with acting_as(DatabaseRole.JOBS):
            last = list(ReviewRun.objects.order_by("-read_until").values_list("found", flat=True)[:1])
        self.stdout.write(f"The log was read; {last[0] if last else 0} new alerts.")
