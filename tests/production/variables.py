"""The variables of an installation as it would serve, with nothing behind the addresses."""

import os
import sys

from cryptography.fernet import Fernet

SAFE = {
    "SECRET_KEY": "k3Zq9vX1mB7nL5cR2tY8wE4uI6oP0aSdFgHjKlQwErTyUiOpZx",
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "ALLOWED_HOSTS": "vinger.example",
    "SITE_ORIGIN": "https://vinger.example",
    "DATABASE_URL": "postgresql://vinger_web:secret@db/vinger",
    "REDIS_URL": "redis://redis:6379/0",
    "CELERY_BROKER_URL": "redis://redis:6379/1",
    "EMAIL_URL": "smtp+tls://user:password@mail.vinger.example:587",
    "MAIL_FROM": "noreply@vinger.example",
    "TRUSTED_PROXIES": "1",
    "DJANGO_SETTINGS_MODULE": "config.settings",
}
PYTHON = [sys.executable, "-W", "ignore"]


def environment(**changed):
    """Return only what a container would have: nothing of the variables of this test run."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_FILE") if name in os.environ}
    return kept | SAFE | changed
