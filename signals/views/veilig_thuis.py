from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family, Person
from core.paper.http import download
from organisations.kinds import DefaultKind
from organisations.models import Organisation
from signals import forms, operations, papers
from signals.models import AddressAnswer, AddressRequest, AdviceRequest, Signal, VeiligThuisAnswer, VeiligThuisReport
from signals.operations import Answer
from signals.querysets import answers_advice

MOST_SHOWN = 100


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
        operations.report_to_veilig_thuis(
            signal,
            form.reported,
            persons=form.cleaned_data["persons"],
            to_organisation=form.cleaned_data["to_organisation"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The report is written down. Also call Veilig Thuis: 0800-2000."))
        return redirect(signal)
    return render(request, "signals/report_to_veilig_thuis.html", {"form": form, "signal": signal})


@require_http_methods(["GET", "POST"])
def record_answer(request: UserRequest, pk: UUID) -> HttpResponse:
    report = get_visible_or_404(request, VeiligThuisReport, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.RecordAnswer(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_answer(report, form.answer, by=request.user, at=timezone.now())
        messages.success(request, _("The answer is written down."))
        return redirect(report.signal)
    return render(request, "signals/record_answer.html", {"form": form, "signal": report.signal})


@require_GET
def report_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    report = get_visible_or_404(request, VeiligThuisReport, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    pdf, mark = papers.report(report, printed_by=request.user, at=timezone.now(), language=get_language() or "nl")
    details: dict[str, object] = {"paper": "veilig_thuis_report", "number": mark.number}
    record(Event.PAPER_ISSUED, actor=request.user, subject=report, details=details)
    return download(pdf)


@require_http_methods(["GET", "POST"])
def monitoring(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    form = forms.RecordMonitoring(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_monitoring(family, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down who watches."))
        return redirect("signals:of_family", family.pk)
    return render(request, "signals/monitoring.html", {"form": form, "family": family})


def _where_advice_is_given(request: UserRequest) -> None:
    """404 for everybody who works neither at a Veilig Thuis organisation nor at a shelter."""
    if not answers_advice(request.user):
        raise Http404


@require_GET
def to_answer(request: UserRequest) -> HttpResponse:
    _where_advice_is_given(request)
    waiting = AdviceRequest.objects.to_answer(request.user).select_related("from_organisation")
    received = VeiligThuisReport.objects.sent_to(request.user).prefetch_related("answers")
    reports = received.order_by("-reported_at", "pk")[:MOST_SHOWN]
    return render(request, "signals/advice_to_answer.html", {"requests": waiting, "reports": reports})


@require_http_methods(["GET", "POST"])
def received_report(request: UserRequest, pk: UUID) -> HttpResponse:
    """A report as Veilig Thuis got it: what was written, and the persons as they were called that day."""
    sent = VeiligThuisReport.objects.sent_to(request.user).select_related("to_organisation__kind", "reported_by")
    found = sent.filter(pk=pk).first()
    if found is None:
        raise Http404
    record(Event.VEILIG_THUIS_REPORT_VIEWED, actor=request.user, subject=found)
    form = forms.AnswerReport(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer = Answer(**form.cleaned_data, received_on=timezone.localdate())
        operations.answer_report(found, answer, by=request.user, at=timezone.now())
        messages.success(request, _("Your answer was sent to the regisseur."))
        return redirect("signals:received_report", found.pk)
    asked = list(AddressRequest.objects.filter(report=found, asked_by=request.user).order_by("asked_at", "pk"))
    return render(
        request,
        "signals/received_report.html",
        {
            "form": form,
            "report": found,
            "answers": VeiligThuisAnswer.objects.filter(report=found).order_by("recorded_at", "pk"),
            "asked_addresses": asked,
            "may_ask_address": all(one.status != AddressAnswer.WAITING for one in asked),
            "now": timezone.now(),
        },
    )


@require_http_methods(["GET", "POST"])
def give_advice(request: UserRequest, pk: UUID) -> HttpResponse:
    _where_advice_is_given(request)
    asked = AdviceRequest.objects.of_answerer(request.user).select_related("from_organisation").filter(pk=pk).first()
    if asked is None:
        raise Http404
    form = forms.GiveAdvice(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.give_advice(asked, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now())
        messages.success(request, _("Your advice was sent."))
        return redirect("signals:advice_to_answer")
    return render(request, "signals/give_advice.html", {"form": form, "asked": asked})
