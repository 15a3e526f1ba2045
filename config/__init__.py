"""How the rooms are put together: settings, addresses, the clock, the way in for a web server."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
