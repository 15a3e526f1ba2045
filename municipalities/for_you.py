"""What asks for a coordinator's own power today: the first of what only the municipality can move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from access.policy import Action
from accounts.models import User
from collaboration.models import REMIND_BEFORE, CollaborationAgreement, Undone
from municipalities import stagnation_inbox, worklist

FIRST = 5


@dataclass(frozen=True)
class Item:
    """One thing to do."""

    when: str
    what: str
    why: str
    url: str
    do: str
    kind: str


def items(user: User, figures: Sequence[worklist.Figure], *, today: date) -> list[Item]:
    """Return at most five of each: families without a regisseur, what is stuck, and agreements to evaluate."""
    counts = {figure.name: figure.count for figure in figures}
    return [
        *(_without(user, today) if counts[Undone.NO_REGISSEUR] else []),
        *_stuck(user, today),
        *_evaluations(user, today),
    ]


def _without(user: User, today: date) -> list[Item]:
    return [
        Item(
            when=line.clock.capitalize(),
            what=_("Family %(reference)s: assign a team") % {"reference": line.reference},
            why=line.said.capitalize() if line.said else _("Nobody has the regie. Signals come to the duty desk."),
            url=line.url,
            do=_("Assign a team"),
            kind="now",
        )
        for line in worklist.page(user, Undone.NO_REGISSEUR, today=today).lines[:FIRST]
    ]


def _stuck(user: User, today: date) -> list[Item]:
    return [
        Item(
            when=_when(one.answer_by, today)
            if one.late
            else _("Answer before the end of %(day)s") % {"day": date_format(one.answer_by, "l j F")},
            what=_("Family %(reference)s: %(domain)s, %(days)s days")
            % {"reference": one.reference, "domain": one.domain, "days": one.days},
            why=one.cause,
            url=reverse("municipalities:answer", args=[one.stagnation_id]),
            do=_("Answer"),
            kind="now" if one.late else "soon",
        )
        for one in stagnation_inbox.asked_of(user, today=today)[:FIRST]
    ]


def _evaluations(user: User, today: date) -> list[Item]:
    rows = CollaborationAgreement.objects.permitting(user, Action.KEEP_COLLABORATION).to_evaluate(
        today, within=REMIND_BEFORE
    )
    return [
        Item(
            when=_when(one.evaluate_on, today),
            what=_("Evaluate: %(title)s") % {"title": one.title},
            why=_("Next evaluation: %(day)s.") % {"day": date_format(one.evaluate_on, "j F Y")},
            url=one.get_absolute_url(),
            do=_("Plan the evaluation"),
            kind="now" if one.evaluate_on < today else "soon",
        )
        for one in rows.order_by("evaluate_on", "pk")[:FIRST]
    ]


def _when(day: date, today: date) -> str:
    days = (day - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("In %(days)s day", "In %(days)s days", days) % {"days": days} if days else _("Today")
