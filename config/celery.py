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
# A poke that nobody took within its minute is worth nothing: after a worker was away there is one, not a thousand.
_EACH_MINUTE: dict[str, Any] = {"schedule": 60.0, "options": {"expires": 55}}
app.conf.beat_schedule = {
    "sweep-reminders": {"task": "reminders.tasks.sweep_reminders"} | _EACH_MINUTE,
    "dispatch-messages": {"task": "reminders.tasks.dispatch_messages"} | _EACH_MINUTE,
    "route-signals": {"task": "reminders.tasks.route_signals"} | _EACH_MINUTE,
    "send-letters": {"task": "reminders.tasks.send_letters"} | _EACH_MINUTE,
    "compare-files": {"task": "reminders.tasks.compare_files"} | _EACH_MINUTE,
    "seal-audit-log": {"task": "reminders.tasks.seal_audit_log"} | _EACH_MINUTE,
    "anchor-audit-log": {"task": "reminders.tasks.anchor_audit_log", "schedule": 300.0},
    "check-audit-log": {"task": "reminders.tasks.check_audit_log", "schedule": crontab(hour=4, minute=20)},
    "suspend-unused-accounts": {
        "task": "reminders.tasks.suspend_unused_accounts",
        "schedule": crontab(hour=2, minute=40),
    },
    "check-disclosures": {"task": "reminders.tasks.check_disclosures", "schedule": crontab(hour=4, minute=40)},
    "watch-decoys": {"task": "oversight.tasks.watch_decoys", "schedule": 120.0, "options": {"expires": 115}},
    "review-audit-log": {"task": "oversight.tasks.review_audit_log", "schedule": crontab(hour=5, minute=30)},
    "keep-to-terms": {"task": "oversight.tasks.keep_to_terms", "schedule": crontab(hour=2, minute=30)},
    "discard-expired-drafts": {
        "task": "reminders.tasks.discard_expired_drafts",
        "schedule": crontab(hour=3, minute=10),
    },
    "remind-reviewers": {"task": "config.remind_reviewers", "schedule": crontab(hour=6, minute=30)},
    # A few nights in a row: the first that works publishes, the others find it done.
    "freeze-figures": {"task": "config.freeze_figures", "schedule": crontab(hour=5, minute=5, day_of_month="10-14")},
}


@app.task(name="config.freeze_figures", ignore_result=True)
def freeze_figures(**_ignored: Any) -> None:
    """Publish the figures of the quarter that is over. Here, because figures stand above the room with the tasks."""
    from django.utils import timezone

    from figures.quarterly import freeze_last_quarter

    freeze_last_quarter(now=timezone.now())


@app.task(name="config.remind_reviewers", ignore_result=True)
def remind_of_reviews(**_ignored: Any) -> None:
    """Tell who keeps the members that a review of access is due. Here, because that room stands above the tasks."""
    from django.utils import timezone

    from administration.review_reminder import remind_reviewers
    from audit.record import from_origin
    from reminders.mail import tell

    with from_origin("job remind_reviewers"):
        remind_reviewers(now=timezone.now(), send=tell)


# Celery's own hook, not a Django signal: it is the only place that a worker passes before it takes its first task.
@worker_init.connect
def refuse_unsafe_worker(**_ignored: Any) -> None:
    import django

    from core.startup import refuse_unsafe

    django.setup()
    refuse_unsafe()
