from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from signals import forms, operations
from signals.deadlines import judge_by
from signals.models import AdviceLink, MeldcodeStep, Signal, Status, Step, VeiligThuisReport

MOST_SHOWN = 100


@require_GET
def signals(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WORKER):
        raise Http404
    seen = Signal.objects.visible_to(request.user).select_related("family", "organisation")
    return render(
        request,
        "signals/signals.html",
        {
            "open": seen.exclude(status=Status.HANDLED).order_by("reported_at", "pk")[:MOST_SHOWN],
            "handled": seen.filter(status=Status.HANDLED).order_by("-decided_at", "pk")[:MOST_SHOWN],
        },
    )


@require_GET
def signal(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=Event.SIGNAL_VIEWED)
    taken = {step.step: step for step in MeldcodeStep.objects.filter(signal=found)}
    links = AdviceLink.objects.filter(signal=found).select_related("advice_request__to_organisation")
    reports = VeiligThuisReport.objects.filter(signal=found).select_related("to_organisation", "reported_by")
    return render(
        request,
        "signals/signal.html",
        {
            "signal": found,
            "judge_by": judge_by(found.acute, found.reported_at),
            "today": timezone.localdate(),
            "may": Signal.objects.permitting(request.user, Action.TRIAGE_SIGNAL).filter(pk=found.pk).exists(),
            "steps": [(step, taken.get(step.value)) for step in Step],
            "advice": [link.advice_request for link in links.order_by("advice_request__asked_at")],
            "reports": reports.prefetch_related("answers").order_by("reported_at"),
        },
    )


@require_POST
def take_up(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    return redirect(operations.take_up(found, by=request.user, at=timezone.now()))


@require_http_methods(["GET", "POST"])
def judge(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=Event.SIGNAL_VIEWED, may=Action.TRIAGE_SIGNAL)
    form = forms.Judge(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.judge(found, form.judgement, by=request.user, at=timezone.now())
        messages.success(request, _("Your decision is written down. The reporter sees: handled."))
        return redirect(found)
    return render(request, "signals/judge.html", {"form": form, "signal": found})


@require_http_methods(["GET", "POST"])
def take_step(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    taken = set(MeldcodeStep.objects.filter(signal=found).values_list("step", flat=True))
    form = forms.TakeStep(request.POST if request.method == "POST" else None, taken=taken)
    if form.is_valid():
        operations.take_step(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The step is written down."))
        return redirect(found)
    return render(request, "signals/take_step.html", {"form": form, "signal": found})
