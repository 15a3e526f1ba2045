from dataclasses import fields
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.half_typed import lose_nothing
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from family_plans import operations
from family_plans.forms import income as forms
from family_plans.models import DebtSituation, HousingLine, IncomeLine
from family_plans.operations import Housing, Income
from family_plans.reading.income import income_page
from family_plans.reading.shown import Reader
from family_plans.views.page import Question, ask, posted
from family_plans.views.plan import doors
from family_plans.views.stagnation import or_moves_again


def the_income(family_id: UUID) -> tuple[str, str]:
    return reverse("family_plans:income", args=[family_id]), _("Income and housing")


@require_GET
def overview(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    shown = income_page(family, Reader.of(request.user, family.pk), today=timezone.localdate())
    return render(request, "family_plans/income.html", {"family": family, "shown": shown, **doors(request, family)})


@require_http_methods(["GET", "POST"])
@lose_nothing
def record_income(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.RecordIncome(posted(request), initial={"tailored": "not_asked"})
    if form.is_valid():
        line = operations.record_income(family, form.income, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. Days without income are counted."))
        return or_moves_again(request, "family_plans:income", family.pk, income_line=line)
    lead = _("At a departure or a move, days without income are reported as stuck at once.")
    title = _("Add a change of income")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_income(family.pk)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def change_income(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, IncomeLine, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.ChangeIncome(
        posted(request),
        current=line.version,
        initial={field.name: getattr(line, field.name) for field in fields(Income)},
    )
    if form.is_valid():
        operations.update_income(line, form.income, version=line.version, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. Days without income are counted."))
        return or_moves_again(request, "family_plans:income", line.family_id, income_line=line)
    title = _("Change of income")
    return ask(request, form, Question(title, _("Save"), "", "", *the_income(line.family_id)))


@require_http_methods(["GET", "POST"])
def note_debts(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.NoteDebts(posted(request), initial={"noted_on": timezone.localdate()})
    if form.is_valid():
        operations.note_debts(
            family,
            situation=DebtSituation(form.cleaned_data["situation"]),
            on=form.cleaned_data["noted_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It is recorded."))
        return redirect("family_plans:income", family.pk)
    lead = _("By law the first talk is within four weeks, and within three working days when it is pressing.")
    title = _("Debts")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_income(family.pk)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def record_housing(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    line = HousingLine.objects.visible_to(request.user).filter(family=family, found_on=None).first()
    form = forms.RecordHousing(
        posted(request),
        current=line.version if line else 0,
        initial={field.name: getattr(line, field.name) for field in fields(Housing)} if line else {},
    )
    if form.is_valid():
        version = line.version if line else 0
        kept = operations.record_housing(family, form.housing, version=version, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded."))
        return or_moves_again(request, "family_plans:income", family.pk, housing_line=kept)
    lead = _("Write no address and no place. A refused urgency is reported as stuck at once.")
    title = _("Housing")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_income(family.pk)))
