"""The lists of a coordinator: what stays undone for a family, since when. Conditions only; `worklist` makes the lines.

Each is a question to the rows of the moment: live and exact, and it counts families (product decision 15).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.policy import Action
from accounts.models import User
from aftercare.models import OutOfSight
from cases.models import Family, Trajectory
from cases.querysets import FamilyQuerySet
from collaboration.models import Undone
from family_plans.models import Stagnation
from follow_ups.models import FollowUp, Kind
from handover.models import Handover
from safety_plans.models import SafetyPlan

ALL, STUCK = "all", "stuck"


@dataclass(frozen=True)
class Watched:
    """One list. `rows` are those of a family (OuterRef "pk") that put it on the list, `moment` says since when."""

    name: str
    label: str | Promise
    counted: str | Promise
    clock: str | Promise
    none: str | Promise
    condition: Callable[[date], Any]
    since: Callable[[date], Any]


def _rows(rows: QuerySet, moment: str) -> Subquery:
    """Return the first moment of these rows, in one family."""
    firsts = rows.filter(family_id=OuterRef("pk")).order_by().values("family_id").annotate(first=Min(moment))
    return Subquery(firsts.values("first")[:1])


def _there(rows: QuerySet) -> Exists:
    return Exists(rows.filter(family_id=OuterRef("pk")))


def _open() -> QuerySet:
    return Trajectory.objects.filter(ends_on=None)


def _late(kind: Kind) -> Callable[[date], QuerySet]:
    return lambda today: FollowUp.objects.open().filter(kind=kind, due_on__lt=today)


def _unanswered(today: date) -> QuerySet:
    return Handover.objects.filter(status="offered", answer_by__lt=today)


_SIGNALS, _CONTACTS = _late(Kind.TRIAGE_SIGNAL), _late(Kind.CONTACT)
_NEW_PLANS = _late(Kind.TELL_NEW_SAFETY_PLAN)

LISTS: dict[str, Watched] = {
    one.name: one
    for one in (
        Watched(
            Undone.NO_REGISSEUR,
            Undone.NO_REGISSEUR.label,
            _("families without a regisseur"),
            _("without since %(day)s"),
            _("Every family has a regisseur."),
            lambda _today: Q(is_open=True, has_regisseur=False),
            lambda _today: Coalesce(
                Greatest(F("regie_ended_at"), Cast(F("regie_left_on"), DateTimeField())), F("opened_at")
            ),
        ),
        Watched(
            Undone.HANDOVER_UNANSWERED,
            Undone.HANDOVER_UNANSWERED.label,
            _("families with a handover that should have been answered by now"),
            _("was to be answered on %(day)s"),
            _("Every handover was answered in time, or has time left."),
            lambda today: Q(_there(_unanswered(today))),
            lambda today: _rows(_unanswered(today), "answer_by"),
        ),
        Watched(
            STUCK,
            _("What is stuck, and waits for you"),
            _("families with something that is stuck and waits for your answer"),
            _("stuck since %(day)s"),
            _("Nothing waits for your answer."),
            lambda today: Q(_there(Stagnation.objects.with_the_municipality(today))),
            lambda today: _rows(Stagnation.objects.with_the_municipality(today), "since"),
        ),
        Watched(
            Undone.SIGNAL_NOT_JUDGED,
            Undone.SIGNAL_NOT_JUDGED.label,
            _("families with a signal that should have been judged by now"),
            _("was to be judged on %(day)s"),
            _("Every signal was judged in time, or has time left."),
            lambda today: Q(_there(_SIGNALS(today))),
            lambda today: _rows(_SIGNALS(today), "due_on"),
        ),
        Watched(
            Undone.NO_SAFETY_PLAN,
            Undone.NO_SAFETY_PLAN.label,
            _("families without a safety plan that holds"),
            _("with us since %(day)s"),
            _("Every family has a safety plan that holds."),
            lambda _today: Q(~_there(SafetyPlan.objects.current()), is_open=True),
            lambda _today: Coalesce(_rows(_open(), "starts_on"), Cast(F("opened_at"), DateTimeField())),
        ),
        Watched(
            Undone.OUTDATED_PLAN,
            Undone.OUTDATED_PLAN.label,
            _("families whose partners hold an outdated safety plan"),
            _("partners were to have the new one on %(day)s"),
            _("Every partner has the safety plan that holds, or has time left to read it."),
            lambda today: Q(_there(_NEW_PLANS(today))),
            lambda today: _rows(_NEW_PLANS(today), "due_on"),
        ),
        Watched(
            Undone.OUT_OF_SIGHT,
            Undone.OUT_OF_SIGHT.label,
            _("families out of sight"),
            _("nobody spoken to since %(day)s"),
            _("No family is out of sight."),
            lambda _today: Q(_there(OutOfSight.objects.open())),
            lambda _today: _rows(OutOfSight.objects.open(), "since"),
        ),
        Watched(
            Undone.LATE_CONTACT,
            Undone.LATE_CONTACT.label,
            _("families with a contact that is late"),
            _("was to be made on %(day)s"),
            _("Every contact was made in time, or has time left."),
            lambda today: Q(_there(_CONTACTS(today))),
            lambda today: _rows(_CONTACTS(today), "due_on"),
        ),
        Watched(
            ALL,
            _("All families of your municipality"),
            _("families in aftercare or shelter"),
            _("with us since %(day)s"),
            _("No family is the responsibility of your municipality now."),
            lambda _today: Q(),
            lambda _today: F("opened_at"),
        ),
    )
}


def watched(user: User, action: Action, *, today: date) -> FamilyQuerySet:
    """Return the families of this user's municipality, with what the lists ask of them."""
    found: FamilyQuerySet = (
        Family.objects.permitting(user, action)
        .of_people()
        .with_regisseur_known(today)
        .with_the_clock()
        .annotate(is_open=_there(_open()))
    )
    return found


def on_list(families: FamilyQuerySet, name: str, *, today: date) -> FamilyQuerySet:
    """Narrow to one list and annotate `since`, a moment: a day counts from its first minute."""
    one = LISTS[name]
    return families.filter(one.condition(today)).annotate(since=Cast(one.since(today), DateTimeField()))
