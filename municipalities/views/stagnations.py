from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.policy import COORDINATOR, Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from family_plans.models import Cause, Stagnation
from family_plans.operations import answer_stagnation
from municipalities import stagnation_inbox
from municipalities.forms.stagnations import AnswerStagnation


@require_GET
def stagnations(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(COORDINATOR):
        raise Http404
    record(Event.MUNICIPAL_LIST_VIEWED, actor=request.user)
    today = timezone.localdate()
    return render(
        request,
        "municipalities/stagnations.html",
        {
            "asked": stagnation_inbox.asked_of(request.user, today=today),
            "unbridged": stagnation_inbox.without_bridging(request.user, today=today),
            "caused": stagnation_inbox.by_cause(request.user, today=today),
        },
    )


@require_http_methods(["GET", "POST"])
def answer(request: UserRequest, pk: UUID) -> HttpResponse:
    # Not get_visible_or_404: that would put the family's strip on the page, and the file is not hers to see.
    stuck = (
        Stagnation.objects.permitting(request.user, Action.ANSWER_STAGNATION)
        .select_related("family", "domain")
        .filter(pk=pk)
        .first()
    )
    if stuck is None:
        raise Http404
    form = AnswerStagnation(
        request.POST if request.method == "POST" else None,
        organisations=stagnation_inbox.organisations_to_address(request.user),
    )
    if form.is_valid():
        answer_stagnation(stuck, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The regisseur reads your answer today."))
        return redirect("municipalities:stagnations")
    known = {
        "reference": stuck.family.reference,
        "domain": stuck.domain.label,
        "cause": Cause(stuck.cause).label,
        "days": stuck.days(timezone.localdate()),
    }
    return render(request, "municipalities/answer.html", {"known": known, "form": form})
