from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.half_typed import lose_nothing
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from family_plans import operations
from family_plans.forms import reliance as forms
from family_plans.models import Occasion, RelianceLevel
from family_plans.reading.reliance import matrices, network_size, reliance
from family_plans.reading.shown import Reader
from family_plans.views.page import Question, ask, persons, posted
from family_plans.views.plan import doors


def the_reliance(family_id: UUID) -> tuple[str, str]:
    return reverse("family_plans:reliance", args=[family_id]), _("Self-reliance")


@require_GET
def overview(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    reader = Reader.of(request.user, family.pk)
    leads = reliance(family, reader)
    return render(
        request,
        "family_plans/reliance.html",
        {
            "family": family,
            "reliance": leads,
            "steps": [row.strip for row in leads if row.strip],
            "matrices": matrices(family, reader),
            "network": network_size(family) if reader.reach.is_whole else None,
            "labels": {
                "own": _("Own mark"),
                "level": _("As we see it"),
                "before": _("Before"),
                "day": _("Day"),
                "own_level": _("As the client sees it"),
                "first": _("First time"),
            },
            **doors(request, family),
        },
    )


@require_http_methods(["GET", "POST"])
@lose_nothing
def direction(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    form = forms.AssessSelfReliance(posted(request), today=today, initial={"assessed_on": today})
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
        return redirect("family_plans:reliance", family.pk)
    lead = _("Ask for the client's own mark first. Then say how you see it.")
    title = _("Who leads")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_reliance(family.pk)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def assess(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    form = forms.AssessMatrix(
        posted(request),
        persons=persons(request, family.pk).filter(causes_harm=False),
        today=today,
        initial={"assessed_on": today},
    )
    if form.is_valid():
        operations.record_assessment(
            form.cleaned_data["person"],
            occasion=Occasion(form.cleaned_data["occasion"]),
            on=form.cleaned_data["assessed_on"],
            scores=form.scores,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It is recorded. What stood there before stays readable."))
        return redirect("family_plans:reliance", family.pk)
    lead = _("Self-sufficiency matrix 2017, for who was trained in it. Keep the manual beside you: it is not in here.")
    title = _("Fill in the matrix")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_reliance(family.pk)))


@require_http_methods(["GET", "POST"])
def count_network(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.CountNetwork(posted(request), initial={"counted_on": timezone.localdate()})
    if form.is_valid():
        counted_on, size = form.cleaned_data["counted_on"], form.cleaned_data["size"]
        operations.count_network(family, on=counted_on, size=size, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. What stood there before stays readable."))
        return redirect("family_plans:reliance", family.pk)
    title = _("Count the network")
    return ask(request, form, Question(title, _("Record it"), "", "", *the_reliance(family.pk)))
