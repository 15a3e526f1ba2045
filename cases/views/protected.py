from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.models import BreakGlass
from access.policy import Action
from accounts.requests import UserRequest
from accounts.step_up import lacks_fresh_passkey, passkey_page, strong_factor_at
from audit.events import Event
from cases import operations
from cases.forms import protected as forms
from cases.models import Family, ProtectedGrant, ProtectedPlace, ProtectedReveal
from follow_ups.models import FollowUp, Kind

SHOWN_FOR_SECONDS = 60


@require_GET
def protected(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show that there is something, who may see it and who looked. Never what it is."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.ENTER_PROTECTED)
    now = timezone.now()
    grants = ProtectedGrant.objects.visible_to(request.user).filter(family=family).live(now)
    reveals = ProtectedReveal.objects.visible_to(request.user).filter(family=family)
    owed = FollowUp.objects.permitting(request.user, Action.CLOSE_FOLLOW_UP).filter(
        family=family, kind__in=[Kind.READ_REVEAL, Kind.READ_BROKEN_GLASS]
    )
    broken = BreakGlass.objects.permitting(request.user, Action.GRANT_PROTECTED).filter(family=family)
    return render(
        request,
        "cases/protected.html",
        {
            "family": family,
            "lines": _lines(request, family, grants.select_related("user").order_by("user__name", "pk")),
            "reveals": reveals.select_related("user", "place__person").order_by("-revealed_at", "pk")[:20],
            "broken": broken.select_related("user").order_by("-starts_at", "pk")[:20],
            "unread": {one.about_id: one for one in owed.open()},
            "may_grant": Family.objects.permitting(request.user, Action.GRANT_PROTECTED).filter(pk=family.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def enter_place(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.ENTER_PROTECTED)
    form = forms.EnterPlace(request.POST if request.method == "POST" else None, family=family, by=request.user)
    if form.is_valid():
        operations.enter_place(
            form.cleaned_data["person"],
            kind=form.cleaned_data["kind"],
            value=form.cleaned_data["value"],
            replaces=form.replaces,
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It is behind its own lock. Nobody can see it until the regisseur lets somebody."))
        return redirect("cases:protected", family.pk)
    return render(request, "cases/enter_place.html", {"family": family, "form": form})


@require_http_methods(["GET", "POST"])
def grant_place(request: UserRequest, pk: UUID) -> HttpResponse:
    place = get_visible_or_404(request, ProtectedPlace, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.GRANT_PROTECTED)
    if request.method == "GET" and lacks_fresh_passkey(request):
        return redirect(passkey_page(request))
    form = forms.GrantPlace(request.POST if request.method == "POST" else None, place=place, request=request)
    if form.is_valid():
        operations.grant_place(
            place,
            to=form.cleaned_data["user"],
            because=form.cleaned_data["because"],
            ends_at=form.ends_at,
            second_factor_at=strong_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("This person can be shown it now, one value at a time."))
        return redirect("cases:protected", place.family_id)
    return render(request, "cases/grant_place.html", {"place": place, "form": form})


@require_http_methods(["GET", "POST"])
def end_grant(request: UserRequest, pk: UUID) -> HttpResponse:
    grant = get_visible_or_404(request, ProtectedGrant, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.GRANT_PROTECTED)
    if request.method == "POST":
        operations.end_grant(grant, by=request.user, at=timezone.now())
        messages.success(request, _("From now on this person cannot be shown it."))
        return redirect("cases:protected", grant.family_id)
    return render(request, "cases/end_grant.html", {"grant": grant})


@require_http_methods(["GET", "POST"])
def reveal(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show one value, once, in the answer to the form: not in an address, and never on a page that is fetched."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.REVEAL_PROTECTED)
    places = ProtectedPlace.objects.revealable_by(request.user).filter(family=family).select_related("person")
    may_enter = Family.objects.permitting(request.user, Action.ENTER_PROTECTED).filter(pk=family.pk).exists()
    if not may_enter and not places:
        raise Http404
    if places and request.method == "GET" and lacks_fresh_passkey(request):
        return redirect(passkey_page(request))
    form = forms.Reveal(
        request.POST if request.method == "POST" else None,
        places=places.order_by("person__born_on", "kind", "pk"),
        request=request,
    )
    context: dict[str, Any] = {"family": family, "form": form, "may_enter": may_enter, "any": bool(places)}
    if form.is_valid():
        place = form.cleaned_data["place"]
        value = operations.reveal(
            place,
            because=form.cleaned_data["because"],
            second_factor_at=strong_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        response = render(request, "cases/revealed.html", {"family": family, "place": place, "value": value})
        # Also without a script it goes away by itself.
        response["Refresh"] = f"{SHOWN_FOR_SECONDS}; url={reverse('cases:reveal', args=[family.pk])}"
        return response
    return render(request, "cases/reveal.html", context)


def _lines(request: UserRequest, family: Family, grants: QuerySet[ProtectedGrant]) -> list[dict[str, Any]]:
    """Return each place with who may see it now. Only the regisseur sees the second."""
    per_place: dict[UUID, list[ProtectedGrant]] = {}
    for grant in grants:
        per_place.setdefault(grant.place_id, []).append(grant)
    places = ProtectedPlace.objects.visible_to(request.user).filter(family=family).current().select_related("person")
    mine = set(ProtectedPlace.objects.revealable_by(request.user).filter(family=family).values_list("pk", flat=True))
    return [
        {"place": place, "grants": per_place.get(place.pk, []), "mine": place.pk in mine}
        for place in places.order_by("person__born_on", "kind", "pk")
    ]
