from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.models import Assignment, AssignmentKind
from access.policy import TEAM_LEAD, WORKER, Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family, RegisseurPeriod
from cases.operations import appoint as make_regisseur
from cases.operations import stand_in as make_stand_in
from cases.regie import propose, regisseur_of, who_could, without_since
from handover import forms
from handover.register import unconfirmed

MOST = 200


@require_GET
def without_regisseur(request: UserRequest) -> HttpResponse:
    """The families of one's own organisations that nobody has the regie of: references and clocks."""
    if not request.user.organisations_as(WORKER | TEAM_LEAD):
        raise Http404
    record(Event.REGIE_VIEWED, actor=request.user)
    alarmed = (
        Family.objects.permitting(request.user, Action.APPOINT_REGISSEUR)
        .without_regisseur(timezone.localdate())
        .with_the_clock()
        .order_by("reference")[:MOST]
    )
    longest_first = sorted(alarmed, key=without_since)
    lines = [{"family": one, "since": without_since(one)} for one in longest_first]
    return render(request, "handover/without_regisseur.html", {"lines": lines})


@require_GET
def regie(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.REGIE_VIEWED, may=Action.APPOINT_REGISSEUR)
    today, now = timezone.localdate(), timezone.now()
    current = regisseur_of(family, today=today)
    clock = Family.objects.filter(pk=family.pk).with_the_clock().get()
    its = Family.objects.filter(pk=family.pk)
    return render(
        request,
        "handover/regie.html",
        {
            "family": family,
            "current": current,
            "since": without_since(clock),
            "proposal": propose(family, today=today),
            "periods": RegisseurPeriod.objects.filter(family=family)
            .select_related("user", "organisation")
            .order_by("-starts_at", "-pk"),
            "stand_ins": Assignment.objects.live(now)
            .filter(family=family, kind=AssignmentKind.STAND_IN)
            .select_related("user", "organisation")
            .order_by("starts_at", "pk"),
            "unconfirmed": unconfirmed(family, current, now=now),
            "may_appoint": current is None or its.permitting(request.user, Action.REPLACE_REGISSEUR).exists(),
            "may_make_stand_in": its.permitting(request.user, Action.MAKE_STAND_IN).exists(),
            "may_open_file": its.visible_to(request.user).exists(),
            "may_offer": its.permitting(request.user, Action.OFFER_HANDOVER).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def appoint(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.REGIE_VIEWED, may=Action.APPOINT_REGISSEUR)
    today, now = timezone.localdate(), timezone.now()
    current = regisseur_of(family, today=today)
    candidates = [
        (user, organisation)
        for user, organisation in who_could(family, today=today, now=now)
        if current is None or (organisation.pk == current.organisation_id and user.pk != current.user_id)
    ]
    form = forms.Appoint(request.POST if request.method == "POST" else None, candidates=candidates)
    if form.is_valid():
        user, organisation = form.chosen
        make_regisseur(
            family, to=user, organisation=organisation, because=form.cleaned_data["because"], by=request.user, at=now
        )
        messages.success(request, _("%(name)s is the regisseur now.") % {"name": user.name})
        return _on(request, family)
    return render(
        request,
        "handover/appoint.html",
        {"family": family, "form": form, "current": current, "proposal": propose(family, today=today)},
    )


@require_http_methods(["GET", "POST"])
def stand_in(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.REGIE_VIEWED, may=Action.MAKE_STAND_IN)
    now, today = timezone.now(), timezone.localdate()
    current = regisseur_of(family, today=today)
    # Who stands in for the regisseur is somebody else: otherwise nobody is there when she is away.
    candidates = [one for one in who_could(family, today=today, now=now) if current is None or one[0] != current.user]
    standing_in = Assignment.objects.live(now).filter(family=family, kind=AssignmentKind.STAND_IN)
    form = forms.StandIn(
        request.POST if request.method == "POST" else None,
        candidates=candidates,
        stands_in=set(standing_in.values_list("user_id", flat=True)),
    )
    if form.is_valid():
        user, organisation = form.chosen
        make_stand_in(
            family,
            user=user,
            organisation=organisation,
            because=form.cleaned_data["because"],
            ends_at=timezone.make_aware(
                datetime.combine(form.cleaned_data["until"] + timedelta(days=1), time.min),
                timezone.get_default_timezone(),
            ),
            by=request.user,
            at=now,
        )
        messages.success(request, _("%(name)s stands in.") % {"name": user.name})
        return _on(request, family)
    return render(request, "handover/stand_in.html", {"family": family, "form": form})


def _on(request: UserRequest, family: Family) -> HttpResponse:
    """Go to the page of the regie, or to the list for somebody who just gave this family away."""
    may_see = Family.objects.permitting(request.user, Action.APPOINT_REGISSEUR).filter(pk=family.pk).exists()
    return redirect("handover:regie", family.pk) if may_see else redirect("handover:without_regisseur")
