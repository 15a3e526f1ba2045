from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.models import Assignment, AssignmentKind
from access.policy import TEAM_LEAD
from accounts.models import Membership, User
from accounts.requests import UserRequest
from reminders import forms, operations
from reminders.models import DEFAULT_HOUR, Absence, MailPreference


@require_GET
def own(request: UserRequest) -> HttpResponse:
    return _own_page(request)


@require_POST
def choose_hour(request: UserRequest) -> HttpResponse:
    form = forms.ChooseHour(request.POST)
    if not form.is_valid():
        return _own_page(request, hour=form)
    operations.choose_hour(hour=form.cleaned_data["hour"], by=request.user)
    messages.success(request, _("Saved. From the next message on."))
    return redirect("reminders:own")


@require_POST
def record_own_absence(request: UserRequest) -> HttpResponse:
    form = forms.RecordAbsence(request.POST)
    if not form.is_valid():
        return _own_page(request, absence=form)
    operations.record_own_absence(**form.cleaned_data, by=request.user, at=timezone.now())
    messages.success(request, _("Recorded. On those days reminders go to your stand-in or your team lead."))
    return redirect("reminders:own")


@require_http_methods(["GET", "POST"])
def record_absence(request: UserRequest, pk: UUID) -> HttpResponse:
    member = _member(request, pk)
    form = forms.RecordAbsence(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_absence(member, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Recorded. On those days reminders go to the stand-in or the team lead."))
        return redirect("overview:team")
    absences = Absence.objects.filter(user=member).not_over(timezone.localdate()).order_by("starts_on", "pk")
    return render(request, "reminders/absence.html", {"member": member, "form": form, "absences": absences})


@require_POST
def end_absence(request: UserRequest, pk: UUID) -> HttpResponse:
    absence = Absence.objects.filter(pk=pk).select_related("user").first()
    if absence is None or (absence.user_id != request.user.pk and _member(request, absence.user_id) is None):
        raise Http404
    operations.end_absence(absence, by=request.user, at=timezone.now())
    messages.success(request, _("Recorded. Reminders go out as before."))
    return redirect("reminders:own" if absence.user_id == request.user.pk else "overview:team")


def _member(request: UserRequest, pk: UUID) -> User:
    """Return a colleague at an organisation this user leads, or 404."""
    here = request.user.organisations_as(TEAM_LEAD)
    there = Membership.objects.live(timezone.localdate()).filter(organisation_id__in=here, user_id=pk)
    found = User.objects.active().filter(pk__in=there.values("user_id")).first()
    if found is None:
        raise Http404
    return found


def _own_page(
    request: UserRequest, *, hour: forms.ChooseHour | None = None, absence: forms.RecordAbsence | None = None
) -> HttpResponse:
    preference = MailPreference.objects.filter(user=request.user).first()
    chosen = preference.digest_hour if preference else DEFAULT_HOUR
    now, today = timezone.now(), timezone.localdate()
    mine = Assignment.objects.live(now).filter(user=request.user).exclude(kind=AssignmentKind.BARRED)
    covered = Assignment.objects.live(now).filter(kind=AssignmentKind.STAND_IN).exclude(user=request.user)
    return render(
        request,
        "reminders/own.html",
        {
            "hour": hour or forms.ChooseHour(initial={"hour": chosen}),
            "absence": absence or forms.RecordAbsence(initial={"starts_on": today}),
            "absences": Absence.objects.filter(user=request.user).not_over(today).order_by("starts_on", "pk"),
            "without_stand_in": mine.exclude(family_id__in=covered.values("family_id"))
            .values("family_id")
            .distinct()
            .count(),
        },
    )
