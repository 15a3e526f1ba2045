from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.models import BreakGlass, Decoy
from access.policy import PRIVACY_OFFICER, Action
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from audit.events import Event
from audit.record import record
from cases.models import Family
from oversight import forms, operations, state
from oversight.models import Alert, Outcome, Verdict


@require_GET
def queue(request: UserRequest) -> HttpResponse:
    """What waits for the privacy officer: emergencies and alerts, and whether the log is whole."""
    if not request.user.organisations_as(PRIVACY_OFFICER):
        raise Http404
    record(Event.BROKEN_GLASS_VIEWED, actor=request.user)
    return render(
        request,
        "oversight/queue.html",
        {
            "emergencies": state.emergencies(request.user),
            "alerts": state.alerts(request.user),
            "judged": state.judged_lately(request.user, now=timezone.now()),
            "settled": state.settled_lately(request.user, now=timezone.now()),
            "log": state.of_the_log(now=timezone.now()),
        },
    )


@require_http_methods(["GET", "POST"])
def emergency(request: UserRequest, pk: UUID) -> HttpResponse:
    glass = get_visible_or_404(request, BreakGlass, pk=pk, seen_as=None)
    # The strip would name the family; the file is not hers to see.
    del request.family_id
    form = forms.Judge(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.judge_broken_glass(
            glass,
            verdict=Verdict(form.cleaned_data["verdict"]),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Noted what you found of this emergency."))
        return redirect("oversight:queue")
    return render(request, "oversight/emergency.html", {"one": state.emergency(glass), "form": form})


@require_http_methods(["GET", "POST"])
def alert(request: UserRequest, pk: UUID) -> HttpResponse:
    # Of an organisation and not of a family: there is nothing for get_visible_or_404 to ask.
    found = Alert.objects.owned_by(request.user).select_related("actor", "owner", "settled_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    record(Event.LOG_VIEWED, actor=request.user, subject=found, organisation_id=found.organisation_id)
    form = forms.Settle(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.settle_alert(
            found,
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Noted what came of this alert."))
        return redirect("oversight:queue")
    context: dict[str, Any] = {"alert": found, "reference": state.reference(found, request.user), "form": form}
    return render(request, "oversight/alert.html", context)


@require_http_methods(["GET", "POST"])
def decoys(request: UserRequest) -> HttpResponse:
    """The files that are a bait, and one more."""
    if not request.user.organisations_as(PRIVACY_OFFICER):
        raise Http404
    form = forms.OwnReference(
        request.POST if request.method == "POST" else None, by=request.user, action=Action.SET_DECOY
    )
    if form.is_valid():
        operations.set_decoy(form.family, by=request.user, at=timezone.now())
        messages.success(request, _("From now on you hear of everybody who opens this file."))
        return redirect("oversight:decoys")
    standing = Decoy.objects.visible_to(request.user).standing().select_related("family", "set_by")
    return render(request, "oversight/decoys.html", {"form": form, "decoys": standing.order_by("set_at", "pk")})


@require_POST
def end_decoy(request: UserRequest, pk: UUID) -> HttpResponse:
    decoy = get_visible_or_404(request, Decoy, pk=pk, seen_as=None)
    operations.end_decoy(decoy, by=request.user, at=timezone.now())
    messages.success(request, _("This file is no decoy any more."))
    return redirect("oversight:decoys")


@require_http_methods(["GET", "POST"])
def read_on(request: UserRequest) -> HttpResponse:
    """Where somebody lands who opened more families of others than anybody needs (R43)."""
    form = forms.ReadOn(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        operations.resume_reading(
            because=form.cleaned_data["because"],
            second_factor_at=second_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("You can read on. The privacy officer sees that you did, and why."))
        return redirect("overview:today")
    return render(request, "oversight/read_on.html", {"form": form})


@require_GET
def readers(request: UserRequest, pk: UUID) -> HttpResponse:
    """Who looked into the file, to go through with the client."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.READERS_VIEWED, may=Action.VIEW_READERS)
    return render(request, "oversight/readers.html", {"family": family, "readers": state.readers(family)})
