from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import policy
from access.http import get_visible_or_404
from access.models import Assignment, AssignmentKind
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from signals import forms, operations
from signals.models import AdviceLink, MeldcodeStep, Reopening, Signal, Status, Step, VeiligThuisReport

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
            "proposal": Reopening.objects.filter(family=found.family, about_id=found.pk).first(),
            "others": _others(request, found),
            "is_barred": _is_barred(found),
            "today": timezone.localdate(),
            "may": Signal.objects.permitting(request.user, Action.TRIAGE_SIGNAL).filter(pk=found.pk).exists(),
            "steps": [(step, taken.get(step.value)) for step in Step],
            "advice": [link.advice_request for link in links.order_by("advice_request__asked_at")],
            "reports": reports.prefetch_related("answers").order_by("reported_at"),
        },
    )


def _others(request: UserRequest, found: Signal) -> QuerySet:
    """Return what else was reported about this family, as one line of time: each party sees another side (H6)."""
    others: QuerySet = Signal.objects.visible_to(request.user).filter(family=found.family).exclude(pk=found.pk)
    return others.select_related("organisation").order_by("-reported_at", "pk")[:MOST_SHOWN]


def _is_barred(found: Signal) -> bool:
    """Say whether the reporter is somebody who may not see this family: a signal can be a lure (T30)."""
    barred = Assignment.objects.live(timezone.now()).filter(kind=AssignmentKind.BARRED)
    return bool(barred.filter(family=found.family, user_id=found.reported_by_id).exists())


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


@require_http_methods(["GET", "POST"])
def give_back(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.GiveBack(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.return_to_desk(found, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("Within a minute the signal is with the duty desk. They look whom it is about."))
        return redirect("signals:signals")
    return render(request, "signals/give_back.html", {"form": form, "signal": found})


@require_http_methods(["GET", "POST"])
def decide_reopening(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    proposal = Reopening.objects.filter(family=found.family, about_id=found.pk).first()
    if proposal is None:
        raise Http404
    form = forms.DecideReopening(request.POST if request.method == "POST" else None)
    if form.is_valid():
        opens = form.cleaned_data["opens"] == "yes"
        operations.decide_reopening(
            proposal, opens=opens, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Your decision is written down."))
        return redirect(found)
    return render(request, "signals/decide_reopening.html", {"form": form, "signal": found})
