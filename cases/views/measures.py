from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations
from cases.forms import measures as forms
from cases.models import Family, Person, ProtectiveMeasure
from cases.views.step import Page, step


def _page(family_id: UUID, title: str, said: str, *, lead: str = "") -> Page:
    back = reverse("cases:measures", args=[family_id])
    return Page(title, back, _("Protective measures"), said, lead=lead)


@require_GET
def measures(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    today = timezone.localdate()
    found = ProtectiveMeasure.objects.visible_to(request.user).filter(family=family).select_related("against")
    rows = list(found.prefetch_related("scopes__person").order_by("ends_on", "starts_on", "pk"))
    lines = [
        {
            "measure": one,
            "days": (one.ends_on - today).days if one.ends_on else None,
            "is_over": one.ends_on is not None and one.ends_on < today,
            "ends_soon": one.ends_on is not None and 0 <= (one.ends_on - today).days <= 21,
        }
        for one in rows
    ]
    may_edit = Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists()
    return render(request, "cases/measures.html", {"family": family, "lines": lines, "may_edit": may_edit})


@require_http_methods(["GET", "POST"])
def record_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    persons = Person.objects.visible_to(request.user).filter(family=family).in_reading_order()
    return step(
        request,
        _page(
            family.pk,
            _("Write down a measure"),
            _("The measure is written down. Before it ends it stands on the list of the regisseur."),
            lead=_("Orders, bans, alarms and arrangements with the police."),
        ),
        about=family.pk,
        form=partial(forms.RecordMeasure, persons=persons),
        do=lambda form: operations.record_measure(family, form.measure, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def extend_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, ProtectiveMeasure, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    return step(
        request,
        _page(found.family_id, _("Extend a measure"), _("The measure lasts longer."), lead=found.get_kind_display()),
        about=found.pk,
        form=partial(forms.ExtendMeasure, measure=found),
        do=lambda form: operations.extend_measure(
            found, ends_on=form.cleaned_data["ends_on"], by=request.user, at=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def end_measure(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, ProtectiveMeasure, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    return step(
        request,
        _page(found.family_id, _("End a measure"), _("The measure has ended."), lead=found.get_kind_display()),
        about=found.pk,
        form=partial(forms.EndMeasure, measure=found),
        initial={"on": timezone.localdate()},
        do=lambda form: operations.end_measure(
            found,
            on=form.cleaned_data["on"],
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        ),
    )
