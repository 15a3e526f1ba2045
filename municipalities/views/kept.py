"""What the pages of the register share: who keeps it, from what is chosen, and the page of one form."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from access import policy
from access.policy import Action
from accounts.requests import UserRequest
from core.forms import Form
from municipalities.place import organisation_of
from organisations.models import Organisation
from organisations.querysets import OrganisationQuerySet

VIEW = policy.WITHIN_ORGANISATION[Action.VIEW_COLLABORATION]
KEEP = policy.WITHIN_ORGANISATION[Action.KEEP_COLLABORATION]


def may_keep(request: UserRequest) -> bool:
    return bool(request.user.organisations_as(KEEP))


def own_or_404(request: UserRequest) -> Organisation:
    """Return the organisation that keeps what is written here."""
    found = organisation_of(request.user, KEEP)
    if found is None:
        raise Http404
    return found


def kept_or_404(request: UserRequest, rows: Any, pk: UUID) -> Any:
    found = rows.objects.permitting(request.user, Action.KEEP_COLLABORATION).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def partners_of(owner: Organisation) -> OrganisationQuerySet:
    serving: OrganisationQuerySet = Organisation.objects.active().serving(owner.municipality)
    return serving.select_related("kind").order_by("plain_name", "pk")


def form_page(
    request: UserRequest, form: Form, *, title: str, back: str, back_text: str, lead: str = ""
) -> HttpResponse:
    found = {"form": form, "title": title, "back_url": back, "back_text": back_text, "lead": lead}
    return render(request, "municipalities/form.html", found)


def posted(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
