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
from cases.models import Family, Trajectory
from handover import forms, operations
from handover.models import Criterion, Move, Stop, SupporterAssignment
from handover.supporters import supporter_of, supporters_of
from handover.views.page import Page, fill_in, posted
from organisations.models import ContactPoint, Municipality


@require_GET
def supporter(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.CONFIRM_SUPPORT)
    may_plan = Family.objects.permitting(request.user, Action.PLAN_DEPARTURE).filter(pk=family.pk).exists()
    where = _where_it_lives(family) if may_plan else None
    current = supporter_of(family)
    return render(
        request,
        "handover/supporter.html",
        {
            "family": family,
            "current": current,
            "is_mine": current is not None and current.supporter.user_id == request.user.pk,
            "may_plan": may_plan,
            "municipality": where,
            "candidates": supporters_of(where, today=timezone.localdate()),
            "contact": ContactPoint.of(where.pk if where else None, timezone.localdate()),
            "earlier": SupporterAssignment.objects.filter(family=family, ended_at__isnull=False)
            .select_related("supporter__user")
            .order_by("-ended_at", "pk")
            if may_plan
            else [],
        },
    )


@require_http_methods(["GET", "POST"])
def assign_supporter(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    candidates = supporters_of(_where_it_lives(family), today=timezone.localdate())
    return fill_in(
        request,
        Page(
            title=_("Choose a supporter"),
            back=reverse("handover:supporter", args=[family.pk]),
            there=_("Supporter"),
            said=_("The family has a supporter. That they meet is on your list."),
            lead=_("Share the file with her or him by name first: that is the ground to know the family."),
        ),
        form=forms.AssignSupporter(posted(request), candidates=candidates),
        do=lambda form: operations.assign_supporter(
            family,
            form.chosen.supporter,
            criterion=Criterion(form.cleaned_data["criterion"]),
            introduce_on=form.cleaned_data["introduce_on"],
            over_capacity_because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def record_introduction(request: UserRequest, pk: UUID) -> HttpResponse:
    assignment = get_visible_or_404(
        request, SupporterAssignment, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.CONFIRM_SUPPORT
    )
    return fill_in(
        request,
        Page(
            title=_("They met"),
            back=assignment.get_absolute_url(),
            there=_("Supporter"),
            said=_("It is written down that they met."),
        ),
        form=forms.RecordIntroduction(posted(request), initial={"on": timezone.localdate()}),
        do=lambda form: operations.record_introduction(
            assignment,
            on=form.cleaned_data["on"],
            in_shelter=form.cleaned_data["where"] == "shelter",
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_POST
def confirm_departure(request: UserRequest, pk: UUID) -> HttpResponse:
    assignment = get_visible_or_404(request, SupporterAssignment, pk=pk, seen_as=None, may=Action.CONFIRM_SUPPORT)
    operations.confirm_departure(assignment, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The regisseur sees that you know of the departure."))
    return redirect(assignment)


@require_http_methods(["GET", "POST"])
def end_support(request: UserRequest, pk: UUID) -> HttpResponse:
    assignment = get_visible_or_404(
        request, SupporterAssignment, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE
    )
    return fill_in(
        request,
        Page(
            title=_("The supporter stops"),
            back=assignment.get_absolute_url(),
            there=_("Supporter"),
            said=_("The supporter has stopped. Choosing another one is on your list."),
            lead=_("A known face gives trust. Change only when there is no other way."),
        ),
        form=forms.EndSupport(posted(request)),
        do=lambda form: operations.end_support(
            assignment,
            ended_as=Stop(form.cleaned_data["ended_as"]),
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        ),
    )


def _where_it_lives(family: Family) -> Municipality | None:
    """Return the municipality the family goes to or lives in; of one that did not decide yet, that of the shelter."""
    trajectory = (
        Trajectory.objects.filter(family=family, ends_on=None)
        .select_related("municipality", "organisation__municipality")
        .first()
    )
    if trajectory is None:
        return None
    moving = Move.objects.filter(trajectory=trajectory, completed_at=None).select_related("municipality").first()
    if moving is not None:
        return moving.municipality
    return trajectory.municipality or (trajectory.organisation.municipality if trajectory.departs_on is None else None)
