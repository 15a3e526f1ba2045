"""An account that was closed because nobody signed in with it, opened again by somebody of the organisation."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Membership, User
from administration.pages import Page
from audit.events import Event
from core.errors import WrongState
from organisations.models import Organisation


def reopen(member: User, organisation: Organisation, *, by: User, at: datetime) -> User:
    """Open a suspended account again. Password and second factor are still asked. Raises WrongState otherwise."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=organisation.pk, by=by) as op:
        member = User.objects.select_for_update().get(pk=member.pk)
        works_here = Membership.objects.live(timezone.localdate(at)).filter(organisation=organisation, user=member)
        if member.suspended_at is None or not works_here.exists():
            raise WrongState(_("This account is not suspended."), about=Page("administration:members"))
        member.is_active, member.suspended_at, member.reopened_at = True, None, at
        member.save(update_fields=["is_active", "suspended_at", "reopened_at"])
        op.record(Event.ACCOUNT_REOPENED, subject=member)
    return member
