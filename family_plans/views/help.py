from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from family_plans import forms, operations
from family_plans.models import Cause, HelpLine, RelianceLevel, Stagnation
from family_plans.views.plan import persons
from organisations.kinds import SHELTERS
from organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def start_help(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    form = forms.StartHelp(
        request.POST if request.method == "POST" else None,
        persons=persons(request, family.pk),
        # Who is helped by a shelter lives there: that is a stay, and no help line.
        organisations=Organisation.objects.active().exclude(kind__slug__in=SHELTERS).order_by("plain_name", "pk"),
        today=today,
        initial={"starts_on": today},
    )
    if form.is_valid():
        operations.start_help(family, **form.cleaned_data, by=request.user)
        messages.success(request, _("The help stands in the plan."))
        return redirect("family_plans:plan", family.pk)
    return render(request, "family_plans/start_help.html", {"family_id": family.pk, "form": form})


@require_http_methods(["GET", "POST"])
def end_help(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, HelpLine, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.EndHelp(
        request.POST if request.method == "POST" else None, line=line, initial={"ended_on": timezone.localdate()}
    )
    if form.is_valid():
        operations.end_help(line, on=form.cleaned_data["ended_on"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The end of this help is recorded."))
        return redirect(line)
    return render(request, "family_plans/end_help.html", {"line": line, "family_id": line.family_id, "form": form})


@require_http_methods(["GET", "POST"])
def self_reliance(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    form = forms.AssessSelfReliance(
        request.POST if request.method == "POST" else None, today=today, initial={"assessed_on": today}
    )
    if form.is_valid():
        operations.assess_self_reliance(
            family,
            domain=form.cleaned_data["domain"],
            level=RelianceLevel(form.cleaned_data["level"]),
            own_score=form.cleaned_data["own_score"],
            on=form.cleaned_data["assessed_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It is recorded. What stood there before stays readable."))
        return redirect("family_plans:plan", family.pk)
    return render(request, "family_plans/self_reliance.html", {"family_id": family.pk, "form": form})


@require_http_methods(["GET", "POST"])
def report_stagnation(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.ReportStagnation(
        request.POST if request.method == "POST" else None,
        help_lines=HelpLine.objects.visible_to(request.user)
        .filter(family=family)
        .select_related("organisation", "domain")
        .order_by("starts_on", "pk"),
        today=timezone.localdate(),
    )
    if form.is_valid():
        operations.report_stagnation(
            family,
            domain=form.cleaned_data["domain"],
            cause=Cause(form.cleaned_data["cause"]),
            since=form.cleaned_data["since"],
            note=form.cleaned_data["note"],
            help_line=form.cleaned_data["help_line"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It stands on the list of the regisseur."))
        return redirect("family_plans:plan", family.pk)
    return render(request, "family_plans/stagnation.html", {"family_id": family.pk, "form": form})


@require_POST
def escalate(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(request, Stagnation, pk=pk, seen_as=None, may=Action.ESCALATE_STAGNATION)
    stuck = operations.escalate_stagnation(stuck, by=request.user, at=timezone.now())
    messages.success(request, _("The municipality is asked. It sees the reference and the cause, no names."))
    return redirect(stuck)


@require_http_methods(["GET", "POST"])
def solve(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(
        request, Stagnation, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN
    )
    form = forms.Solve(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.solve_stagnation(stuck, solution=form.cleaned_data["solution"], by=request.user, at=timezone.now())
        messages.success(request, _("Solved. It is off the list."))
        return redirect(stuck)
    return render(request, "family_plans/solve.html", {"stagnation": stuck, "family_id": stuck.family_id, "form": form})
