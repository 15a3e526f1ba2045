"""The directory of supporters, and the municipalities with gaps. Professionals and places; no family."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from access import policy
from access.policy import Action
from accounts.requests import UserRequest
from municipalities import directory as reading
from municipalities.expertise import contact_persons, without_protocol
from municipalities.forms.choose import Choose, Question
from municipalities.views.kept import may_keep
from organisations.models import ContactPoint, Municipality

_KEEP = policy.WITHIN_ORGANISATION[Action.KEEP_SUPPORTERS]


@require_GET
def directory(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_DIRECTORY]):
        raise Http404
    today, chosen = timezone.localdate(), request.GET.get("gemeente", "")
    here = Municipality.objects.current(today).filter(code=chosen).first()
    every = Municipality.objects.current(today).order_by("name", "pk").values_list("code", "name")
    return render(
        request,
        "municipalities/directory.html",
        {
            "choose": Choose(Question("gemeente", _("Municipality"), [("", _("All municipalities")), *every], chosen)),
            "here": here,
            "contact": ContactPoint.objects.valid_on(today).filter(municipality=here).order_by("-valid_from").first()
            if here
            else None,
            "supporters": reading.supporters(municipality=here.code if here else "", today=today),
            "contacts": contact_persons(here, today=today),
            "without_protocol": without_protocol(),
            "may_keep": may_keep(request),
            "own_organisations": request.user.standing,
        },
    )


@require_GET
def gaps(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_COLLABORATION]):
        raise Http404
    found = reading.gaps(today=timezone.localdate(), after=request.GET.get("na", ""))
    return render(request, "municipalities/gaps.html", {"found": found})
