from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.record import from_origin
from reminders.mail import send
from reminders.sweep import sweep


class Command(BaseCommand):
    help = "Raise and send what is due. For a system timer beside Celery: any number of them does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        with from_origin("command send_reminders"):
            run = sweep(today=timezone.localdate(), now=timezone.now(), send=send)
        self.stdout.write(f"due {run.due_seen}, raised {run.raised}, sent {run.sent}")
