from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person, Place
from cases.operations import issue_paper
from core.paper.http import download
from organisations.models import CodeItem
from safety_plans import forms, operations, reading
from safety_plans.models import Moment, RiskAssessment, SafetyPlan, SafetyPlanItem, Section, Status

ASSESS_DRAFT = "safety_plans:assess"
SHOWN = 10


@require_GET
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.VIEW_SAFETY_PLAN)
    versions = list(SafetyPlan.objects.visible_to(request.user).filter(family=family).order_by("-version"))
    current = next((version for version in versions if version.status == Status.CURRENT), None)
    may_edit = Family.objects.permitting(request.user, Action.EDIT_SAFETY_PLAN).filter(pk=family.pk).exists()
    parts = reading.parts(current) if current else []
    return render(
        request,
        "safety_plans/plan.html",
        {
            "family": family,
            "current": current,
            "parts": parts,
            "draft": next((version for version in versions if version.status == Status.DRAFT and may_edit), None),
            "earlier": [version for version in versions if version.status == Status.SUPERSEDED],
            "assessments": RiskAssessment.objects.visible_to(request.user)
            .filter(family=family)
            .select_related("assessed_by")
            .prefetch_related("subjects__person")
            .order_by("-assessed_on", "-recorded_at")[:SHOWN],
            "may_edit": may_edit,
            "children_without": _children_without(family, current) if current and may_edit else [],
        },
    )


def _children_without(family: Family, current: SafetyPlan) -> list[str]:
    """Return the children of whom the plan says nothing (D4)."""
    with_part = SafetyPlanItem.objects.filter(plan=current).standing().exclude(person=None).values("person_id")
    children = Person.objects.filter(family=family, place=Place.CHILD).exclude(pk__in=with_part)
    return [child.given_name for child in children.in_reading_order()]


@require_GET
def version(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED)
    return render(request, "safety_plans/version.html", {"plan": made, "parts": reading.parts(made)})


@require_GET
def paper(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=None)
    now = timezone.now()
    pdf, mark = reading.paper(made, printed_by=request.user, at=now, language=get_language() or "nl")
    issue_paper(
        made.family,
        "safety_plan",
        number=mark.number,
        about=made,
        version=made.version,
        action=Action.VIEW_SAFETY_PLAN,
        by=request.user,
        at=now,
    )
    return download(pdf)


@require_POST
def draft(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.draft_plan(family, by=request.user, at=timezone.now())
    return redirect("safety_plans:edit", made.pk)


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    if made.status != Status.DRAFT:
        return redirect(made)
    form = forms.AddItem(
        request.POST if request.method == "POST" else None,
        persons=Person.objects.visible_to(request.user).filter(family=made.family).in_reading_order(),
    )
    if form.is_valid():
        operations.add_item(
            made,
            section=Section(form.cleaned_data["section"]),
            text=form.cleaned_data["text"],
            person=form.cleaned_data["person"],
            checked_by=form.cleaned_data["checked_by"],
            by=request.user,
        )
        messages.success(request, _("It stands in the draft."))
        return redirect("safety_plans:edit", made.pk)
    return render(request, "safety_plans/edit.html", {"plan": made, "parts": reading.parts(made), "form": form})


@require_POST
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.remove_item(item, by=request.user, at=timezone.now())
    messages.success(request, _("It is out of the draft."))
    return redirect("safety_plans:edit", made.pk)


@require_http_methods(["GET", "POST"])
def activate(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    today = timezone.localdate()
    form = forms.ActivatePlan(
        request.POST if request.method == "POST" else None, today=today, initial={"agreed_on": today}
    )
    if form.is_valid():
        operations.activate(
            made,
            agreed_with_client_on=form.cleaned_data["agreed_on"],
            review_on=form.cleaned_data["review_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("This plan holds now. Print it, so that the client can take it along."))
        return redirect("safety_plans:plan", made.family_id)
    return render(request, "safety_plans/activate.html", {"plan": made, "form": form})


@require_http_methods(["GET", "POST"])
def assess(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    kept = drafts.kept(request.user, ASSESS_DRAFT, about=family.pk, now=timezone.now())
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, ASSESS_DRAFT, dict(request.POST.lists()), about=family.pk, at=timezone.now())
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("safety_plans:assess", family.pk)

    today = timezone.localdate()
    form = forms.Assess(
        request.POST if request.method == "POST" else None,
        persons=list(Person.objects.visible_to(request.user).filter(family=family).in_reading_order()),
        factors=list(CodeItem.objects.of(forms.RISK_FACTORS).valid_on(today).in_order()),
        today=today,
        initial={"assessed_on": today, **_kept_answers(kept)},
    )
    if form.is_valid():
        operations.assess(
            family,
            moment=Moment(form.cleaned_data["moment"]),
            on=form.cleaned_data["assessed_on"],
            subjects=form.judgements,
            conclusion=form.cleaned_data["conclusion"],
            instrument=form.cleaned_data["instrument"],
            factors=form.cleaned_data.get("factors", []),
            by=request.user,
            at=timezone.now(),
        )
        drafts.discard(request.user, ASSESS_DRAFT, about=family.pk)
        messages.success(request, _("The assessment is recorded."))
        return redirect("safety_plans:plan", family.pk)
    return render(request, "safety_plans/assess.html", {"family": family, "form": form, "kept": kept})


def _kept_answers(kept: drafts.Kept | None) -> dict[str, Any]:
    """Return what a draft held: of the factors all that were ticked, of every other field its one answer."""
    answers: dict[str, Any] = dict(drafts.initial(kept))
    if kept and "factors" in kept.answers:
        answers["factors"] = kept.answers["factors"]
    return answers
