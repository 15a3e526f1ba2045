"""Expertise: training, meetings, protocols, quality, visions, decisions and wishes. No family stands on these pages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import UserRequest
from accounts.step_up import is_fresh, second_factor_at, second_step_page
from audit.events import Event
from audit.record import record
from cases.papers import mark
from collaboration import operations
from collaboration.models import Indicator, QualityRequirement, Shown, TrainingSubject, WishSource
from figures.exporting import to_csv
from municipalities import expertise as reading
from municipalities.forms import expertise as forms
from municipalities.place import organisation_of
from municipalities.views.kept import VIEW, form_page, may_keep, own_or_404, partners_of, posted
from organisations.models import Municipality, Organisation, Region, Supporter


def _reader_or_404(request: UserRequest) -> Organisation:
    """Return the organisation on whose behalf somebody reads the register."""
    found = organisation_of(request.user, VIEW)
    if found is None:
        raise Http404
    return found


def _region_or_404(place: Municipality) -> Region:
    if place.veilig_thuis_region is None:
        raise Http404
    return place.veilig_thuis_region


def _page(request: UserRequest, form: Any, title: str, lead: str = "") -> HttpResponse:
    back = reverse("municipalities:expertise")
    return form_page(request, form, title=title, back=back, back_text=_("Expertise"), lead=lead)


@require_GET
def expertise(request: UserRequest) -> HttpResponse:
    own = _reader_or_404(request)
    today, place = timezone.localdate(), own.municipality
    supporters = Supporter.objects.for_municipality(place, today).select_related("user").order_by("user__name", "pk")
    region = place.veilig_thuis_region
    context = {
        "place": place,
        "organisations": reading.trained(place, today=today),
        "supporters": reading.prepared(supporters, today=today),
        "meetings": reading.meetings(region, year=today.year) if region else None,
        "kept": reading.kept(place, own),
        "may_keep": may_keep(request),
        "today": today,
    }
    return render(request, "municipalities/expertise.html", context)


@require_GET
def quality(request: UserRequest) -> HttpResponse:
    own = _reader_or_404(request)
    checked = reading.quality(own.municipality, today=timezone.localdate())
    return render(request, "municipalities/quality.html", {"checked": checked, "may_keep": may_keep(request)})


@require_GET
def export_quality(request: UserRequest) -> HttpResponse:
    """The checklist as a file: like every file, after a second step shown just now and with who took it out in it."""
    own, now = own_or_404(request), timezone.now()
    if not is_fresh(second_factor_at(request), at=now):
        return redirect(second_step_page(request))
    taken = mark(request.user, now)
    record(Event.QUALITY_EXPORTED, actor=request.user, details={"number": taken.number})
    heads = [
        _("Shelter"),
        _("Code"),
        _("What is asked"),
        _("Can it be shown?"),
        _("By which document"),
        _("Looked at on"),
    ]
    rows = reading.quality_rows(reading.quality(own.municipality, today=timezone.localdate(now)), heads)
    rows.append([str(_("Taken out by")), taken.printed_by, taken.number, "", "", ""])
    response = HttpResponse(to_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="kwaliteit.csv"'
    return response


@require_http_methods(["GET", "POST"])
def record_training(request: UserRequest) -> HttpResponse:
    own, now = own_or_404(request), timezone.now()
    people = reading.people_of(own.municipality, today=timezone.localdate(now))
    form = forms.RecordTraining(posted(request), choices={"user": people, "at_organisation": partners_of(own)})
    if form.is_valid():
        said = form.cleaned_data | {"subject": TrainingSubject(form.cleaned_data["subject"])}
        operations.record_training(said.pop("user"), **said, owner=own, by=request.user, at=now)
        messages.success(request, _("The training is written down."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Write down a training"))


@require_http_methods(["GET", "POST"])
def record_protocol(request: UserRequest) -> HttpResponse:
    own = own_or_404(request)
    form = forms.RecordProtocol(posted(request), choices={"organisation": partners_of(own)})
    if form.is_valid():
        said = dict(form.cleaned_data)
        operations.record_protocol(said.pop("organisation"), **said, owner=own, by=request.user, at=timezone.now())
        messages.success(request, _("The protocol is written down."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Write down a protocol"), _("For domestic violence and child abuse."))


@require_http_methods(["GET", "POST"])
def plan_meeting(request: UserRequest) -> HttpResponse:
    own = own_or_404(request)
    region = _region_or_404(own.municipality)
    form = forms.PlanMeeting(posted(request), choices={"guests": partners_of(own)})
    if form.is_valid():
        operations.plan_meeting(region, **form.cleaned_data, owner=own, by=request.user)
        messages.success(request, _("The meeting is planned."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Plan a network meeting"), region.name)


@require_http_methods(["GET", "POST"])
def check_quality(request: UserRequest) -> HttpResponse:
    own, now = own_or_404(request), timezone.now()
    asked = QualityRequirement.objects.valid_on(timezone.localdate(now)).order_by("order", "code")
    form = forms.CheckQuality(posted(request), choices={"shelter": partners_of(own).shelters(), "requirement": asked})
    if form.is_valid():
        said = form.cleaned_data
        operations.check_quality(
            said["shelter"],
            said["requirement"],
            operations.Finding(Shown(said["shown"]), said["proof"]),
            checked_on=said["checked_on"],
            owner=own,
            by=request.user,
            at=now,
        )
        messages.success(request, _("What you found is written down."))
        return redirect("municipalities:quality")
    return _page(request, form, _("Look at one requirement"))


@require_http_methods(["GET", "POST"])
def record_vision(request: UserRequest) -> HttpResponse:
    own = own_or_404(request)
    region = _region_or_404(own.municipality)
    form = forms.RecordVision(posted(request))
    if form.is_valid():
        operations.record_vision(region, **form.cleaned_data, owner=own, by=request.user, at=timezone.now())
        messages.success(request, _("The vision is written down."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Write down the vision of the region"), region.name)


@require_http_methods(["GET", "POST"])
def record_decision(request: UserRequest) -> HttpResponse:
    own = own_or_404(request)
    form = forms.RecordDecision(posted(request))
    if form.is_valid():
        operations.record_decision(**form.cleaned_data, owner=own, by=request.user, at=timezone.now())
        messages.success(request, _("The decision is written down."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Write down a decision"))


@require_http_methods(["GET", "POST"])
def record_wish(request: UserRequest) -> HttpResponse:
    own = own_or_404(request)
    form = forms.RecordWish(posted(request))
    if form.is_valid():
        said = dict(form.cleaned_data)
        indicator = Indicator(said["indicator"]) if said["indicator"] else None
        said |= {"source": WishSource(said["source"]), "indicator": indicator}
        operations.record_wish(**said, owner=own, by=request.user, at=timezone.now())
        messages.success(request, _("The wish is written down."))
        return redirect("municipalities:expertise")
    return _page(request, form, _("Write down a wish"))
