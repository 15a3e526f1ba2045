"""The social network: who joins, who leaves, and a second look where family may be the danger."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Knows, NetworkMember, NetworkRelation, Strength
from cases.reading import relatives_need_review
from core.errors import WrongState


@dataclass(frozen=True)
class NewMember:
    name: str
    relation: NetworkRelation
    support: list[str]
    strength: Strength
    knows_address: Knows
    task: str = ""
    agreed_on: date | None = None
    reviewed_because: str = ""


def add_to_network(family: Family, new: NewMember, *, starts_on: date, by: User) -> NetworkMember:
    """Add somebody to the network from a day on.

    With violence in the name of honour a relative is not simply support: raises WrongState unless `reviewed_because`
    says who looked at it and why it is safe (D13).
    """
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        family = op.target
        needs_review = new.relation == NetworkRelation.RELATIVE and relatives_need_review(family)
        if needs_review and not new.reviewed_because.strip():
            raise WrongState(
                _("Honour plays a part here. Say who judged that this relative is safe, and why."), about=family
            )
        member = NetworkMember.objects.create(
            family=family,
            starts_on=starts_on,
            recorded_by=by,
            **{name: getattr(new, name) for name in NewMember.__dataclass_fields__},
        )
        op.record(Event.NETWORK_CHANGED, subject=member, reviewed=needs_review)
    return member


def leave_network(member: NetworkMember, *, ends_on: date, by: User) -> NetworkMember:
    """Record that somebody is no support any more; `ends_on` is exclusive. Raises WrongState when that was recorded."""
    with operation(Action.EDIT_FAMILY, on=member, by=by) as op:
        member = op.target
        if member.ends_on is not None or ends_on < member.starts_on:
            raise WrongState(
                _("This person left the network already, or would leave before joining."), about=member.family
            )
        member.ends_on = ends_on
        member.save(update_fields=["ends_on"])
        op.record(Event.NETWORK_CHANGED, subject=member, left=True)
    return member
