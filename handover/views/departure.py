from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Destination, Family, Trajectory
from core.working_days import add_months
from handover import forms, operations
from handover.arranged import arranged, file_settles
from handover.models import (
    SETTLED_BY_THE_FILE,
    AgreedMeasure,
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    DepartureDecision,
    Handover,
    leaves_the_region,
)
from handover.partners import matrix
from handover.supporters import supporter_of
from organisations.models import Municipality


@require_GET
def departure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = open_trajectory(request, family)
    today = timezone.localdate()
    checks = list(
        DepartureCheck.objects.visible_to(request.user)
        .filter(trajectory=trajectory, move=None)
        .select_related("person", "closed_by")
        .in_reading_order()
    )
    file_says = {(one.kind.value, one.person_id): one for one in arranged(trajectory)}
    for check in checks:
        said = file_says.get((check.kind, check.person_id))
        check.file_says = said if check.state == CheckState.OPEN else None
        # Settled by an assessment that does not hold any more: as good as open.
        check.has_lapsed = check.kind in SETTLED_BY_THE_FILE and check.state == CheckState.DONE and said is None
    return render(
        request,
        "handover/departure.html",
        {
            "family": family,
            "trajectory": trajectory,
            "decision": DepartureDecision.objects.visible_to(request.user)
            .filter(trajectory=trajectory)
            .select_related("assessment")
            .order_by("-recorded_at", "-pk")
            .first(),
            "about_the_family": [check for check in checks if check.person_id is None],
            "about_children": [check for check in checks if check.person_id is not None],
            "settled": sum(
                (check.state != CheckState.OPEN and not check.has_lapsed) or check.file_says is not None
                for check in checks
            ),
            "unassessed": [check for check in checks if check.kind in SETTLED_BY_THE_FILE and _is_missing(check)],
            "measures": _measures(request, trajectory, today),
            "supporter": supporter_of(family),
            "blanks": matrix(family, now=timezone.now()).blanks,
            "completed": DepartureCompletion.objects.visible_to(request.user).filter(trajectory=trajectory).first(),
            "moves": trajectory.departs_on is not None and leaves_the_region(trajectory),
            "total": len(checks),
            "days": (trajectory.departs_on - today).days if trajectory.departs_on else None,
            "late": bool(trajectory.departs_on and trajectory.departs_on < today),
            "handover": Handover.objects.visible_to(request.user).filter(family=family).order_by("-offered_at").first(),
            "may_offer": Family.objects.permitting(request.user, Action.OFFER_HANDOVER).filter(pk=family.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def plan_departure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = open_trajectory(request, family)
    today = timezone.localdate()
    form = forms.PlanDeparture(
        request.POST if request.method == "POST" else None,
        municipalities=Municipality.objects.current(today).order_by("name"),
        stays_since=trajectory.starts_on,
        initial=_proposed(trajectory),
    )
    if form.is_valid():
        operations.plan_departure(
            trajectory,
            on=form.cleaned_data["departs_on"],
            destination=Destination(form.cleaned_data["destination"]),
            municipality=form.cleaned_data["municipality"],
            involvement_ends_on=form.cleaned_data["involvement_ends_on"],
            decision=form.decision,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The departure is planned. Below is what must be arranged."))
        return redirect("handover:departure", family.pk)
    return render(request, "handover/plan_departure.html", {"family": family, "form": form})


@require_http_methods(["GET", "POST"])
def settle_point(request: UserRequest, pk: UUID) -> HttpResponse:
    check = get_visible_or_404(request, DepartureCheck, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    waits = check.kind in SETTLED_BY_THE_FILE and not file_settles(check)
    form = forms.SettlePoint(
        request.POST if request.method == "POST" else None,
        is_talk=check.kind == CheckKind.SCHOOL_TALK,
        without=["done", "not_needed"] if waits else ["not_needed"] if check.kind in SETTLED_BY_THE_FILE else [],
        initial={"done_on": timezone.localdate()},
    )
    if form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        if answers["answer"] == "done":
            operations.tick(check, done_on=answers["done_on"], note=answers["note"], by=request.user, at=now)
        else:
            settle = operations.set_aside if answers["answer"] == "not_needed" else operations.override
            settle(check, because=answers["because"], by=request.user, at=now)
        messages.success(request, _("That point is settled."))
        return redirect(check)
    return render(request, "handover/settle_point.html", {"check": check, "form": form, "waits": waits})


@require_http_methods(["GET", "POST"])
def cancel_departure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    form = forms.CancelDeparture(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.cancel_departure(
            open_trajectory(request, family),
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The departure is cancelled. The family stays."))
        return redirect("handover:departure", family.pk)
    return render(request, "handover/cancel_departure.html", {"family": family, "form": form})


@require_POST
def complete_departure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.PLAN_DEPARTURE)
    operations.complete_departure(open_trajectory(request, family), by=request.user, at=timezone.now())
    messages.success(request, _("The departure is complete."))
    return redirect("handover:departure", family.pk)


def open_trajectory(request: UserRequest, family: Family) -> Trajectory:
    """Return the passage that runs, or 404."""
    trajectory: Trajectory | None = (
        Trajectory.objects.visible_to(request.user)
        .filter(family=family, ends_on=None)
        .select_related("organisation__municipality", "municipality")
        .first()
    )
    if trajectory is None:
        raise Http404
    return trajectory


def _is_missing(check: DepartureCheck) -> bool:
    return check.has_lapsed or (check.state == CheckState.OPEN and check.file_says is None)


def _measures(request: UserRequest, trajectory: Trajectory, today: date) -> list[dict[str, object]]:
    found = AgreedMeasure.objects.visible_to(request.user).filter(trajectory=trajectory).select_related("closed_by")
    return [{"measure": one, "late": one.is_late(today)} for one in found.order_by("due_on", "pk")]


def _proposed(trajectory: Trajectory) -> dict[str, object]:
    """Return what the form starts with: what was planned, or the municipality most families stay in (D21)."""
    if trajectory.departs_on is None:
        return {"municipality": trajectory.organisation.municipality_id}
    months = trajectory.organisation.aftercare_months
    return {
        "departs_on": trajectory.departs_on,
        "destination": trajectory.destination,
        "municipality": trajectory.municipality_id,
        "involvement_ends_on": trajectory.involvement_ends_on
        or (add_months(trajectory.departs_on, months) if months else None),
    }
