from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.half_typed import lose_nothing
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from family_plans import operations
from family_plans.forms import stagnation as forms
from family_plans.models import BindingRequest, Cause, HelpLine, Solution, Source, Stagnation
from family_plans.norms import StartNorms
from family_plans.reading.shown import Reader
from family_plans.reading.stagnation import said_and_not_reported, stuck_things
from family_plans.views.page import Question, ask, helping, posted
from family_plans.views.plan import doors


def the_stuck(family_id: UUID) -> tuple[str, str]:
    return reverse("family_plans:stagnations", args=[family_id]), _("What is stuck")


def or_moves_again(request: UserRequest, otherwise: str, family_id: UUID, **line: Any) -> HttpResponse:
    """Go on to `otherwise`; or, when what is stuck on this line came, to the question what made it move."""
    stuck = Stagnation.objects.permitting(request.user, Action.EDIT_FAMILY_PLAN).filter(**line).unsolved()
    came = stuck.exclude(came_on=None).order_by("since", "pk").first()
    return redirect("family_plans:solve", came.pk) if came else redirect(otherwise, family_id)


@require_GET
def stagnations(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    today = timezone.localdate()
    stuck = stuck_things(family, Reader.of(request.user, family.pk), today=today)
    may = doors(request, family)
    said = said_and_not_reported(family) if may["may_edit"] else []
    context = {"family": family, "stuck": stuck, "said": said, "today": today, **may}
    return render(request, "family_plans/stagnations.html", context)


@require_http_methods(["GET", "POST"])
@lose_nothing
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    lines = (
        HelpLine.objects.visible_to(request.user)
        .filter(family=family)
        .select_related("organisation", "kind")
        .order_by("asked_on", "pk")
    )
    form = forms.ReportStagnation(
        posted(request), help_lines=lines, today=timezone.localdate(), initial=_proposed(request, lines)
    )
    if form.is_valid():
        answers = form.cleaned_data | {"cause": Cause(form.cleaned_data["cause"])}
        source = Source.HELP_LINE if answers["help_line"] else Source.HAND
        said = next((one for one in said_and_not_reported(family) if str(one.pk) == request.GET.get("gesprek")), None)
        operations.report_stagnation(family, **answers, source=source, said_in=said, by=request.user, at=timezone.now())
        messages.success(request, _("It stands on the list of the regisseur."))
        return redirect("family_plans:stagnations", family.pk)
    lead = _("The regisseur gets it on the list, with a day by which it must be solved.")
    title = _("Something is stuck")
    return ask(request, form, Question(title, _("Report it"), lead, "", *the_stuck(family.pk)))


def _proposed(request: UserRequest, lines: QuerySet[HelpLine]) -> dict[str, object]:
    """Return what the form starts with when it is opened from a help line: stuck since the norm was passed."""
    line = next((one for one in lines if str(one.pk) == request.GET.get("hulp")), None)
    if line is None:
        return {}
    today = timezone.localdate()
    norm = StartNorms(line.family_id, today).days_of(line.kind.code)
    since = line.asked_on + timedelta(days=norm) if norm is not None else line.asked_on
    return {
        "help_line": line.pk,
        "domain": line.domain_id,
        "since": min(since, today),
        "cause": Cause.WAITING,
        "bridging": line.bridging,
    }


@require_http_methods(["GET", "POST"])
@lose_nothing
def describe(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(
        request, Stagnation, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN
    )
    form = forms.DescribeStagnation(posted(request), initial={"cause": stuck.cause, "bridging": stuck.bridging})
    if form.is_valid():
        answers = form.cleaned_data | {"cause": Cause(form.cleaned_data["cause"])}
        operations.describe_stagnation(stuck, **answers, by=request.user)
        messages.success(request, _("It is recorded."))
        return redirect("family_plans:stagnations", stuck.family_id)
    title = _("What was tried, and what helps meanwhile")
    return ask(request, form, Question(title, _("Save"), stuck.note, stuck.tried, *the_stuck(stuck.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def bind(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(
        request, Stagnation, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.ESCALATE_STAGNATION
    )
    form = forms.BindPartner(
        posted(request),
        organisations=helping(stuck.family_id),
        today=timezone.localdate(),
        initial={"to": stuck.help_line.organisation_id if stuck.help_line else None},
    )
    if form.is_valid():
        operations.bind_partner(stuck, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. Tell the partner, by telephone and in writing."))
        return redirect("family_plans:stagnations", stuck.family_id)
    lead = _("Without an answer by that day it goes to the municipality by itself.")
    title = _("Binding request")
    return ask(request, form, Question(title, _("Record the request"), lead, "", *the_stuck(stuck.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def answer_request(request: UserRequest, pk: UUID) -> HttpResponse:
    asked = get_visible_or_404(
        request, BindingRequest, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN
    )
    form = forms.AnswerRequest(posted(request), asked_on=asked.asked_on, initial={"answered_on": timezone.localdate()})
    if form.is_valid():
        operations.answer_request(
            asked,
            answer=form.cleaned_data["answer"],
            on=form.cleaned_data["answered_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The answer is recorded. It is solved only when you say so."))
        return redirect("family_plans:stagnations", asked.family_id)
    title = _("What the partner answered")
    return ask(request, form, Question(title, _("Record the answer"), "", asked.what, *the_stuck(asked.family_id)))


@require_POST
def escalate(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(request, Stagnation, pk=pk, seen_as=None, may=Action.ESCALATE_STAGNATION)
    operations.escalate_stagnation(stuck, by=request.user, at=timezone.now())
    messages.success(request, _("The municipality is asked. It sees the reference and the cause, no names."))
    return redirect("family_plans:stagnations", stuck.family_id)


@require_http_methods(["GET", "POST"])
@lose_nothing
def solve(request: UserRequest, pk: UUID) -> HttpResponse:
    stuck = get_visible_or_404(
        request, Stagnation, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN
    )
    form = forms.Solve(posted(request), initial=_what_came(stuck))
    if form.is_valid():
        operations.solve_stagnation(
            stuck,
            by_means_of=Solution(form.cleaned_data["by_means_of"]),
            solution=form.cleaned_data["solution"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Solved. It is off the list."))
        return redirect("family_plans:stagnations", stuck.family_id)
    lead = f"{stuck.domain.label.capitalize()}: {stuck.get_cause_display()}."
    if stuck.came_on:
        lead += " " + _("What it waited for came. Say what made it move.")
    title = _("It moves again")
    return ask(request, form, Question(title, _("It is solved"), lead, "", *the_stuck(stuck.family_id)))


def _what_came(stuck: Stagnation) -> dict[str, str]:
    if stuck.came_on is None:
        return {}
    words = _("It came on %(day)s.") % {"day": date_format(stuck.came_on, "j F Y")}
    return {"by_means_of": Solution.STARTED, "solution": words}
