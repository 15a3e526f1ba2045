"""A way in again for who lost her phone or her password: by a second person, after a call back, and never around it.

Who helps never gets the link, and who has the link cannot have helped: it takes two people (R37). Nobody sets
somebody else's password.
"""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import Lost, Membership, Readmission, User
from accounts.sessions import end_all_of
from accounts.step_up import insist_on_fresh
from accounts.ways_in import RECOVERED_FOR
from administration.colleagues import others_who_help
from administration.pages import Page
from audit.events import Event, Result
from audit.record import record
from core.errors import WrongState
from organisations.models import Organisation

_MEMBERS = Page("overview:today")
_DESK = Page("administration:desk_help")


def help_colleague(
    member: User,
    organisation: Organisation,
    *,
    lost: Lost,
    recognised_by: str,
    second_factor_at: datetime | None,
    by: User,
    at: datetime,
) -> Readmission:
    """Open a way in again for a colleague who was called back on the number that the organisation is known by.

    She gets a link by mail, at the address she signs in with, that works for a day; until she uses it nothing changes.
    Raises WrongState for oneself, for who does not work here or has no account that is open, without a number to call
    back on, and StaleSecondFactor.
    """
    op: Operation[Any]
    with operation(Action.HELP_SIGN_IN, within_organisation=organisation.pk, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        if member.pk == by.pk:
            raise WrongState(_("Somebody else does this for you."), about=_MEMBERS)
        works_here = Membership.objects.live(timezone.localdate(at)).filter(organisation=organisation, user=member)
        if not works_here.exists() or not member.is_active:
            raise WrongState(_("This person does not work here any more."), about=_MEMBERS)
        return _open(member, organisation, organisation, lost, recognised_by, by=by, at=at, within=op)


def help_from_desk(
    email: str,
    organisation: Organisation,
    *,
    desk: Organisation,
    lost: Lost,
    recognised_by: str,
    second_factor_at: datetime | None,
    by: User,
    at: datetime,
) -> Readmission | None:
    """Do the same from a municipality's desk, for who has no colleague that can: an organisation of one person.

    None when nobody with this address works there, when a colleague there can help, or the organisation is not of this
    municipality: which of these is not said, because the desk must not learn who works where.
    """
    op: Operation[Any]
    with operation(Action.HELP_AT_DESK, within_organisation=desk.pk, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        if not organisation.central_phone:
            raise WrongState(
                _("There is no number to call back on. A functional administrator fills it in."), about=_DESK
            )
        rows = Membership.objects.live(timezone.localdate(at)).filter(
            organisation=organisation, organisation__municipality_id=desk.municipality_id, user__is_active=True
        )
        found = rows.filter(user__email=email.strip().lower()).exclude(user=by).select_related("user").first()
        if found is None or others_who_help(found.user, organisation, at=at).exists():
            record(Event.ACCESS_DENIED, actor=by, organisation_id=desk.pk, result=Result.REFUSED)
            op.events += 1
            return None
        return _open(found.user, organisation, desk, lost, recognised_by, by=by, at=at, within=op)


def use_readmission(readmission: Readmission, *, password: str, at: datetime) -> Readmission:
    """Use the link: the lost second factor goes and is set up anew at the next sign-in, or the password is hers again.

    `password` is the new one when the password was lost; otherwise the form has checked that it is the one she has.
    Every session ends. Raises WrongState when the link is over, also by a second click.
    """
    with operation(Action.USE_LINK, on=readmission, by=None) as op:
        readmission = Readmission.objects.select_for_update().select_related("user").get(pk=readmission.pk)
        user = readmission.user
        if not readmission.is_open(at) or not user.is_active:
            raise WrongState(_("This link does not work any more."), about=Page("account_login"))
        if readmission.lost == Lost.PASSWORD:
            user.set_password(password)
            user.save(update_fields=["password"])
        else:
            Authenticator.objects.filter(user=user).delete()
        end_all_of(user.pk)
        readmission.used_at = at
        readmission.save(update_fields=["used_at"])
        op.record(Event.SIGN_IN_RECOVERED, subject=user, lost=readmission.lost, readmission=str(readmission.pk))
    return readmission


def _open(
    member: User,
    organisation: Organisation,
    helped_for: Organisation,
    lost: Lost,
    recognised_by: str,
    *,
    by: User,
    at: datetime,
    within: Operation[Any],
) -> Readmission:
    if not organisation.central_phone:
        raise WrongState(
            _("There is no number to call back on. A functional administrator fills it in."), about=_MEMBERS
        )
    if not recognised_by.strip():
        raise WrongState(_("Say how you recognised her."), about=_MEMBERS)
    for earlier in Readmission.objects.select_for_update().filter(user=member).pending():
        earlier.withdrawn_at = at
        earlier.save(update_fields=["withdrawn_at"])
    made = Readmission.objects.create(
        user=member,
        lost=lost,
        helped_by=by,
        helped_for=helped_for,
        called_number=organisation.central_phone,
        called_at=at,
        recognised_by=recognised_by.strip(),
        made_at=at,
        expires_at=at + RECOVERED_FOR,
    )
    within.record(Event.SIGN_IN_HELPED, subject=member, lost=lost.value, readmission=str(made.pk))
    return made
