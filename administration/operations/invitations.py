"""Answering an invitation: by who holds the link that was mailed to her."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Invitation, Membership, User
from administration.pages import Page
from audit.events import Event
from core.errors import WrongState

_DOOR = Page("account_login")


def accept_as_new(invitation: Invitation, *, password: str, at: datetime) -> User:
    """Make an account with the password she chose, or open the one of a leaver who comes back, and start her functions.

    Nothing of before comes back: a returning leaver sets up a second factor anew. Raises WrongState when the link is
    over, and when there is an account that is open: that one is signed in with.
    """
    with operation(Action.USE_LINK, on=invitation, by=None) as op:
        invitation = _open(invitation, at)
        user = User.objects.select_for_update().filter(email=invitation.email).first()
        if user is None:
            user = User.objects.create_user(invitation.email, name=invitation.name, password=password)
        elif user.is_active or user.suspended_at is not None:
            raise WrongState(_("Sign in first, and open the link again."), about=_DOOR)
        else:
            user.set_password(password)
            user.is_active, user.reopened_at = True, at
            user.save(update_fields=["password", "is_active", "reopened_at"])
        _start(user, invitation, at=at, within=op)
    return user


def accept_as_member(invitation: Invitation, *, by: User, at: datetime) -> User:
    """Start the functions of an invitation for the person it was sent to, who is signed in. Raises WrongState else."""
    with operation(Action.USE_LINK, on=invitation, by=None) as op:
        invitation = _open(invitation, at)
        if by.email != invitation.email:
            raise WrongState(_("This link is for somebody else."), about=_DOOR)
        _start(by, invitation, at=at, within=op)
    by.forget_standing()
    return by


def _open(invitation: Invitation, at: datetime) -> Invitation:
    found: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not found.is_open(at):
        raise WrongState(_("This link does not work any more."), about=_DOOR)
    return found


def _start(user: User, invitation: Invitation, *, at: datetime, within: Operation[Any]) -> None:
    today = timezone.localdate(at)
    held = Membership.objects.live(today).filter(user=user, organisation=invitation.organisation)
    for role in sorted(set(invitation.roles) - set(held.values_list("role", flat=True))):
        made = Membership.objects.create(
            user=user, organisation=invitation.organisation, team=invitation.team, role=role, starts_on=today
        )
        within.record(Event.MEMBERSHIP_STARTED, subject=made, role=role)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    within.record(Event.INVITATION_ACCEPTED, subject=user, invitation=str(invitation.pk))
