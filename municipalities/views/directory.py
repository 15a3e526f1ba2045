"""The directory of supporters, and the municipalities with gaps. Professionals and places; no family."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.policy import Action
from accounts.requests import UserRequest
from handover.operations import record_shelter_visit
from municipalities import directory as reading
from municipalities.expertise import contact_persons
from municipalities.forms.choose import Choose, Question
from municipalities.forms.visit import RecordVisit
from municipalities.place import organisation_of
from municipalities.views.kept import may_keep
from organisations.models import ContactPoint, Municipality, Supporter

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
            "own": organisation_of(request.user, _KEEP),
            "unvisited": reading.unvisited(municipality=here.code if here else "", today=today),
            "supporters": reading.supporters(municipality=here.code if here else "", today=today),
            "contacts": contact_persons(here, today=today),
            "may_keep": may_keep(request),
            "own_organisations": request.user.standing,
        },
    )


@require_http_methods(["GET", "POST"])
def record_visit(request: UserRequest, pk: UUID) -> HttpResponse:
    """For the coordinator of the municipality that the supporter is there for."""
    own = organisation_of(request.user, _KEEP)
    if own is None:
        raise Http404
    today = timezone.localdate()
    there = Supporter.objects.present(today).filter(pk=pk, municipality_id=own.municipality_id)
    supporter = there.select_related("user").first()
    if supporter is None:
        raise Http404
    form = RecordVisit(
        request.POST if request.method == "POST" else None, shelters=reading.shelters(own), initial={"on": today}
    )
    if form.is_valid():
        record_shelter_visit(
            supporter,
            form.cleaned_data["shelter"],
            on=form.cleaned_data["on"],
            on_behalf_of=own,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The visit is written down."))
        return redirect("municipalities:directory")
    return render(
        request,
        "municipalities/form.html",
        {
            "form": form,
            "title": _("A visit to a shelter"),
            "back_url": reverse("municipalities:directory"),
            "back_text": _("Directory"),
            "lead": _("%(name)s was in a shelter, to see whom the families come from.") % {"name": supporter.user.name},
        },
    )


@require_GET
def gaps(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_COLLABORATION]):
        raise Http404
    found = reading.gaps(today=timezone.localdate(), after=request.GET.get("na", ""))
    return render(request, "municipalities/gaps.html", {"found": found})
