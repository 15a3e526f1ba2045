"""Which database role a piece of work runs as, and what the database is told about who is asking.

Four roles (product decision 16): *owner* migrates, *app* serves people and is held by row-level security, *jobs* routes
and sweeps over all families, *protected* reads class A. The logins of the web and worker processes own nothing and
inherit nothing: outside `acting_as` they can read no table at all, so forgetting it fails closed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

# How the database says that it will not change what was written in a frozen file (B27).
FROZEN = "VP027"

_SETTINGS = ("role", "app.user_id", "app.organisations", "app.now")


class DatabaseRole(StrEnum):
    """A role of the database. The names are created by `ops.roles` and used in migrations: never rename one."""

    APP = "vinger_app"
    JOBS = "vinger_jobs"
    PROTECTED = "vinger_protected"


@contextmanager
def acting_as(
    role: DatabaseRole, *, user_id: UUID | None = None, organisation_ids: Iterable[UUID] = ()
) -> Iterator[None]:
    """Open a transaction (or a savepoint) in which every statement runs as `role`.

    Row-level security shows the rows of families with which one of `organisation_ids` has a live involvement; without
    any, a person's role sees no family at all. On leaving, the role of the surrounding transaction is back.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _read() if nested else None
        _write([role.value, *_identity(user_id, organisation_ids)])
        yield
        # An exception needs nothing: rolling back to the savepoint undoes these settings too.
        if before is not None and not connection.needs_rollback:
            _write(before)


def identify(*, user_id: UUID | None, organisation_ids: Iterable[UUID]) -> None:
    """Tell the open transaction who is asking, until it ends. `acting_as` opened it."""
    _write([None, *_identity(user_id, organisation_ids)])


def keep_time() -> None:
    """Tell the open transaction what time it is now.

    Row-level security compares windows with the moment the transaction was told. Without this, a door that is opened
    in the middle of a request would only be open after the moment at which the request began.
    """
    _write([None, None, None, timezone.now().isoformat()])


@contextmanager
def as_protected() -> Iterator[None]:
    """Run the body as the one role that may read class A. Only inside an operation that checked the grant."""
    before = _read()
    with transaction.atomic():
        _write([DatabaseRole.PROTECTED.value, *before[1:]])
        yield
        if not connection.needs_rollback:
            _write(before)


def _identity(user_id: UUID | None, organisation_ids: Iterable[UUID]) -> list[str]:
    # The moment comes from the application, so that policy and row-level security read one clock.
    organisations = "{" + ",".join(sorted(str(pk) for pk in organisation_ids)) + "}"
    return [str(user_id or ""), organisations, timezone.now().isoformat()]


def _read() -> list[str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(["coalesce(current_setting(%s, true), '')"] * len(_SETTINGS)), _SETTINGS)
        row = cursor.fetchone()
    return [row[0] or "none", *row[1:]]


def _write(values: list[str | None]) -> None:
    """Set all of them in one statement, for this transaction only. None leaves a setting as it is."""
    pairs = [(name, value) for name, value in zip(_SETTINGS, values, strict=True) if value is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(["set_config(%s, %s, true)"] * len(pairs)), [part for pair in pairs for part in pair]
        )
