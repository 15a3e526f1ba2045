from dataclasses import fields
from datetime import date
from typing import Any
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
from cases.models import Family, Person, Trajectory
from family_plans import operations
from family_plans.forms import help as forms
from family_plans.models import AtMove, EndReason, HelpAtMove, HelpLine, TreatmentLine
from family_plans.operations import Help
from family_plans.reading.help import help_page
from family_plans.reading.shown import Reader
from family_plans.views.page import Question, ask, organisations_that_help, persons, posted
from family_plans.views.plan import doors
from family_plans.views.stagnation import or_moves_again


def the_help(family_id: UUID) -> tuple[str, str]:
    return reverse("family_plans:help", args=[family_id]), _("Help")


def the_treatments(family_id: UUID) -> tuple[str, str]:
    return reverse("family_plans:treatments", args=[family_id]), _("Treatment")


@require_GET
def help_lines(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    today = timezone.localdate()
    trajectories = Trajectory.objects.permitting(request.user, Action.VIEW_FAMILY_PLAN)
    current = trajectories.filter(family=family, ends_on=None).first()
    shown = help_page(
        family, Reader.of(request.user, family.pk), departs_on=current.departs_on if current else None, today=today
    )
    context = {"family": family, "shown": shown, "today": today, **doors(request, family)}
    return render(request, "family_plans/help.html", context)


@require_http_methods(["GET", "POST"])
@lose_nothing
def ask_help(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.AskHelp(posted(request), **_offered(request, family.pk), initial={"asked_on": timezone.localdate()})
    if form.is_valid():
        operations.ask_help(family, form.help, by=request.user, at=timezone.now())
        messages.success(request, _("The help stands in the plan."))
        return redirect("family_plans:help", family.pk)
    lead = _("Which help is asked, for whom, and how far it is. Fill in what you know.")
    return ask(request, form, Question(_("Add help"), _("Put it in the plan"), lead, "", *the_help(family.pk)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def change_help(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, HelpLine, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.ChangeHelp(
        posted(request),
        current=line.version,
        **_offered(request, line.family_id),
        initial={field.name: getattr(line, field.name) for field in fields(Help)},
    )
    if form.is_valid():
        operations.update_help(line, form.help, version=line.version, by=request.user, at=timezone.now())
        messages.success(request, _("The help is up to date."))
        return or_moves_again(request, "family_plans:help", line.family_id, help_line=line)
    title = _("Change the help")
    return ask(request, form, Question(title, _("Save"), line.organisation.name, "", *the_help(line.family_id)))


def _offered(request: UserRequest, family_id: UUID) -> dict[str, Any]:
    return {
        "persons": persons(request, family_id),
        "organisations": organisations_that_help(),
        "today": timezone.localdate(),
    }


@require_http_methods(["GET", "POST"])
@lose_nothing
def end_help(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, HelpLine, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.EndHelp(posted(request), line=line, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        operations.end_help(
            line,
            on=form.cleaned_data["ended_on"],
            reason=EndReason(form.cleaned_data["reason"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The end of this help is recorded."))
        return redirect("family_plans:help", line.family_id)
    title = _("End the help")
    return ask(request, form, Question(title, title, line.organisation.name, "", *the_help(line.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def help_at_move(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, HelpLine, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.HelpMoves(posted(request), initial={"moved_on": _departure_to_record(request, line)})
    if form.is_valid():
        answers = form.cleaned_data | {"outcome": AtMove(form.cleaned_data["outcome"])}
        operations.record_help_at_move(line, **answers, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. Days without help are counted."))
        return redirect("family_plans:help", line.family_id)
    title = _("What the move does to this help")
    return ask(request, form, Question(title, _("Record it"), line.organisation.name, "", *the_help(line.family_id)))


def _departure_to_record(request: UserRequest, line: HelpLine) -> date | None:
    """Return the day of the departure, when this help was there and what became of it was not recorded yet.

    A move after that has a day of its own: with the day of the departure it would write over what stands there.
    """
    trajectory = Trajectory.objects.visible_to(request.user).filter(family=line.family_id, ends_on=None).first()
    departs_on: date | None = trajectory.departs_on if trajectory else None
    if departs_on is None or line.asked_on > departs_on:
        return None
    told = HelpAtMove.objects.visible_to(request.user).filter(help_line=line, moved_on=departs_on)
    return None if told.exists() else departs_on


@require_GET
def treatments(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.TREATMENT_VIEWED, may=Action.VIEW_TREATMENT)
    lines = TreatmentLine.objects.visible_to(request.user).filter(family=family)
    return render(
        request,
        "family_plans/treatments.html",
        {
            "family": family,
            "lines": lines.select_related("person", "organisation", "kind").order_by("-starts_on", "pk"),
            "harmful": _harmful(request, family.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
@lose_nothing
def record_treatment(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.VIEW_TREATMENT)
    form = forms.RecordTreatment(
        posted(request),
        persons=_harmful(request, family.pk),
        organisations=organisations_that_help(),
        today=timezone.localdate(),
    )
    if form.is_valid():
        answers = dict(form.cleaned_data)
        operations.record_treatment(answers.pop("person"), **answers, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded, apart from the plan."))
        return redirect("family_plans:treatments", family.pk)
    lead = _("Only those who work for this family by name read this. No partner does, and it is on no paper.")
    title = _("Record a treatment")
    return ask(request, form, Question(title, _("Record it"), lead, "", *the_treatments(family.pk)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def end_treatment(request: UserRequest, pk: UUID) -> HttpResponse:
    line = get_visible_or_404(request, TreatmentLine, pk=pk, seen_as=Event.TREATMENT_VIEWED, may=Action.VIEW_TREATMENT)
    form = forms.EndTreatment(posted(request), starts_on=line.starts_on, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        operations.end_treatment(
            line, on=form.cleaned_data["ended_on"], reason=EndReason(form.cleaned_data["reason"]), by=request.user
        )
        messages.success(request, _("The end of this help is recorded."))
        return redirect(line)
    title = _("End the treatment")
    return ask(request, form, Question(title, title, "", "", *the_treatments(line.family_id)))


def _harmful(request: UserRequest, family_id: UUID) -> Any:
    return Person.objects.visible_to(request.user).filter(family_id=family_id, causes_harm=True).in_reading_order()
