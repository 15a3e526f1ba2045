from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from handover import forms, operations
from handover.arranged import arranged_for_move
from handover.models import CheckState, DepartureCheck, Handover, Move
from handover.supporters import supporters_of
from handover.views.departure import open_trajectory
from handover.views.page import Page, fill_in, posted
from organisations.models import ContactPoint, Municipality


@require_GET
def move(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory, today = open_trajectory(request, family), timezone.localdate()
    moves = (
        Move.objects.visible_to(request.user)
        .filter(trajectory=trajectory)
        .select_related("municipality", "was")
        .order_by("-recorded_at", "-pk")
    )
    latest = moves.first()
    return render(
        request,
        "handover/move.html",
        {
            "family": family,
            "move": latest,
            "earlier": moves[1:20],
            "has_left": trajectory.departs_on is not None and trajectory.departs_on <= today,
            "is_there": latest is not None and latest.moves_on <= today,
            "late": latest is not None and latest.completed_at is None and latest.moves_on < today,
            "checks": _checks(request, latest) if latest else [],
            "candidates": supporters_of(latest.municipality, today=today) if latest else [],
            "contact": ContactPoint.of(latest.municipality_id if latest else None, today),
            "handover": Handover.objects.visible_to(request.user).filter(family=family).order_by("-offered_at").first(),
            "may_offer": Family.objects.permitting(request.user, Action.OFFER_HANDOVER).filter(pk=family.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def plan_move(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = open_trajectory(request, family)
    return fill_in(
        request,
        Page(
            title=_("Plan a move"),
            back=reverse("handover:move", args=[family.pk]),
            there=_("Move"),
            said=_("The move is planned. Below is what must be arranged."),
            lead=_("To another municipality, after the shelter. In another region everything starts anew."),
        ),
        form=forms.PlanMove(
            posted(request), municipalities=Municipality.objects.current(timezone.localdate()).order_by("name")
        ),
        do=lambda form: operations.plan_move(
            trajectory,
            on=form.cleaned_data["on"],
            municipality=form.cleaned_data["municipality"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_POST
def complete_move(request: UserRequest, pk: UUID) -> HttpResponse:
    planned = get_visible_or_404(request, Move, pk=pk, seen_as=None, may=Action.PLAN_DEPARTURE)
    operations.complete_move(planned, by=request.user, at=timezone.now())
    messages.success(request, _("The move is complete."))
    return redirect(planned)


def _checks(request: UserRequest, planned: Move) -> list[DepartureCheck]:
    found = list(
        DepartureCheck.objects.visible_to(request.user)
        .filter(move=planned)
        .select_related("person", "closed_by")
        .in_reading_order()
    )
    file_says = {(one.kind.value, one.person_id): one for one in arranged_for_move(planned)}
    for check in found:
        check.file_says = file_says.get((check.kind, check.person_id)) if check.state == CheckState.OPEN else None
    return found
