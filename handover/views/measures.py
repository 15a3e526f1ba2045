from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from handover import forms, operations
from handover.models import AgreedMeasure
from handover.views.departure import open_trajectory
from handover.views.page import Page, fill_in, posted


@require_http_methods(["GET", "POST"])
def agree_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = open_trajectory(request, family)
    return fill_in(
        request,
        Page(
            title=_("A measure at the departure"),
            back=reverse("handover:departure", args=[family.pk]),
            there=_("Departure"),
            said=_("The measure is written down. On its day it stands on the list of the regisseur."),
        ),
        form=forms.AgreeMeasure(posted(request)),
        do=lambda form: operations.agree_measure(trajectory, **form.cleaned_data, by=request.user, at=timezone.now()),
    )


@require_http_methods(["GET", "POST"])
def settle_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    measure = get_visible_or_404(request, AgreedMeasure, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    return fill_in(
        request,
        Page(
            title=_("A measure at the departure"),
            back=measure.get_absolute_url(),
            there=_("Departure"),
            said=_("It is written down how this measure stands."),
            heading=measure.what,
            lead=measure.owner,
        ),
        form=forms.SettleMeasure(posted(request), initial={"taken_on": timezone.localdate()}),
        do=lambda form: operations.settle_measure(measure, **form.what, by=request.user, at=timezone.now()),
    )
