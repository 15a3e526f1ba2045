"""Who works at an organisation, and as what: invited, with another function, gone. Nobody changes her own."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Invitation, Membership, Role, User
from accounts.sessions import end_all_of
from accounts.ways_in import INVITED_FOR
from administration.colleagues import insist_on_roles, others_who_can
from administration.pages import Page
from audit.events import Event
from cases.caseload import barred_from, families_with
from cases.models import Family
from cases.operations import Moved, hand_on
from core.errors import WrongState
from organisations.models import Organisation, Team

# Leads everybody to the first place she has: an administrator to the people of her organisation.
_MEMBERS = Page("overview:today")


def invite(
    organisation: Organisation,
    *,
    email: str,
    name: str,
    roles: Collection[str],
    team: Team | None = None,
    by: User,
    at: datetime,
) -> Invitation:
    """Ask somebody to come and work here. The mail goes out by itself, and works for seven days.

    The same whether or not she has an account: that is nobody's business before she answers. Raises WrongState for
    somebody who works here already or was asked already, and for roles that this organisation cannot give.
    """
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=organisation.pk, by=by) as op:
        return enter_invitation(organisation, email=email, name=name, roles=roles, team=team, at=at, within=op)


def enter_invitation(
    organisation: Organisation,
    *,
    email: str,
    name: str,
    roles: Collection[str],
    team: Team | None,
    at: datetime,
    within: Operation[Any],
) -> Invitation:
    """Write down an invitation. A step, for one person and for a whole file of them. Raises WrongState as `invite`."""
    email, by = email.strip().lower(), _somebody(within)
    insist_on_roles(organisation, roles, by=by)
    if team is not None and team.organisation_id != organisation.pk:
        raise WrongState(_("This team is of another organisation."), about=_MEMBERS)
    works_here = Membership.objects.live(timezone.localdate(at)).filter(organisation=organisation, user__email=email)
    if works_here.exists():
        raise WrongState(_("Somebody with this address works here already. Change her function."), about=_MEMBERS)
    waiting = Invitation.objects.select_for_update().filter(organisation=organisation, email=email).pending()
    for earlier in waiting:
        if earlier.is_open(at):
            raise WrongState(_("This person was invited already. You can send it again."), about=_MEMBERS)
        earlier.withdrawn_at = at
        earlier.save(update_fields=["withdrawn_at"])
    made = Invitation.objects.create(
        organisation=organisation,
        team=team,
        email=email,
        name=name.strip(),
        roles=sorted(roles),
        made_by=by,
        made_at=at,
        expires_at=at + INVITED_FOR,
    )
    within.record(Event.MEMBER_INVITED, subject=made, roles=sorted(roles))
    return made


def invite_again(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Mail the link again, a new one, for seven days more. Raises WrongState when it was used or withdrawn."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=invitation.organisation_id, by=by) as op:
        invitation = _pending(invitation)
        invitation.made_at, invitation.expires_at = at, at + INVITED_FOR
        invitation.told_at, invitation.token_hash = None, ""
        invitation.save(update_fields=["made_at", "expires_at", "told_at", "token_hash"])
        op.record(Event.MEMBER_INVITED, subject=invitation, roles=invitation.roles, again=True)
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Make the link stop working, from the next request on."""
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=invitation.organisation_id, by=by) as op:
        invitation = _pending(invitation)
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        op.record(Event.INVITATION_WITHDRAWN, subject=invitation)
    return invitation


def change_function(
    member: User,
    organisation: Organisation,
    *,
    roles: Collection[str],
    team: Team | None,
    to: User | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> Moved:
    """Let a member be something else here from this moment on. Who stops being a worker hands on her families to `to`.

    Raises WrongState for one's own function, without a change, for a role this organisation cannot give, and when there
    are families and nobody to take them. An administrator stays: nobody changes her own.
    """
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=organisation.pk, by=by) as op:
        held = _held(member, organisation, by=by, at=at)
        insist_on_roles(organisation, set(roles) - {one.role for one in held}, by=by)
        if team is not None and team.organisation_id != organisation.pk:
            raise WrongState(_("This team is of another organisation."), about=_MEMBERS)
        ended = [one for one in held if one.role not in roles or one.team_id != (team.pk if team else None)]
        started = set(roles) - {one.role for one in held if one not in ended}
        if not ended and not started:
            raise WrongState(_("That is her function already."), about=_MEMBERS)
        gone = {one.role for one in held} - set(roles)
        # Who signalled and works now still reads what was shared with her by name.
        stops = Role.WORKER in gone or (Role.SIGNALLER in gone and Role.WORKER not in roles)
        _end_memberships(ended, at=at, within=op)
        _start_memberships(member, organisation, started, team, at=at, within=op)
        return _end_caseload(member, organisation, to, because, at=at, within=op) if stops else Moved(0, 0)


def leave(member: User, organisation: Organisation, *, to: User | None, because: str, by: User, at: datetime) -> Moved:
    """End all that somebody is here, by her next request (R41), and give her families to `to` in the same act.

    Who works nowhere else has no account any more: her sessions, second factors and links end with it. `to` may be None
    only when nobody is left to take them; then the alarm is raised for each family that has no regisseur. Raises
    WrongState for oneself, so that an administrator stays, and for somebody who left already.
    """
    op: Operation[Any]
    with operation(Action.MANAGE_MEMBERS, within_organisation=organisation.pk, by=by) as op:
        held = _held(member, organisation, by=by, at=at)
        _end_memberships(held, at=at, within=op)
        # Before the account is closed: that ends a regie too, and would leave nothing to hand on.
        moved = _end_caseload(member, organisation, to, because, at=at, within=op)
        works_elsewhere = Membership.objects.live(timezone.localdate(at)).filter(user=member).exists()
        if not works_elsewhere:
            _close_account(member, at=at)
        op.record(Event.MEMBER_LEFT, subject=member, moved=moved.moved, left=moved.left, account=works_elsewhere)
    return moved


def move_caseload(member: User, organisation: Organisation, *, to: User, because: str, by: User, at: datetime) -> Moved:
    """Give the families of one worker to another while both stay. Each family is checked apart (L18).

    Only what `by` may move and `to` may see goes over; the rest stays where it is, and is counted as left.
    """
    on = [
        family
        for family in families_with(member, organisation).permitting(by, Action.MOVE_CASELOAD).order_by("pk")
        if family.pk not in barred_from(to, at)
    ]
    if not on:
        raise WrongState(_("There is no family to give."), about=_MEMBERS)
    op: Operation[Family]
    with operation(Action.MOVE_CASELOAD, on=on, by=by) as op:
        _insist_on_receiver(member, organisation, to, at=at)
        if not because.strip():
            raise WrongState(_("Say why."), about=_MEMBERS)
        moved = hand_on(op.targets, of=member, to=to, organisation=organisation, because=because, at=at, within=op)
        op.record(Event.CASELOAD_MOVED, subject=member, to=str(to.pk), moved=moved.moved)
    stays = families_with(member, organisation).permitting(by, Action.MOVE_CASELOAD).count()
    return Moved(moved.moved, stays)


def _held(member: User, organisation: Organisation, *, by: User, at: datetime) -> list[Membership]:
    """Return what somebody is here now, held by the row until this act is over."""
    if member.pk == by.pk:
        raise WrongState(_("Somebody else does this for you."), about=_MEMBERS)
    rows = Membership.objects.live(timezone.localdate(at)).filter(user=member, organisation=organisation)
    held = list(rows.select_for_update().order_by("pk"))
    if not held:
        raise WrongState(_("This person does not work here any more."), about=_MEMBERS)
    return held


def _start_memberships(
    member: User,
    organisation: Organisation,
    roles: Collection[str],
    team: Team | None,
    *,
    at: datetime,
    within: Operation[Any],
) -> None:
    for role in sorted(roles):
        made = Membership.objects.create(
            user=member, organisation=organisation, team=team, role=role, starts_on=timezone.localdate(at)
        )
        within.record(Event.MEMBERSHIP_STARTED, subject=made, role=role)


def _end_memberships(held: Collection[Membership], *, at: datetime, within: Operation[Any]) -> None:
    for membership in held:
        membership.ends_on = max(timezone.localdate(at), membership.starts_on)
        membership.save(update_fields=["ends_on"])
        within.record(Event.MEMBERSHIP_ENDED, subject=membership, role=membership.role)


def _end_caseload(
    member: User, organisation: Organisation, to: User | None, because: str, *, at: datetime, within: Operation[Any]
) -> Moved:
    by = _somebody(within)
    on = list(families_with(member, organisation).permitting(by, Action.MOVE_CASELOAD).order_by("pk"))
    if not on:
        return Moved(0, 0)
    if to is not None:
        _insist_on_receiver(member, organisation, to, at=at)
    elif others_who_can(member, organisation, at=at).exists():
        raise WrongState(_("Choose who takes over the families."), about=_MEMBERS)
    inner: Operation[Family]
    with operation(Action.MOVE_CASELOAD, on=on, by=by) as inner:
        moved = hand_on(
            inner.targets, of=member, to=to, organisation=organisation, because=because, at=at, within=inner
        )
        inner.record(Event.CASELOAD_MOVED, subject=member, moved=moved.moved, left=moved.left)
    return moved


def _insist_on_receiver(member: User, organisation: Organisation, to: User, *, at: datetime) -> None:
    if not others_who_can(member, organisation, at=at).filter(pk=to.pk).exists():
        raise WrongState(_("Choose a worker of this organisation."), about=_MEMBERS)


def _close_account(member: User, *, at: datetime) -> None:
    member.is_active, member.suspended_at = False, None
    member.save(update_fields=["is_active", "suspended_at"])
    Authenticator.objects.filter(user=member).delete()
    end_all_of(member.pk)
    member.readmissions.pending().update(withdrawn_at=at)


def _pending(invitation: Invitation) -> Invitation:
    found: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.used_at or found.withdrawn_at:
        raise WrongState(_("This invitation was used or withdrawn already."), about=_MEMBERS)
    return found


def _somebody(within: Operation[Any]) -> User:
    if within.actor is None:
        raise AssertionError("a job invites nobody and moves no families")
    return within.actor
