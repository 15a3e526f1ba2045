"""The encrypted field. Keys come from FIELD_KEYS, newest first; rotating means adding one in front."""

from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


@cache
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Return the cipher for the current FIELD_KEYS. `decrypt` raises `InvalidToken` on a changed value."""
    return _cipher(tuple(settings.FIELD_KEYS))


class EncryptedTextField(models.TextField):
    """Text that the database and its backups only hold as ciphertext.

    An empty string stays empty. Only `isnull` can be looked up: the same text never gives the same ciphertext twice.
    Reading a value that was changed outside the application raises `cryptography.fernet.InvalidToken`.
    """

    def get_prep_value(self, value: Any) -> str | None:
        value = super().get_prep_value(value)
        return cipher().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return cipher().decrypt(value.encode()).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be looked up with {lookup_name}")
        return super().get_lookup(lookup_name)
