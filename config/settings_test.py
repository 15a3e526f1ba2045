"""For the test run only: fast hashes, mail in memory, plain static files. Everything else is config/settings.py."""

import os

os.environ.setdefault("SECRET_KEY", "test-" + "x" * 60)
os.environ.setdefault("FIELD_KEYS", "uXwJvD7a6v0cV0PqD5s0m0k8dQn9Vb0E4q5a1b2c3d4=")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("MAIL_FROM", "noreply@vinger.example")
os.environ.setdefault("SITE_ORIGIN", "http://localhost")
os.environ.setdefault("SECURE_TRANSPORT", "off")
os.environ.setdefault("PASSKEYS_REQUIRED", "off")
# Absent when only the static checks run, which never connect.
os.environ.setdefault("DATABASE_URL", "postgresql://vinger_owner@/vinger?host=/nowhere")
os.environ.setdefault("REDIS_URL", "unix:///nowhere")

from config.settings import *
from config.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
