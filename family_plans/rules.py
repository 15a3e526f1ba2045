"""What everybody who writes in a plan is held to: how far they reach, and that each thing falls to somebody."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from access import policy
from access.operation import Operation
from accounts.models import User
from cases.models import Person
from core.errors import NotAllowed, WrongState
from family_plans.models import FamilyPlan
from organisations.models import CodeItem, Organisation

# Whoever is responsible: a member of the family, a professional, an organisation, or somebody of the network in words.
Responsible = Person | User | Organisation | str


def owner_fields(responsible: Responsible) -> dict[str, Any]:
    """Return the fields of an `Owned` row for whoever is responsible."""
    return {
        "person": responsible if isinstance(responsible, Person) else None,
        "user": responsible if isinstance(responsible, User) else None,
        "organisation": responsible if isinstance(responsible, Organisation) else None,
        "network": responsible if isinstance(responsible, str) else "",
    }


def part_of(domain: CodeItem) -> str:
    """Return the code of the one of the six domains that this is, or falls under. Select `parent` along."""
    return domain.parent.code if domain.parent else domain.code


def insist_on_reach(
    within: Operation[Any], family_id: UUID, *, domain: CodeItem | None = None, about: Person | None = None
) -> None:
    """Raise NotAllowed when a partner writes outside the domains and persons that were shared with it (E5).

    Without a domain it is about the plan as a whole, which is for those who reach all of it.
    """
    if within.actor is None:
        raise NotAllowed(_("This can only be done by a person."))
    reach = policy.reach(within.actor, within.action, family_id)
    in_parts = reach.parts is None or (domain is not None and part_of(domain) in reach.parts)
    in_persons = reach.persons is None or (about is not None and about.pk in reach.persons)
    if not in_parts or not in_persons:
        raise NotAllowed(_("This part of the plan was not shared with you."))


def insist_on_running(plan: FamilyPlan) -> None:
    if plan.ended_at is not None:
        raise WrongState(_("This plan has ended."), about=plan)


def insist_on_somebody(responsible: Responsible | None, *, about: Any) -> Responsible:
    if responsible is None or (isinstance(responsible, str) and not responsible.strip()):
        raise WrongState(_("Say who does this. An action of nobody is done by nobody."), about=about)
    return responsible
