"""The reporter's side: a form, a receipt, a status. Never what became of it, and never whether a family is known."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from cases.models import Person, Place
from organisations.models import ContactPoint, Organisation
from signals import forms, operations
from signals.deadlines import judge_by
from signals.models import Acute, Signal

MOST_OWN = 50
# What was typed when the session had ended is kept here by the session itself (R53).
REPORT_DRAFT = "signals:report"


def _organisations(request: UserRequest) -> list[UUID]:
    """Return on whose behalf this user may report; 404 for nobody."""
    found = request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.REPORT_SIGNAL])
    if not found:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def report(request: UserRequest) -> HttpResponse:
    organisations = Organisation.objects.filter(pk__in=_organisations(request), is_active=True).order_by("name", "pk")
    children = Person.objects.permitting(request.user, Action.VIEW_ALERT).filter(place=Place.CHILD)
    is_sent = request.method == "POST"
    kept = None if is_sent else drafts.kept(request.user, REPORT_DRAFT, now=timezone.now())
    form = forms.Report(
        request.POST if is_sent else None,
        organisations=organisations,
        children=children.order_by("given_name", "surname", "pk"),
        is_worker=bool(request.user.organisations_as(policy.WORKER)),
        initial=drafts.initial(kept),
    )
    if form.is_valid():
        signal = operations.report(
            form.account, organisation=form.cleaned_data["organisation"], by=request.user, at=timezone.now()
        )
        drafts.discard(request.user, REPORT_DRAFT)
        return redirect("signals:receipt", signal.pk)
    return render(request, "signals/report.html", {"form": form, "kept": kept})


@require_GET
def receipt(request: UserRequest, pk: UUID) -> HttpResponse:
    _organisations(request)
    mine = Signal.objects.own(request.user).filter(pk=pk)
    signal = mine.select_related("organisation").only(
        "number", "reported_at", "acute", "status", "mild_days", "serious_days", "organisation__municipality"
    )
    found = signal.first()
    if found is None:
        raise Http404
    return render(
        request,
        "signals/receipt.html",
        {
            "number": found.number,
            "reported_at": found.reported_at,
            "acute": found.acute == Acute.YES,
            "status": found.status,
            "judge_by": judge_by(found.acute, found.reported_at, found.terms),
            "today": timezone.localdate(),
            # Of the reporter's own municipality, whoever the regisseur is and wherever the family went.
            "contact": ContactPoint.of(found.organisation.municipality_id, timezone.localdate()),
        },
    )


@require_GET
def own(request: UserRequest) -> HttpResponse:
    _organisations(request)
    mine = Signal.objects.own(request.user).only("number", "reported_at", "status").order_by("-reported_at", "pk")
    return render(request, "signals/own.html", {"signals": mine[:MOST_OWN]})
