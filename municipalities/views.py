from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from access.policy import COORDINATOR
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from municipalities import worklist


@require_GET
def families(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(COORDINATOR):
        raise Http404
    record(Event.MUNICIPAL_LIST_VIEWED, actor=request.user)
    today = timezone.localdate()
    return render(
        request,
        "municipalities/families.html",
        {
            "figures": worklist.figures(request.user, today=today),
            "lines": worklist.families(request.user, today=today),
        },
    )
