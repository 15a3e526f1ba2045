from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import network_page, operations
from cases.forms import network as forms
from cases.forms.parents import EndOnADay
from cases.models import Family, NetworkMember
from cases.reading import relatives_need_review
from cases.views.step import Page, step


@require_GET
def network(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.VIEW_WORKING_FILE)
    page = network_page.read(family, today=timezone.localdate())
    may_edit = Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists()
    return render(request, "cases/network.html", {"family": family, "page": page, "may_edit": may_edit})


@require_http_methods(["GET", "POST"])
def add_to_network(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    back = reverse("cases:network", args=[family.pk])
    lead = _("Somebody who sees it when things go wrong, who helps, or who listens.")
    return step(
        request,
        Page(_("Add to the network"), back, _("The network"), _("This person is in the network now."), lead=lead),
        about=family.pk,
        form=partial(forms.AddToNetwork, needs_review=relatives_need_review(family)),
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.add_to_network(
            family, form.member, starts_on=form.cleaned_data["starts_on"], by=request.user
        ),
    )


@require_http_methods(["GET", "POST"])
def leave_network(request: UserRequest, pk: UUID) -> HttpResponse:
    member = get_visible_or_404(request, NetworkMember, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    back = reverse("cases:network", args=[member.family_id])
    said = _("It is written down that this person is no support any more.")
    return step(
        request,
        Page(_("Out of the network"), back, _("The network"), said, heading=member.name),
        about=member.pk,
        form=EndOnADay,
        initial={"ends_on": timezone.localdate()},
        do=lambda form: operations.leave_network(member, ends_on=form.cleaned_data["ends_on"], by=request.user),
    )
