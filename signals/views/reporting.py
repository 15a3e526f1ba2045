"""The reporter's side: a form, a receipt, a status. Never what became of it, and never whether a family is known."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Person, Place
from organisations.models import ContactPoint, Organisation
from safety_plans.models import SafetyPlan
from safety_plans.relapse import own_signs, relapse_signs, with_plan
from signals import forms, operations
from signals.deadlines import judge_by
from signals.known_child import known_child
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
    known = Person.objects.permitting(request.user, Action.VIEW_ALERT).filter(place=Place.CHILD).once()
    children = known.order_by("given_name", "surname", "pk")
    is_sent = request.method == "POST"
    kept = None if is_sent else _kept(request)
    form = forms.Report(
        request.POST if is_sent else None,
        organisations=organisations,
        children=children,
        known_child=partial(known_child, request.user),
        is_worker=bool(request.user.organisations_as(policy.WORKER)),
        initial={"child": request.GET.get("kind", "")},
    )
    drafts.fill_in(form, kept)
    if form.is_valid():
        signal = operations.report(
            form.account, organisation=form.cleaned_data["organisation"], by=request.user, at=timezone.now()
        )
        if "kept" in request.POST:  # only what this form was given back: another worry that was kept is not sent yet
            drafts.discard(request.user, REPORT_DRAFT)
        return redirect("signals:receipt", signal.pk)
    # After the form was judged: what is sent must not wait for whether a plan was shared.
    context = {"form": form, "kept": kept, "came_back": kept or "kept" in request.POST}
    return render(request, "signals/report.html", context | _signs(request, list(children)))


def _kept(request: UserRequest) -> drafts.Kept | None:
    """Return what was typed when the session had ended, unless it was sent since, from a page that was still open."""
    kept = drafts.kept(request.user, REPORT_DRAFT, now=timezone.now())
    if kept and Signal.objects.own(request.user).sent_as(drafts.initial(kept).get("token", "")).exists():
        drafts.discard(request.user, REPORT_DRAFT)
        return None
    return kept


def _signs(request: UserRequest, children: list[Person]) -> dict[str, Any]:
    """Return the signs beside the form: of everybody, and of the plan of a chosen child if she was shown it (E27).

    A child that she does not know, or whose plan she was not shown, is a 404, whether it exists or not.
    """
    there: dict[str, Any] = {"signs": relapse_signs(timezone.localdate())}
    plans = with_plan(request.user, children)
    if asked := request.GET.get("kind"):
        child = next((one for one in children if str(one.pk) == asked and one.pk in plans), None)
        if child is None:
            raise Http404
        plan = get_visible_or_404(request, SafetyPlan, pk=plans[child.pk].pk, seen_as=Event.SAFETY_PLAN_VIEWED)
        return there | {"chosen": own_signs(plan, child, user=request.user)}
    return there | {"with_plan": [child for child in children if child.pk in plans]}


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
