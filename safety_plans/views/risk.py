from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.models import Involvement
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person, Trajectory
from organisations.models import CodeItem, Organisation
from safety_plans import forms, moments, operations, phases, risk_over_time
from safety_plans.models import ORDER, CarePhase, Moment, RiskAssessment, RiskFactor

ASSESS_DRAFT = "safety_plans:assess"


@require_GET
def risk(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    assessments = list(
        RiskAssessment.objects.visible_to(request.user)
        .filter(family=family)
        .select_related("assessed_by")
        .prefetch_related("subjects__person", "factors", "participants__organisation")
        .latest_first()
    )
    trajectory = Trajectory.objects.filter(family=family).order_by("-starts_on").first()
    today = timezone.localdate()
    context = {
        "family": family,
        "today": today,
        "assessments": assessments[: risk_over_time.SHOWN],
        "scores": risk_over_time.scores(assessments),
        "factors": risk_over_time.factors(assessments, _labels()),
        "moments": [
            (owed, owed.is_late(today)) for owed in (moments.moments_of(trajectory, assessments) if trajectory else [])
        ],
        "phase": phases.phase_of(family.pk),
        "phases": CarePhase.objects.filter(family=family).select_related("decided_by").order_by("-starts_at", "pk"),
        "proposal": phases.proposal(family.pk),
    }
    return render(request, "safety_plans/risk.html", context)


def _labels() -> dict[tuple[str, str], str]:
    items = CodeItem.objects.filter(code_list__slug__in=forms.FACTOR_LISTS).select_related("code_list")
    return {(item.code_list.slug, item.code): item.label for item in items}


@require_http_methods(["GET", "POST"])
def assess(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    kept = drafts.kept(request.user, ASSESS_DRAFT, about=family.pk, now=timezone.now())
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, ASSESS_DRAFT, dict(request.POST.lists()), about=family.pk, at=timezone.now())
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("safety_plans:assess", family.pk)
    form = _assess_form(request, family, kept)
    if form.is_valid():
        operations.assess(
            family,
            form.content,
            moment=Moment(form.cleaned_data["moment"]),
            on=form.cleaned_data["assessed_on"],
            subjects=form.judgements,
            by=request.user,
            at=timezone.now(),
        )
        drafts.discard(request.user, ASSESS_DRAFT, about=family.pk)
        messages.success(request, _("The assessment is recorded."))
        return redirect("safety_plans:risk", family.pk)
    return render(request, "safety_plans/assess.html", {"family": family, "form": form, "kept": kept})


def _assess_form(request: UserRequest, family: Family, kept: drafts.Kept | None) -> forms.Assess:
    today = timezone.localdate()
    lists = {slug: list(CodeItem.objects.of(slug).valid_on(today).in_order()) for slug in forms.FACTOR_LISTS}
    around = Involvement.objects.live(timezone.now()).filter(family=family).values("organisation_id")
    form = forms.Assess(
        request.POST if request.method == "POST" else None,
        persons=list(Person.objects.visible_to(request.user).filter(family=family).in_reading_order()),
        factors=lists,
        before=_factors_before(family),
        organisations=list(Organisation.objects.filter(pk__in=around).order_by("name", "pk")),
        today=today,
        initial={"assessed_on": today},
    )
    drafts.fill_in(form, kept)
    return form


def _factors_before(family: Family) -> dict[tuple[str, str], str]:
    """Return what the assessment before found to be there: this one follows it."""
    latest = RiskAssessment.objects.filter(family=family).latest_first().values("pk")[:1]
    found = RiskFactor.objects.filter(assessment__in=latest).present()
    return {(factor.kind, factor.code): factor.course for factor in found}


@require_http_methods(["GET", "POST"])
def phase(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    now_in = phases.phase_of(family.pk)
    later = ORDER[ORDER.index(now_in) + 1 :]
    waits_for = {one: phases.unmet(family.pk, one) for one in later}
    form = forms.EnterPhase(request.POST if request.method == "POST" else None, now_in=now_in, waits_for=waits_for)
    if form.is_valid():
        operations.enter_phase(
            family,
            form.cleaned_data["phase"],
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The phase is recorded."))
        return redirect("safety_plans:risk", family.pk)
    context = {
        "family": family,
        "form": form,
        "now_in": now_in,
        "following": [(one.label, waits_for[one]) for one in later[:1]],
        "proposal": phases.proposal(family.pk),
    }
    return render(request, "safety_plans/phase.html", context)
