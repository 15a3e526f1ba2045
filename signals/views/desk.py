"""The duty desk: signals that fit nobody, signals whose family has no regisseur, and those families."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.policy import DUTY_DESK, Action
from accounts import half_typed
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family
from cases.regie import without_since
from signals import forms, operations
from signals.models import Signal, SignalCandidate, Status

MOST_SHOWN = 100


def _insist_on_duty(request: UserRequest) -> None:
    """404 for everybody who is on duty nowhere."""
    if not request.user.organisations_as(DUTY_DESK):
        raise Http404


def _at_desk_or_404(request: UserRequest, pk: UUID) -> Signal:
    _insist_on_duty(request)
    found: Signal | None = (
        Signal.objects.at_desk_of(request.user)
        .select_related("organisation", "reported_by", "family", "child")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _alone(request: UserRequest) -> list[dict[str, object]]:
    """Return the open families of this desk's municipality that have no regisseur, with since when: longest first."""
    watched = Family.objects.permitting(request.user, Action.VIEW_DESK_FAMILIES)
    alarmed = watched.without_regisseur(timezone.localdate()).with_the_clock().order_by("opened_at", "pk")[:MOST_SHOWN]
    return [{"reference": one.reference, "since": without_since(one)} for one in sorted(alarmed, key=without_since)]


@require_GET
def desk(request: UserRequest) -> HttpResponse:
    _insist_on_duty(request)
    record(Event.DESK_VIEWED, actor=request.user)
    here = Signal.objects.at_desk_of(request.user).select_related("organisation")
    return render(
        request,
        "signals/desk.html",
        {
            "waiting": here.unhandled().order_by("-severity", "reported_at", "pk")[:MOST_SHOWN],
            "alone": _alone(request),
            "handled": here.filter(status=Status.HANDLED).order_by("-decided_at", "pk")[:20],
        },
    )


@require_GET
def at_desk(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _at_desk_or_404(request, pk)
    record(Event.SIGNAL_VIEWED, actor=request.user, subject=found)
    offered = SignalCandidate.objects.filter(about_id=found.pk).to_choose() if found.family_id is None else []
    return render(
        request,
        "signals/at_desk.html",
        {
            "signal": found,
            "candidates": list(offered),
            "is_chosen": any(one.chosen_at for one in offered),
            "today": timezone.localdate(),
        },
    )


@require_POST
def choose(request: UserRequest, pk: UUID, candidate: UUID) -> HttpResponse:
    found = _at_desk_or_404(request, pk)
    chosen = SignalCandidate.objects.filter(about_id=found.pk).to_choose().filter(pk=candidate).first()
    if chosen is None:
        raise Http404
    operations.choose(chosen, of=found, by=request.user, at=timezone.now())
    messages.success(request, _("Within a minute the signal is with the regisseur of this family."))
    return redirect("signals:desk")


@require_POST
def take_up_at_desk(request: UserRequest, pk: UUID) -> HttpResponse:
    operations.take_up_at_desk(_at_desk_or_404(request, pk), by=request.user, at=timezone.now())
    return redirect("signals:at_desk", pk)


@require_http_methods(["GET", "POST"])
@half_typed.lose_nothing
def judge_at_desk(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _at_desk_or_404(request, pk)
    form = forms.JudgeAtDesk(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.judge_at_desk(found, form.judgement, by=request.user, at=timezone.now())
        messages.success(request, _("Your decision is written down. The reporter sees: handled."))
        return redirect("signals:desk")
    kept = half_typed.give_back(request, form)
    return render(request, "signals/judge_at_desk.html", {"form": form, "signal": found, "kept": kept})
