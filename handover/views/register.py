from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access.http import get_visible_or_404
from access.policy import SIGNALLING, Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family
from handover import register as reading
from handover.operations import confirm_regisseur


@require_GET
def register(request: UserRequest) -> HttpResponse:
    record(Event.REGIE_VIEWED, actor=request.user)
    entries = reading.entries(request.user, now=timezone.now())
    return render(
        request,
        "handover/register.html",
        {"entries": entries, "contacts": reading.own_contact_points(request.user)},
    )


@require_POST
def confirm(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.VIEW_ALERT)
    for organisation_id in reading.linked_organisations(family, request.user.organisations_as(SIGNALLING)):
        confirm_regisseur(family, organisation_id=organisation_id, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The regisseur sees that you know."))
    return redirect("handover:register")
