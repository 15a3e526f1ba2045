from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from core.paper.http import download
from safety_plans import forms, operations, recipients, shared
from safety_plans import papers as pages
from safety_plans.models import IssuedPaper, PaperKind, SafetyPlan


@require_GET
def holders(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    current = SafetyPlan.objects.filter(family=family).current().first()
    held = shared.holders(current, timezone.now()) if current else []
    issued = (
        IssuedPaper.objects.visible_to(request.user)
        .filter(family=family)
        .select_related("plan", "issued_by", "organisation")
        .order_by("-issued_at", "pk")[:50]
    )
    context = {
        "family": family,
        "current": current,
        "held": held,
        "percentage": shared.percentage(held),
        "papers": shared.papers(issued, family.pk, timezone.now()),
    }
    return render(request, "safety_plans/holders.html", context)


@require_POST
def receive(request: UserRequest, pk: UUID) -> HttpResponse:
    current = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=None, may=Action.CONFIRM_SAFETY_PLAN)
    held = shared.holders(current, timezone.now())
    mine = next((one for one in held if one.organisation.pk in request.user.standing), None)
    if mine is None:
        raise Http404
    operations.confirm_receipt(current, organisation=mine.organisation, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. They can see that you have this version."))
    return redirect("safety_plans:plan", current.family_id)


@require_http_methods(["GET", "POST"])
def papers(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    now = timezone.now()
    there = recipients.of(made, at=now)
    choices = [(one.value, one.label) for one in there]
    form = forms.IssuePaper(request.POST if request.method == "POST" else None, papers=choices)
    if form.is_valid():
        chosen = next(one for one in there if one.value == form.cleaned_data["paper"])
        to = chosen.to(with_places=form.cleaned_data["with_places"])
        issued = operations.issue_paper(
            made, PaperKind(chosen.kind), to=to, with_places=form.cleaned_data["with_places"], by=request.user, at=now
        )
        return download(pages.make(issued, network=to.network, language=get_language() or "nl"))
    return render(request, "safety_plans/papers.html", {"plan": made, "form": form})


@require_POST
def withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    issued = get_visible_or_404(request, IssuedPaper, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    paper = operations.withdraw_paper(issued, by=request.user, at=timezone.now())
    messages.success(request, _("Recorded: this paper was taken back."))
    return redirect("safety_plans:holders", paper.family_id)
