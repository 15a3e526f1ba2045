from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import policy
from access.http import get_visible_or_404
from access.models import Assignment, AssignmentKind
from access.policy import Action
from accounts import half_typed
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person
from signals import forms, operations
from signals.index import asks_about_vir
from signals.models import (
    AdviceLink,
    MeldcodeStep,
    Monitoring,
    PoliceContact,
    Reopening,
    Signal,
    SignalPerson,
    Status,
    Step,
    VeiligThuisReport,
)
from signals.operations.meldcode import BY_HAND
from signals.querysets import answers_advice
from signals.run import run_of
from signals.terms import expected

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
            "answers_advice": answers_advice(request.user),
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
            "concerns": SignalPerson.objects.filter(signal=found).select_related("person").order_by("added_at", "pk"),
            "police": PoliceContact.objects.filter(signal=found).order_by("told_at", "pk"),
            "may_decide": Signal.objects.permitting(request.user, Action.DECIDE_MELDCODE).filter(pk=found.pk).exists(),
            "run": (run := run_of(found)),
            "next_question": run.next_question(timezone.localdate()) if len(taken) >= len(BY_HAND) else None,
            "proposal": Reopening.objects.filter(family=found.family, about_id=found.pk).first(),
            "others": _others(request, found),
            "is_barred": _is_barred(found),
            "today": timezone.localdate(),
            "may": Signal.objects.permitting(request.user, Action.TRIAGE_SIGNAL).filter(pk=found.pk).exists(),
            "steps_left": any(step.value not in taken for step in BY_HAND),
            "steps": [(step, taken.get(step.value), run.settled_on(step)) for step in Step],
            "advice": [link.advice_request for link in links.order_by("advice_request__asked_at")],
            "reports": [
                (report, expected(timezone.localdate(report.reported_at)))
                for report in reports.prefetch_related("answers").order_by("reported_at")
            ],
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
@half_typed.lose_nothing
def judge(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=Event.SIGNAL_VIEWED, may=Action.TRIAGE_SIGNAL)
    form = forms.Judge(
        request.POST if request.method == "POST" else None, asks_about_vir=asks_about_vir(found, timezone.localdate())
    )
    if form.is_valid():
        operations.judge(found, form.judgement, by=request.user, at=timezone.now())
        messages.success(request, _("Your decision is written down. The reporter sees: handled."))
        return redirect(found)
    kept = half_typed.give_back(request, form)
    return render(request, "signals/judge.html", {"form": form, "signal": found, "kept": kept})


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
@half_typed.lose_nothing
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
    kept = half_typed.give_back(request, form)
    return render(request, "signals/decide_reopening.html", {"form": form, "signal": found, "kept": kept})


@require_http_methods(["GET", "POST"])
def name_persons(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    persons = Person.objects.visible_to(request.user).filter(family=found.family).in_reading_order()
    form = forms.NamePersons(request.POST if request.method == "POST" else None, persons=persons)
    if form.is_valid():
        operations.name_persons(found, form.cleaned_data["persons"], by=request.user, at=timezone.now())
        messages.success(request, _("It is written down whom this is about."))
        return redirect(found)
    return render(request, "signals/name_persons.html", {"form": form, "signal": found})


@require_http_methods(["GET", "POST"])
def tell_police(request: UserRequest, pk: UUID) -> HttpResponse:
    """Write down that the police was told, because of a signal."""
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.TellPolice(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_police_contact(found.placed_with, form.told, signal=found, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down that the police was told."))
        return redirect(found)
    return render(request, "signals/tell_police.html", {"form": form, "back_url": found.get_absolute_url()})


@require_http_methods(["GET", "POST"])
def tell_police_about(request: UserRequest, pk: UUID) -> HttpResponse:
    """The same, because of what came up in a contact with the family."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.TellPolice(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_police_contact(family, form.told, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down that the police was told."))
        return redirect("signals:of_family", family.pk)
    back_url = reverse("signals:of_family", args=[family.pk])
    return render(request, "signals/tell_police.html", {"form": form, "back_url": back_url})


@require_GET
def of_family(request: UserRequest, pk: UUID) -> HttpResponse:
    """Everything about the safety of one family on one line of time, and who watches."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.SIGNAL_VIEWED, may=Action.VIEW_SIGNAL)
    here = Signal.objects.visible_to(request.user).filter(family=family).select_related("organisation")
    reports = VeiligThuisReport.objects.filter(family=family).select_related("to_organisation")
    return render(
        request,
        "signals/of_family.html",
        {
            "family": family,
            "signals": here.order_by("-reported_at", "pk")[:MOST_SHOWN],
            "police": PoliceContact.objects.filter(family=family).order_by("-told_at", "pk")[:MOST_SHOWN],
            "reports": reports.order_by("-reported_at", "pk")[:MOST_SHOWN],
            "monitoring": Monitoring.objects.filter(family=family).order_by("-recorded_at", "pk").first(),
        },
    )
