"""The clock. Every promise holds with Celery switched off: tasks only push what a query already says."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("vinger-aan-de-pols")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
