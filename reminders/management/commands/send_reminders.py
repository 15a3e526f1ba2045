from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from audit.record import from_origin
from follow_ups.models import Trigger
from reminders.dispatch import dispatch
from reminders.links import send_links
from reminders.mail import post, send
from reminders.outside import clock_skew, tell_watchdog
from reminders.sweep import sweep


class Command(BaseCommand):
    help = "Raise and send what is due. For a timer of the machine beside Celery: any number of them does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        with from_origin("command send_reminders"):
            now = timezone.now()
            seen = sweep(today=timezone.localdate(), now=now, trigger=Trigger.COMMAND, skew_seconds=clock_skew(now))
            sent = dispatch(now=timezone.now(), send=send, trigger=Trigger.COMMAND)
            send_links(now=timezone.now(), send=post)
        tell_watchdog()
        self.stdout.write(f"due {seen.due_seen}, raised {seen.raised}, sent {sent.sent}, failed {sent.failed}")
