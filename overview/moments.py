"""What happened to a family, and the contact that comes: one line of time down the page of the family.

No words of anybody are on it: who may read those is decided where they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from aftercare.models import CheckIn, Outcome
from cases.models import RegisseurPeriod, Trajectory
from follow_ups.models import FollowUp, Kind
from safety_plans.models import Moment as RiskMoment
from safety_plans.models import RiskAssessment, SafetyPlan
from signals.models import Signal

SHOWN = 8
CONTACTS = {Kind.CONTACT, Kind.CALL_PERSON, Kind.TEXT_PERSON, Kind.MAIL_PERSON}


@dataclass(frozen=True)
class Moment:
    """Something that happened, or that is planned. `kind` is ahead, missed, signal or nothing."""

    day: date
    what: str
    who: str
    kind: str = ""


def list_of(rows: QuerySet[Any], *, most: int | None = None, **fields: Any) -> ArraySubquery:
    """Return the rows of the family as a list of objects, inside the one statement."""
    found = rows.filter(family=OuterRef("pk")).values(json=JSONObject(**fields))
    return ArraySubquery(found[:most] if most else found)


def lists(*, works_with_it: bool) -> dict[str, ArraySubquery]:
    """Return what to read with the family, at most what can be shown of each; for others than workers contacts only."""
    found = {
        "contacts": list_of(
            CheckIn.objects.order_by("-happened_at"),
            most=SHOWN,
            at="happened_at",
            outcome="outcome",
            by="recorded_by__name",
        )
    }
    if not works_with_it:
        return found
    plans = SafetyPlan.objects.exclude(activated_at=None).order_by("-version")
    return found | {
        "signals": list_of(
            Signal.objects.order_by("-reported_at"),
            most=SHOWN,
            at="reported_at",
            child="child__given_name",
            by="organisation__name",
        ),
        "plans_made": list_of(plans, most=SHOWN, version="version", at="activated_at", by="activated_by__name"),
        "assessed": list_of(
            RiskAssessment.objects.order_by("-assessed_on"),
            most=SHOWN,
            on="assessed_on",
            moment="moment",
            by="assessed_by__name",
        ),
        "regie": list_of(RegisseurPeriod.objects.order_by("-starts_at"), most=SHOWN, at="starts_at", by="user__name"),
        "came": list_of(Trajectory.objects.order_by("-starts_on"), most=SHOWN, on="starts_on", left="departs_on"),
    }


def read(known: Any, work: Sequence[FollowUp], today: date) -> list[Moment]:
    """Return the next contact and what happened last, the newest first. `known` carries what `lists` asked for."""
    happened = [*_contacts(known), *_signals(known), *_made(known), *_passages(known, today)]
    ahead = [
        Moment(one.due_on, str(one.get_kind_display()), _("planned"), "ahead")
        for one in work
        if one.kind in CONTACTS and one.due_on >= today
    ]
    return [*ahead[:1], *sorted(happened, key=lambda moment: moment.day, reverse=True)[:SHOWN]]


def moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _contacts(known: Any) -> list[Moment]:
    return [
        Moment(
            _day(row["at"]),
            str(Outcome(row["outcome"]).label),
            row["by"],
            "missed" if row["outcome"] == Outcome.NOT_REACHED else "",
        )
        for row in known.contacts
    ]


def _signals(known: Any) -> list[Moment]:
    return [
        Moment(
            _day(row["at"]),
            _("A worry about %(name)s") % {"name": row["child"] or _("a child")},
            row["by"],
            "signal",
        )
        for row in getattr(known, "signals", [])
    ]


def _made(known: Any) -> list[Moment]:
    """Return what the workers made: plans, assessments, and who took the regie."""
    if not hasattr(known, "regie"):
        return []
    plan, regie = _("Safety plan, version %(version)s"), _("Regisseur: %(name)s")
    assessed = _("Risk assessed: %(when)s")
    return [
        *(Moment(_day(row["at"]), plan % {"version": row["version"]}, row["by"]) for row in known.plans_made),
        *(
            Moment(
                date.fromisoformat(row["on"]),
                assessed % {"when": str(RiskMoment(row["moment"]).label).lower()},
                row["by"],
            )
            for row in known.assessed
        ),
        *(Moment(_day(row["at"]), regie % {"name": row["by"]}, "") for row in known.regie),
    ]


def _passages(known: Any, today: date) -> list[Moment]:
    found = []
    for row in getattr(known, "came", []):
        found.append(Moment(date.fromisoformat(row["on"]), _("The passage began"), ""))
        if row["left"] and date.fromisoformat(row["left"]) <= today:
            found.append(Moment(date.fromisoformat(row["left"]), _("The family left the shelter"), ""))
    return found


def _day(text: str) -> date:
    return timezone.localdate(moment_of(text))
