"""The way in, the stay and the way out."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cases.models import (
    CaseContext,
    Level,
    NetworkMember,
    ParentInvolvement,
    Person,
    Place,
    ReadyToLeave,
    Share,
    Trajectory,
)
from family_plans.models import HelpLine
from figures.areas import Geography
from safety_plans.models import Receipt, SafetyPlan

if TYPE_CHECKING:
    from figures.gathering import Files


def rows() -> Iterable[tuple[str, Iterable[Any]]]:
    """Yield what is read here, with the name under which `Files` keeps it. No text of anybody is read."""
    yield "contexts", CaseContext.objects.select_related("code").order_by("starts_on", "pk")
    yield "persons", Person.objects.filter(same_as=None).only("family_id", "place", "born_on").order_by("pk")
    yield "ready", ReadyToLeave.objects.order_by("starts_on", "pk")
    yield "shares", Share.objects.filter(level__gte=Level.SAFETY_PLAN).order_by("pk")
    yield "plans", SafetyPlan.objects.exclude(holds_from=None).only("family_id", "holds_from").order_by("version")
    yield "receipts", Receipt.objects.order_by("pk")
    yield "involvements", ParentInvolvement.objects.only("family_id").order_by("pk")
    yield "network", NetworkMember.objects.only("family_id", "starts_on", "ends_on").order_by("pk")
    # Fetched beside the lines and not joined: five joins to small tables are a product of all of them to a planner that
    # has not counted their rows yet.
    beside = ("kind", "domain__parent", "law", "organisation__kind")
    yield "help", HelpLine.objects.prefetch_related(*beside).order_by("asked_on", "pk")


def coming_in(trajectory: Trajectory, files: "Files", geography: Geography) -> dict[str, Any]:
    """Return how the family came in, and with whom."""
    shelter = trajectory.organisation.municipality.code
    origin = trajectory.origin.code if trajectory.origin else ""
    admission = getattr(trajectory, "admission", None)
    return {
        "arrived_on": trajectory.starts_on,
        "shelter": shelter,
        "came_from": geography.distance(origin, shelter),
        "place": admission.place if admission else "",
        "outside_because": admission.outside_because if admission else "",
        "contexts": tuple(sorted({one.code.code for one in files.contexts})),
        "ages": tuple(_age(one, trajectory.starts_on) for one in files.persons if one.place == Place.CHILD),
    }


def _age(child: Person, day: date) -> int:
    age = child.age_on(day)
    return -1 if age is None else max(age, 0)


def going_out(trajectory: Trajectory, files: "Files", geography: Geography, left_on: date) -> dict[str, Any]:
    """Return where the family went, since when it could have, and what was arranged on that day."""
    shelter = trajectory.organisation.municipality.code
    there = trajectory.municipality.code if trajectory.municipality else ""
    asked = [one for one in files.help if one.asked_on <= left_on and (one.ended_on is None or one.ended_on >= left_on)]
    return {
        "left_on": left_on,
        "destination": there,
        "went_to": geography.distance(shelter, there) if there else _without_a_place(trajectory),
        "help_asked": len(asked),
        "help_before": sum(1 for one in asked if one.starts_on is not None and one.starts_on <= left_on),
        "network": sum(
            1 for one in files.network if one.starts_on <= left_on and (one.ends_on is None or one.ends_on > left_on)
        ),
        "father": _other_parent(files),
        **_ready(trajectory, files, left_on),
        **_partners(files, left_on),
    }


def _without_a_place(trajectory: Trajectory) -> str:
    return "protected" if trajectory.destination == "protected" else "unknown"


def _ready(trajectory: Trajectory, files: "Files", left_on: date) -> dict[str, Any]:
    """Return the time of being ready that lasted until the departure. One that ended before it was not readiness."""
    until_then = [
        one
        for one in files.ready
        if one.trajectory_id == trajectory.pk
        and one.starts_on <= left_on
        and (one.ends_on is None or one.ends_on >= left_on)
    ]
    if not until_then:
        return {}
    longest = min(until_then, key=lambda one: one.starts_on)
    return {"ready_on": longest.starts_on, "waited_for": longest.waits_for}


def _other_parent(files: "Files") -> str:
    places = {one.place for one in files.persons}
    if Place.CHILD not in places or Place.EX_PARTNER not in places:
        return ""
    return "yes" if files.involvements else "no"


def _partners(files: "Files", left_on: date) -> dict[str, int]:
    partners = {
        one.organisation_id
        for one in files.shares
        if one.opened_at is not None
        and timezone.localdate(one.starts_at) <= left_on < timezone.localdate(one.ends_at)
        and (one.withdrawn_at is None or timezone.localdate(one.withdrawn_at) > left_on)
    }
    counts = [one for one in files.plans if one.holds_from <= left_on]
    holds = {
        one.organisation_id
        for one in files.receipts
        if counts and one.plan_id == counts[-1].pk and timezone.localdate(one.read_at) <= left_on
    }
    return {"partners": len(partners), "partners_current": len(partners & holds)}
