"""The frame around every state change: one transaction, one lock, one check, one audit trail."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from access import policy
from access.policy import Action
from accounts.models import User
from audit.events import Event, Result
from audit.record import record
from core.database import FROZEN, keep_time
from core.errors import NotAllowed

M = TypeVar("M", bound=models.Model)


class Operation(Generic[M]):
    """An open operation: proof that the family is locked and the actor was checked.

    `targets` are the rows as they are after the lock; the instances that were passed in are stale.
    """

    def __init__(self, action: Action, targets: Sequence[M], actor: User | None, organisation_id: UUID | None) -> None:
        self.action = action
        self.targets = targets
        self.actor = actor
        self.organisation_id = organisation_id
        self.events = 0

    @property
    def target(self) -> M:
        (only,) = self.targets
        return only

    def record(self, event: Event, *, subject: models.Model | None = None, **details: object) -> None:
        """Write an audit row about `subject`, by default the target. `details`: identifiers and stored words only."""
        record(
            event,
            actor=self.actor,
            subject=subject or self.target,
            organisation_id=self.organisation_id,
            details=details,
        )
        self.events += 1


@contextmanager
def operation(
    action: Action, *, on: M | Sequence[M] = (), within_organisation: UUID | None = None, by: User | None
) -> Iterator[Operation[M]]:
    """Lock the families of `on`, check that `by` may perform `action`, and insist on an audit event.

    `on` is one row, or several, which are locked in the order of their keys so that operations can never deadlock.
    For an act that has no row yet, `within_organisation` says on whose behalf. `by=None` is a job, allowed only for
    what policy lists as automatic. All or nothing: an error in the body undoes everything, the audit rows included;
    a refusal is recorded after that. Raises NotAllowed.
    """
    rows: Sequence[M] = [on] if isinstance(on, models.Model) else list(on)
    try:
        with _as_it_was_written(), transaction.atomic():
            _lock(rows)
            keep_time()
            opened = Operation(action, _allowed(action, rows, within_organisation, by), by, within_organisation)
            yield opened
            if not opened.events:
                raise AssertionError(f"{action} finished without an audit event")
    except NotAllowed:
        record(
            Event.ACCESS_DENIED,
            actor=by,
            subject=rows[0] if rows else None,
            organisation_id=within_organisation,
            result=Result.REFUSED,
            details={"action": action.value},
        )
        raise


def _allowed(action: Action, rows: Sequence[M], organisation_id: UUID | None, by: User | None) -> Sequence[M]:
    """Return the rows afresh if the actor may perform the action on all of them."""
    if by is None:
        if action not in policy.AUTOMATIC:
            raise NotAllowed(_("This can only be done by a person."))
        return [type(row)._base_manager.get(pk=row.pk) for row in rows]
    # The session may be older than a membership that has just ended.
    by.forget_standing()
    if organisation_id is not None and not policy.may_within(by, action, organisation_id):
        raise NotAllowed(_("You may not do this on behalf of this organisation."))
    fresh = [type(row).objects.permitting(by, action).filter(pk=row.pk).first() for row in rows]  # type: ignore[attr-defined]  # scoped rows
    if None in fresh or (not rows and organisation_id is None):
        raise NotAllowed(_("You may not do this."))
    return fresh


@contextmanager
def _as_it_was_written() -> Iterator[None]:
    """Say in words that the database refused to change what stands in a frozen file (B27).

    Which changes those are is for the database to know (oversight, migration 0008): no operation can forget to ask.
    """
    try:
        yield
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") != FROZEN:
            raise
        reason = _(
            "This file is kept as it was, for an investigation. What was written stays. You can still add new things."
        )
        raise NotAllowed(reason) from error


def _lock(rows: Sequence[models.Model]) -> None:
    """Lock the families the rows are about, always in the order of their keys, and nothing else first.

    Not against a row that only points at the family: a round of reminders would wait for whoever is at work.
    """
    families = sorted({family_id for row in rows if (family_id := getattr(row, "family_id", None))})
    found = (
        apps.get_model("cases.Family")
        ._base_manager.filter(pk__in=families)
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    if len(list(found.values_list("pk", flat=True))) != len(families):
        raise NotAllowed(_("You may not do this."))
