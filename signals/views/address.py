"""An address that Veilig Thuis asks for: asked at the report it got, answered by the regisseur, read elsewhere."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from accounts.step_up import lacks_fresh_passkey, passkey_page, strong_factor_at
from audit.events import Event
from cases.models import Family, ProtectedKind, ProtectedPlace
from signals import forms, operations
from signals.models import AddressAnswer, AddressRequest, VeiligThuisReport

MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
def ask_address(request: UserRequest, pk: UUID) -> HttpResponse:
    report = VeiligThuisReport.objects.sent_to(request.user).filter(pk=pk).first()
    if report is None:
        raise Http404
    form = forms.AskAddress(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.ask_address(report, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("The regisseur was asked. The answer comes here."))
        return redirect("signals:received_report", report.pk)
    return render(request, "signals/ask_address.html", {"form": form, "report": report})


@require_GET
def address_requests(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.SIGNAL_VIEWED, may=Action.GRANT_PROTECTED)
    asked = AddressRequest.objects.permitting(request.user, Action.GRANT_PROTECTED).filter(family=family)
    shown = asked.select_related("asked_by", "answered_by", "report__to_organisation").order_by("-asked_at", "pk")
    return render(
        request,
        "signals/address_requests.html",
        {
            "family": family,
            "waiting": shown.filter(status=AddressAnswer.WAITING)[:MOST_SHOWN],
            "answered": shown.exclude(status=AddressAnswer.WAITING)[:MOST_SHOWN],
        },
    )


@require_http_methods(["GET", "POST"])
def answer_address_request(request: UserRequest, pk: UUID) -> HttpResponse:
    asked = get_visible_or_404(request, AddressRequest, pk=pk, seen_as=None, may=Action.GRANT_PROTECTED)
    places = ProtectedPlace.objects.permitting(request.user, Action.GRANT_PROTECTED).current()
    places = places.filter(family=asked.family_id, kind=ProtectedKind.ADDRESS).select_related("person")
    if request.method == "GET" and lacks_fresh_passkey(request):
        return redirect(passkey_page(request))
    form = forms.AnswerAddressRequest(
        request.POST if request.method == "POST" else None,
        places=places.order_by("person__born_on", "pk"),
        request=request,
    )
    if form.is_valid():
        because, now = form.cleaned_data["because"], timezone.now()
        if form.is_allowed:
            operations.allow_address(
                asked,
                place=form.cleaned_data["place"],
                because=because,
                ends_at=form.ends_at,
                second_factor_at=strong_factor_at(request),
                by=request.user,
                at=now,
            )
        else:
            operations.refuse_address(asked, because=because, by=request.user, at=now)
        messages.success(request, _("Your answer was sent to Veilig Thuis."))
        return redirect(asked)
    return render(request, "signals/answer_address_request.html", {"form": form, "asked": asked})
