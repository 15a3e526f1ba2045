from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from cases.models import Person
from organisations.kinds import DefaultKind
from organisations.models import Organisation
from signals import forms, operations
from signals.models import AdviceRequest, Signal, VeiligThuisReport


def _veilig_thuis() -> QuerySet[Organisation]:
    found = Organisation.objects.filter(kind__slug=DefaultKind.VEILIG_THUIS, is_active=True)
    ordered: QuerySet[Organisation] = found.order_by("plain_name", "pk")
    return ordered


@require_http_methods(["GET", "POST"])
def ask_advice(request: UserRequest, pk: UUID) -> HttpResponse:
    signal = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.AskAdvice(
        request.POST if request.method == "POST" else None, family=signal.placed_with, organisations=_veilig_thuis()
    )
    if form.is_valid():
        operations.ask_advice(signal, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Your question was sent. The answer comes here."))
        return redirect(signal)
    return render(request, "signals/ask_advice.html", {"form": form, "signal": signal})


@require_http_methods(["GET", "POST"])
def report_to_veilig_thuis(request: UserRequest, pk: UUID) -> HttpResponse:
    signal = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.ReportToVeiligThuis(
        request.POST if request.method == "POST" else None,
        organisations=_veilig_thuis(),
        persons=Person.objects.visible_to(request.user).filter(family=signal.family).in_reading_order(),
    )
    if form.is_valid():
        operations.report_to_veilig_thuis(signal, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The report is written down. Also call Veilig Thuis: 0800-2000."))
        return redirect(signal)
    return render(request, "signals/report_to_veilig_thuis.html", {"form": form, "signal": signal})


@require_http_methods(["GET", "POST"])
def record_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    report = get_visible_or_404(request, VeiligThuisReport, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.RecordAnswer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_answer(report, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The answer is written down."))
        return redirect(report.signal)
    return render(request, "signals/record_answer.html", {"form": form, "signal": report.signal})


def _at_veilig_thuis(request: UserRequest) -> None:
    """404 for everybody who does not work at a Veilig Thuis organisation."""
    if not Organisation.objects.filter(pk__in=list(request.user.standing), kind__slug=DefaultKind.VEILIG_THUIS):
        raise Http404


@require_GET
def to_answer(request: UserRequest) -> HttpResponse:
    _at_veilig_thuis(request)
    waiting = AdviceRequest.objects.to_answer(request.user).select_related("from_organisation")
    return render(request, "signals/advice_to_answer.html", {"requests": waiting})


@require_http_methods(["GET", "POST"])
def give_advice(request: UserRequest, pk: UUID) -> HttpResponse:
    _at_veilig_thuis(request)
    asked = AdviceRequest.objects.of_answerer(request.user).select_related("from_organisation").filter(pk=pk).first()
    if asked is None:
        raise Http404
    form = forms.GiveAdvice(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.give_advice(asked, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now())
        messages.success(request, _("Your advice was sent."))
        return redirect("signals:advice_to_answer")
    return render(request, "signals/give_advice.html", {"form": form, "asked": asked})
