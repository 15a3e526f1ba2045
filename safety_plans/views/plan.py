from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person, Place
from safety_plans import changes, forms, operations, phases, reading, shared
from safety_plans.models import SafetyPlan, Status


@require_GET
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.VIEW_SAFETY_PLAN)
    versions = list(SafetyPlan.objects.visible_to(request.user).filter(family=family).order_by("-version"))
    current = next((version for version in versions if version.status == Status.CURRENT), None)
    may_edit = Family.objects.permitting(request.user, Action.EDIT_SAFETY_PLAN).filter(pk=family.pk).exists()
    context: dict[str, Any] = {
        "family": family,
        "current": current,
        "draft": next((version for version in versions if version.status == Status.DRAFT), None),
        "earlier": [version for version in versions if version.status == Status.SUPERSEDED],
        "may_edit": may_edit,
        "today": timezone.localdate(),
    }
    if current:
        context |= _of_current(request, current, may_edit=may_edit)
    if may_edit:
        within = operations.RISK_SHARED_WITHIN
        context |= {
            "phase": phases.phase_of(family.pk),
            "proposal": phases.proposal(family.pk),
            "unshared": shared.unshared_risk(family.pk, today=timezone.localdate(), within=within),
        }
    return render(request, "safety_plans/plan.html", context)


def _of_current(request: UserRequest, current: SafetyPlan, *, may_edit: bool) -> dict[str, Any]:
    shown = reading.persons_shown(request.user, current.family)
    persons = Person.objects.filter(family=current.family_id, place__in=[Place.CLIENT, Place.CHILD]).once()
    fresh = reading.currency(current)
    held = shared.holders(current, timezone.now())
    return {
        "reading": reading.read(current, keep=reading.only(shown), persons=persons if may_edit else ()),
        "currency": fresh,
        "is_stale": fresh.is_stale(timezone.localdate()),
        "held": held if may_edit else [],
        "percentage": shared.percentage(held),
        "mine": _own_copy(request, current, held),
    }


def _own_copy(request: UserRequest, current: SafetyPlan, held: list[shared.Holder]) -> shared.Holder | None:
    """Return how the plan stands with the organisation of this reader; None for who works on it."""
    if not SafetyPlan.objects.permitting(request.user, Action.CONFIRM_SAFETY_PLAN).filter(pk=current.pk).exists():
        return None
    return next((one for one in held if one.organisation.pk in request.user.standing), None)


@require_GET
def version(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED)
    keep = reading.only(reading.persons_shown(request.user, made.family))
    before = SafetyPlan.objects.visible_to(request.user).filter(family=made.family_id, version=made.version - 1).first()
    context = {
        "plan": made,
        "before": before,
        "reading": reading.read(made, keep=keep),
        "changes": changes.changes(before, made, keep=keep) if before else [],
    }
    return render(request, "safety_plans/version.html", context)


@require_POST
def draft(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.draft_plan(family, by=request.user, at=timezone.now())
    return redirect("safety_plans:edit", made.pk)


@require_http_methods(["GET", "POST"])
def activate(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    today = timezone.localdate()
    form = forms.ActivatePlan(
        request.POST if request.method == "POST" else None,
        today=today,
        version=made.version,
        initial={"agreed_on": today, "holds_from": today},
    )
    if form.is_valid():
        operations.activate(
            made,
            agreed_with_client_on=form.cleaned_data["agreed_on"],
            review_on=form.cleaned_data["review_on"],
            holds_from=form.cleaned_data["holds_from"],
            because=form.cleaned_data.get("because", ""),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("This plan holds now. Print it, so that the client can take it along."))
        return redirect("safety_plans:plan", made.family_id)
    return render(request, "safety_plans/activate.html", {"plan": made, "form": form})


@require_http_methods(["GET", "POST"])
def confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    today = timezone.localdate()
    form = forms.ConfirmPlan(
        request.POST if request.method == "POST" else None, today=today, initial={"agreed_on": today}
    )
    if form.is_valid():
        operations.confirm_with_client(
            made,
            on=form.cleaned_data["agreed_on"],
            review_on=form.cleaned_data["review_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Recorded: the client still finds the plan right."))
        return redirect("safety_plans:plan", made.family_id)
    return render(request, "safety_plans/confirm.html", {"plan": made, "form": form})
