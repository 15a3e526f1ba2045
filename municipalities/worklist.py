"""What a coordinator watches over: references and clocks of the families of her municipality, and counts of them.

Live and exact, and without a name: a work list, not statistics (product decision 15). The counts say what they count.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.policy import Action
from accounts.models import User
from cases.models import Family, Trajectory
from cases.querysets import FamilyQuerySet
from cases.regie import without_since
from follow_ups.models import FollowUp, Kind

MOST = 200


@dataclass(frozen=True)
class Line:
    """One family, as a coordinator may know it."""

    reference: str
    regisseur: bool
    clock: str
    oldest: str
    late: int
    without_since: str = ""


@dataclass(frozen=True)
class Figure:
    """One count, and what it counts."""

    label: str
    count: int


def families(user: User, *, today: date) -> list[Line]:
    """Return the families of this coordinator's municipality, those without a regisseur first, then by what is late.

    At most two hundred: who has more needs another kind of page.
    """
    watched = (
        _watched(user)
        .with_regisseur_known(today)
        .with_the_clock()
        .annotate(late=Count("follow_ups", filter=_late(today)), oldest=Min("follow_ups__due_on", filter=_late(today)))
    )
    departures = dict(
        Trajectory.objects.permitting(user, Action.VIEW_MUNICIPAL_LIST)
        .filter(ends_on=None)
        .values_list("family_id", "departs_on")
    )
    return [
        _line(family, departures.get(family.pk))
        for family in watched.order_by("has_regisseur", "-late", "reference")[:MOST]
    ]


def figures(user: User, *, today: date) -> list[Figure]:
    """Return what stands open over the whole municipality, in families."""
    owed = FollowUp.objects.permitting(user, Action.VIEW_MUNICIPAL_LIST).open().filter(family_id=OuterRef("pk"))
    counted = (
        _watched(user)
        .with_regisseur_known(today)
        .annotate(
            is_open=Exists(Trajectory.objects.filter(family_id=OuterRef("pk"), ends_on=None)),
            is_late=Exists(owed.filter(due_on__lt=today)),
            is_out_of_sight=Exists(owed.filter(kind=Kind.OUT_OF_SIGHT)),
            has_signal=Exists(owed.filter(kind=Kind.TRIAGE_SIGNAL)),
            is_offered=Exists(owed.filter(kind=Kind.ASK_FOR_ANSWER)),
            is_unanswered=Exists(owed.filter(kind=Kind.HANDOVER_UNANSWERED, due_on__lte=today)),
            is_stuck=Exists(owed.filter(kind=Kind.SOLVE_STAGNATION)),
        )
        .aggregate(
            families=Count("pk"),
            without=Count("pk", filter=Q(has_regisseur=False, is_open=True)),
            late=Count("pk", filter=Q(is_late=True)),
            out_of_sight=Count("pk", filter=Q(is_out_of_sight=True)),
            signals=Count("pk", filter=Q(has_signal=True)),
            handovers=Count("pk", filter=Q(is_offered=True)),
            stuck=Count("pk", filter=Q(is_stuck=True)),
            unanswered=Count("pk", filter=Q(is_unanswered=True)),
        )
    )
    labels = {
        "families": _("families in aftercare or shelter"),
        "without": _("families without a regisseur"),
        "late": _("families with work that is late"),
        "out_of_sight": _("families out of sight"),
        "signals": _("families with a signal not judged yet"),
        "handovers": _("families with a handover not answered yet"),
        "stuck": _("families with something that is stuck"),
        "unanswered": _("families with a handover that should have been answered by now"),
    }
    return [Figure(label, counted[name]) for name, label in labels.items()]


def _watched(user: User) -> FamilyQuerySet:
    watched: FamilyQuerySet = Family.objects.permitting(user, Action.VIEW_MUNICIPAL_LIST)
    return watched


def _late(today: date) -> Q:
    return Q(follow_ups__state="open", follow_ups__due_on__lt=today)


def _line(family: Family, departs_on: date | None) -> Line:
    oldest: date | None = family.oldest  # type: ignore[attr-defined]
    return Line(
        reference=family.reference,
        regisseur=family.has_regisseur,  # type: ignore[attr-defined]
        clock=_("left on %(day)s") % {"day": date_format(departs_on, "j F Y")} if departs_on else _("in the shelter"),
        oldest=_("since %(day)s") % {"day": date_format(oldest, "j F")} if oldest else "",
        late=family.late,  # type: ignore[attr-defined]
        without_since=date_format(timezone.localtime(without_since(family)), "j F Y, H.i"),
    )
