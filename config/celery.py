"""The clock. Every promise holds with Celery switched off: tasks only push what a query already says."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("vinger-aan-de-pols")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# In code, so that it is reviewed and tested. Any number of beats does no harm: the sweep is safe to repeat.
app.conf.beat_schedule = {
    "send-reminders": {"task": "reminders.tasks.send_reminders", "schedule": 60.0},
    "route-signals": {"task": "reminders.tasks.route_signals", "schedule": 60.0},
    "seal-audit-log": {"task": "reminders.tasks.seal_audit_log", "schedule": 60.0},
    "anchor-audit-log": {"task": "reminders.tasks.anchor_audit_log", "schedule": 300.0},
    "check-audit-log": {"task": "reminders.tasks.check_audit_log", "schedule": crontab(hour=4, minute=20)},
    "discard-expired-drafts": {
        "task": "reminders.tasks.discard_expired_drafts",
        "schedule": crontab(hour=3, minute=10),
    },
}


# Celery's own hook, not a Django signal: it is the only place that a worker passes before it takes its first task.
@worker_init.connect
def refuse_unsafe_worker(**_ignored: Any) -> None:
    import django

    from core.startup import refuse_unsafe

    django.setup()
    refuse_unsafe()
