"""How views fetch. There is no other way to get a row about a family out of a URL."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.http import Http404

from access import budget
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event, Result
from audit.record import record

M = TypeVar("M", bound=models.Model)


def get_visible_or_404(
    request: UserRequest, model: type[M], *, pk: UUID, seen_as: Event | None, may: Action | None = None
) -> M:
    """Fetch one row this user may see, or 404: absent and forbidden look the same.

    `seen_as` names the audit event for reading it; None only where nothing of the row is shown. With `may`, a row that
    may be seen but on which that action is not permitted is a 404 as well: use it for forms. Raises BudgetSpent when
    this user opened more families of others than anybody needs (R43).
    """
    rows: Any = model._default_manager  # of every model that is shown, with the questions of ScopedQuerySet
    permitted = rows.permitting(request.user, may) if may else rows.visible_to(request.user)
    found: M | None = permitted.filter(pk=pk).first()
    if found is None:
        # In the same words for what is not there and for what she may not see: the log knows more than the asker.
        record(
            Event.ACCESS_DENIED,
            actor=request.user,
            result=Result.REFUSED,
            details={"asked": model._meta.label_lower, "key": str(pk)},
        )
        raise Http404
    # The frame of the page shows whose file this is, on every page about a family.
    family_id: UUID = found.family_id  # type: ignore[attr-defined]  # what is shown hangs from a family, or is one
    request.family_id = family_id
    if seen_as:
        budget.insist([family_id], by=request.user)
        record(seen_as, actor=request.user, subject=found)
    return found
