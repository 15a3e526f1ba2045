from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import WITHIN_ORGANISATION, Action, may_within
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person, Place
from handover import forms, operations
from handover.models import WatchRole
from handover.partners import matrix
from handover.register import linked_organisations
from handover.views.page import Page, fill_in, posted
from handover.watchers import ENOUGH, too_few_watch, watched_children, who_could_watch


@require_GET
def partners(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    now, today = timezone.now(), timezone.localdate()
    return render(
        request,
        "handover/partners.html",
        {
            "family": family,
            "matrix": matrix(family, now=now),
            "children": watched_children(family, today=today, now=now),
            "too_few": too_few_watch(family, today=today, now=now),
            "enough": ENOUGH,
            "refused": WatchRole.objects.filter(family=family, state="declined", until__gte=today)
            .select_related("organisation", "person")
            .order_by("-answered_at", "pk")[:20],
            "labels": {
                "ground": _("On which ground"),
                "discussed": _("Discussed with the parent"),
                "plan": _("Safety plan"),
                "regisseur": _("Knows the regisseur"),
                "signals": _("Knows where to signal"),
                "watch": _("Keeps watch"),
            },
        },
    )


@require_http_methods(["GET", "POST"])
def ask_to_watch(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    persons = Person.objects.filter(family=family, place__in=[Place.CLIENT, Place.CHILD]).in_reading_order()
    return fill_in(
        request,
        Page(
            title=_("Ask a partner to keep watch"),
            back=reverse("handover:partners", args=[family.pk]),
            there=_("Who knows what, per partner"),
            said=_("The partner is asked. It counts from the moment it says yes."),
            lead=_("Keeping watch is noticing, and bringing a signal. It is no treatment and no control."),
        ),
        form=forms.AskToWatch(
            posted(request),
            organisations=who_could_watch(family, now=timezone.now()),
            persons=persons,
            today=timezone.localdate(),
        ),
        do=lambda form: operations.ask_to_watch(
            form.cleaned_data["person"],
            organisation=form.cleaned_data["who"],
            until=form.cleaned_data["until"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_POST
def accept_watch(request: UserRequest, pk: UUID) -> HttpResponse:
    role = _asked_of(request, pk)
    operations.answer_watch(role, accept=True, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The regisseur sees that you keep watch."))
    return redirect("handover:register")


@require_http_methods(["GET", "POST"])
def decline_watch(request: UserRequest, pk: UUID) -> HttpResponse:
    role = _asked_of(request, pk)
    return fill_in(
        request,
        Page(
            title=_("Not keeping watch"),
            back=reverse("handover:register"),
            there=_("Who is regisseur"),
            said=_("The regisseur reads why, and asks somebody else."),
        ),
        form=forms.DeclineWatch(posted(request)),
        do=lambda form: operations.answer_watch(
            role, accept=False, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def end_watch(request: UserRequest, pk: UUID) -> HttpResponse:
    role = get_visible_or_404(request, WatchRole, pk=pk, seen_as=None, may=Action.PLAN_DEPARTURE)
    return fill_in(
        request,
        Page(
            title=_("A partner stops keeping watch"),
            back=role.get_absolute_url(),
            there=_("Who knows what, per partner"),
            said=_("It is written down. Asking somebody else is on your list."),
            lead=role.organisation.name,
        ),
        form=forms.EndWatch(posted(request)),
        do=lambda form: operations.end_watch(
            role, because=form.cleaned_data["because"], by=request.user, at=timezone.now()
        ),
    )


@require_POST
def confirm_signal_place(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.VIEW_ALERT)
    partners = request.user.organisations_as(WITHIN_ORGANISATION[Action.ANSWER_AS_PARTNER])
    for organisation_id in linked_organisations(family, partners):
        operations.confirm_signal_place(family, organisation_id=organisation_id, by=request.user, at=timezone.now())
    messages.success(request, _("Thank you. The regisseur sees that you know where to bring a signal."))
    return redirect("handover:register")


def _asked_of(request: UserRequest, pk: UUID) -> WatchRole:
    """Return the question when it was put to an organisation of the asker: nobody answers for another."""
    role: WatchRole = get_visible_or_404(request, WatchRole, pk=pk, seen_as=None, may=Action.VIEW_ALERT)
    if not may_within(request.user, Action.ANSWER_AS_PARTNER, role.organisation_id):
        raise Http404
    return role
