"""Papers that went out, as rows: for whom, under which number, and whether what they rest on was withdrawn."""

from datetime import datetime
from typing import Any

from django.db import models

from access.models import Involvement, Relation
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, IssuedPaper
from organisations.models import Organisation


def issue_paper(
    family: Family,
    paper: str,
    *,
    number: str,
    about: models.Model,
    version: int = 1,
    action: Action,
    by: User,
    at: datetime,
) -> IssuedPaper:
    """Record that `by` takes out a paper. `action` is what she must be allowed to do; `about` the row it prints.

    Somebody who sees the family by a share alone takes it out for her own organisation; anybody else for the client.
    """
    with operation(action, on=family, by=by) as op:
        issued = IssuedPaper.objects.create(
            family=op.target,
            paper=paper,
            number=number,
            version=version,
            organisation=_partner_of(op.target, by, at),
            issued_by=by,
            issued_at=at,
        )
        op.record(Event.PAPER_ISSUED, subject=about, paper=paper, number=number)
    return issued


def withdraw_papers(family: Family, *, organisation: Organisation, at: datetime, within: Operation[Any]) -> None:
    """Mark what this organisation printed as withdrawn: it may have it, and may no longer use it."""
    for issued in IssuedPaper.objects.filter(family=family, organisation=organisation, withdrawn_at=None):
        issued.withdrawn_at = at
        issued.save(update_fields=["withdrawn_at"])
        within.record(Event.PAPER_WITHDRAWN, subject=issued, paper=issued.paper)


def _partner_of(family: Family, user: User, at: datetime) -> Organisation | None:
    """Return the organisation as whose partner somebody sees this family; None when her own works with it."""
    own = Involvement.objects.live(at).filter(family=family, organisation_id__in=list(user.standing))
    relations = {row.relation: row.organisation for row in own.select_related("organisation")}
    if set(relations) - {Relation.PARTNER, Relation.SIGNALLING}:
        return None
    return relations.get(Relation.PARTNER)
