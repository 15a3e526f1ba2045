"""`manage.py check --deploy` shows what would keep this installation from starting (core.startup)."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from core.startup import settings_reasons


def safe_to_start(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return [Error(reason, id="core.E001") for reason in settings_reasons(settings)]
