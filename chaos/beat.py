"""The application's own clock, sped up: its minute takes a second here. Tasks, queue and settings are the real ones."""

from config.celery import app

SECONDS = 1.0

app.conf.beat_schedule = {
    name: entry | {"schedule": SECONDS, "options": {"expires": 20}}
    for name, entry in app.conf.beat_schedule.items()
    if name in {"sweep-reminders", "dispatch-messages"}
}
