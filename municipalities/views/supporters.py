"""The coordinator says who is supporter for the municipality, for what, and for how many families at once (B9)."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.policy import Action
from accounts.models import Membership, Role
from accounts.requests import UserRequest
from core.forms import Form
from handover import operations
from handover.supporters import supporters_of
from municipalities.forms import supporters as forms
from municipalities.place import organisation_of
from organisations.models import Organisation, Supporter
from organisations.passages import words_of

PROFILE = "supporter_profile"
MOST_ENDED = 20


@require_GET
def supporters(request: UserRequest) -> HttpResponse:
    town, today = _own_or_404(request), timezone.localdate()
    found = supporters_of(town.municipality, today=today)
    ended = Supporter.objects.filter(municipality=town.municipality, valid_until__lte=today)
    return render(
        request,
        "municipalities/supporters.html",
        {
            "supporters": found,
            "municipality": town.municipality,
            "profile": _profile(town, today),
            "ended": ended.select_related("user").order_by("-valid_until", "pk")[:MOST_ENDED],
            "room": sum(max(0, one.supporter.capacity - one.families) for one in found),
        },
    )


@require_http_methods(["GET", "POST"])
def appoint_supporter(request: UserRequest) -> HttpResponse:
    town = _own_or_404(request)
    form = forms.AppointSupporter(
        request.POST if request.method == "POST" else None, candidates=_who_could(town, timezone.localdate())
    )
    if form.is_valid():
        user, organisation = form.chosen
        operations.appoint_supporter(
            user,
            organisation=organisation,
            municipality=town.municipality,
            attention_area=form.cleaned_data["attention_area"],
            capacity=form.cleaned_data["capacity"],
            on_behalf_of=town,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("%(name)s is supporter now.") % {"name": user.name})
        return redirect("municipalities:supporters")
    return _form(request, form, title=_("Appoint a supporter"), lead=_profile(town, timezone.localdate()))


@require_http_methods(["GET", "POST"])
def change_supporter(request: UserRequest, pk: UUID) -> HttpResponse:
    town = _own_or_404(request)
    supporter = _present_or_404(town, pk)
    form = forms.ChangeSupporter(
        request.POST if request.method == "POST" else None,
        initial={"attention_area": supporter.attention_area, "capacity": supporter.capacity},
    )
    if form.is_valid():
        operations.change_supporter(supporter, **form.cleaned_data, on_behalf_of=town, by=request.user)
        messages.success(request, _("It is changed. Families that the supporter has stay."))
        return redirect("municipalities:supporters")
    return _form(request, form, title=_("Change what was agreed"), lead=_at(supporter))


@require_http_methods(["GET", "POST"])
def dismiss_supporter(request: UserRequest, pk: UUID) -> HttpResponse:
    town = _own_or_404(request)
    supporter = _present_or_404(town, pk)
    if request.method == "POST":
        operations.dismiss_supporter(supporter, on_behalf_of=town, by=request.user, at=timezone.now())
        messages.success(request, _("From today on this supporter gets no new families."))
        return redirect("municipalities:supporters")
    return _form(request, Form(), title=_("End an appointment"), lead=_at(supporter))


def _profile(town: Organisation, today: date) -> str:
    """Return what is asked of a supporter here: as the municipality worded it, its region, or everybody (B11)."""
    language = get_language() or "nl"
    return words_of(PROFILE, on=today, language=language, municipality=town.municipality)[PROFILE]


def _own_or_404(request: UserRequest) -> Organisation:
    town = organisation_of(request.user, policy.WITHIN_ORGANISATION[Action.KEEP_SUPPORTERS])
    if town is None:
        raise Http404
    return town


def _present_or_404(town: Organisation, pk: UUID) -> Supporter:
    """Return an appointment of this municipality, ended ones too: the operation says that it ended already."""
    found: Supporter | None = (
        Supporter.objects.filter(pk=pk, municipality=town.municipality).select_related("user").first()
    )
    if found is None:
        raise Http404
    return found


def _who_could(town: Organisation, today: date) -> list[Membership]:
    """Return the workers of organisations that serve this municipality and are not its supporter yet."""
    already = Supporter.objects.filter(
        user=OuterRef("user"), organisation=OuterRef("organisation"), municipality=town.municipality, valid_until=None
    )
    return list(
        Membership.objects.live(today)
        .filter(
            role=Role.WORKER,
            user__is_active=True,
            organisation__in=Organisation.objects.active().serving(town.municipality),
        )
        .exclude(Exists(already))
        .select_related("user", "organisation__kind")
        .order_by("user__name", "pk")
    )


def _at(supporter: Supporter) -> str:
    return _("%(name)s, for %(capacity)s families at once.") % {
        "name": supporter.user.name,
        "capacity": supporter.capacity,
    }


def _form(request: UserRequest, form: Form, *, title: str, lead: str = "") -> HttpResponse:
    found = {"form": form, "title": title, "lead": lead}
    return render(
        request,
        "municipalities/form.html",
        found | {"back_url": reverse("municipalities:supporters"), "back_text": _("Supporters")},
    )
