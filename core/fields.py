"""The encrypted field and the word. Keys come from FIELD_KEYS, newest first; rotating means adding one in front."""

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


class WordField(models.CharField):
    """A stored word from a list that every room adds to. The list is not part of the schema; that it is a word, is.

    Elsewhere a choice is held by a constraint that names all of them. Here each room would need a migration of this
    table for its own words. Pair it with `is_a_word` as a check constraint.
    """

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


def is_a_word(field: str) -> models.Q:
    """Return what a check constraint asks of a WordField: small letters, underscores, and a dot between two words."""
    return models.Q(**{f"{field}__regex": r"^[a-z_]+(\.[a-z_]+)?$"})
