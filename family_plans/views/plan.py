from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.half_typed import lose_nothing
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Trajectory
from cases.operations import issue_paper
from core.paper.http import download
from core.paper.rendering import Mark
from family_plans import operations
from family_plans.forms import plan as forms
from family_plans.models import Contribution, FamilyPlan, KeptPart, Phase
from family_plans.reading import papers
from family_plans.reading.plan import read
from family_plans.reading.shown import Reader
from family_plans.reading.stagnation import stuck_things
from family_plans.views.page import Question, ask, at_work, persons, posted


@require_GET
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    plans = FamilyPlan.objects.visible_to(request.user).filter(family=family)
    current = plans.active().select_related("coordinator").first()
    today = timezone.localdate()
    reader = Reader.of(request.user, family.pk)
    phase = request.GET.get("fase", "")
    phase = phase if phase in Phase.values else ""
    return render(
        request,
        "family_plans/plan.html",
        {
            "family": family,
            "plan": current,
            "earlier": plans.ended(),
            "shown": read(family, current, reader, today=today, phase=phase),
            "stuck": stuck_things(family, reader, today=today, solved=False),
            "phase": phase,
            "phases": Phase.choices,
            "route": list(current.phases.order_by("number")) if current else [],
            "whole": reader.reach.is_whole,
            "today": today,
            **doors(request, family),
        },
    )


def doors(request: UserRequest, family: Family) -> dict[str, bool]:
    """Return which doors of the page are open to this user."""

    def may(action: Action) -> bool:
        return bool(Family.objects.permitting(request.user, action).filter(pk=family.pk).exists())

    return {
        "may_edit": may(Action.EDIT_FAMILY_PLAN),
        "may_contribute": may(Action.CONTRIBUTE_TO_PLAN),
        "may_escalate": may(Action.ESCALATE_STAGNATION),
        "may_view_treatment": may(Action.VIEW_TREATMENT),
    }


def the_plan(family_id: UUID) -> tuple[str, str]:
    """Return the way back to the plan: its address and its name."""
    return reverse("family_plans:plan", args=[family_id]), _("Family plan")


@require_http_methods(["GET", "POST"])
@lose_nothing
def start(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.StartPlan(posted(request))
    if form.is_valid():
        operations.start_plan(family, own_words=form.cleaned_data["own_words"], by=request.user, at=timezone.now())
        messages.success(request, _("The plan has started. Set the first goal."))
        return redirect("family_plans:plan", family.pk)
    lead = _("What the client wants comes first. The goals follow from it.")
    title = _("Start the plan")
    return ask(request, form, Question(title, title, lead, "", *the_plan(family.pk)))


@require_http_methods(["GET", "POST"])
def agree(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    form = forms.AgreePlan(posted(request), initial={"agreed_on": running.agreed_on or today})
    if form.is_valid():
        operations.agree_plan(running, on=form.cleaned_data["agreed_on"], by=request.user, at=timezone.now())
        messages.success(request, _("It is recorded. Give the plan along on paper."))
        return redirect(running)
    lead = _("Read the plan together first.")
    title = _("The client agrees")
    return ask(request, form, Question(title, _("Record it"), lead, running.own_words, *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
def way_of_working(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.WayOfWorking(posted(request), initial={"words": running.way_of_working})
    if form.is_valid():
        operations.name_way_of_working(running, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, _("It is recorded."))
        return redirect(running)
    title = _("Way of working")
    return ask(request, form, Question(title, _("Save"), "", "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
def coordinator(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.Coordinator(
        posted(request), users=at_work(running.family_id), initial={"coordinator": running.coordinator_id}
    )
    if form.is_valid():
        operations.appoint_coordinator(running, coordinator=form.cleaned_data["coordinator"], by=request.user)
        messages.success(request, _("It stands in the plan."))
        return redirect(running)
    title = _("Who keeps the plan together")
    return ask(request, form, Question(title, _("Put it in the plan"), "", "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
def route(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    today = timezone.localdate()
    trajectory = Trajectory.objects.visible_to(request.user).filter(family=running.family_id, ends_on=None).first()
    starts_on = (trajectory.departs_on if trajectory else None) or today
    form = forms.Route(posted(request), today=today, initial={"starts_on": starts_on, "months": 9})
    if form.is_valid():
        operations.choose_route(running, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The three phases stand in the plan."))
        return redirect(running)
    lead = _("Three phases: build, try out, hand over. It helps to do less at a time, and to stop on a day.")
    title = _("Critical Time Intervention")
    return ask(request, form, Question(title, _("Choose this route"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
def end(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    if request.method == "POST":
        operations.end_plan(running, by=request.user, at=timezone.now())
        messages.success(request, _("The plan has ended. What came of it stays readable."))
        return redirect("family_plans:report", running.pk)
    shown = read(running.family, running, Reader.of(request.user, running.family_id), today=timezone.localdate())
    return render(request, "family_plans/end.html", {"plan": running, "family": running.family, "shown": shown})


@require_GET
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    ended = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED)
    shown = read(ended.family, ended, Reader.of(request.user, ended.family_id), today=timezone.localdate())
    return render(request, "family_plans/report.html", {"plan": ended, "family": ended.family, "shown": shown})


@require_GET
def contributions(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(
        request, FamilyPlan, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN
    )
    rows = Contribution.objects.filter(plan=running).select_related("user", "organisation", "domain")
    return render(
        request,
        "family_plans/contributions.html",
        {
            "plan": running,
            "family": running.family,
            "rows": rows.order_by("-at", "pk")[:200],
            "organisations": rows.values("organisation_id").distinct().count(),
            "sources": running.sources.select_related("organisation").order_by("-made_on", "pk"),
            "conferences": running.conferences.prefetch_related(
                "attendees__person", "attendees__user", "attendees__organisation", "actions"
            ).order_by("-held_on", "pk"),
            "kept": KeptPart.objects.filter(plan=running, lifted_at=None)
            .select_related("about", "kept_from")
            .order_by("set_at", "pk"),
        },
    )


@require_GET
def family_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    """The family's own copy, for one member (`?voor=`) or to be read by all. Nobody who causes harm gets one."""
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    member = None
    if chosen := request.GET.get("voor"):
        members = {str(person.pk): person for person in persons(request, running.family_id).filter(causes_harm=False)}
        if (member := members.get(chosen)) is None:
            raise Http404
    pdf, mark = papers.family_copy(
        running, for_member=member, printed_by=request.user, at=timezone.now(), language=get_language() or "nl"
    )
    return _issued(request, running, pdf, mark, "family_plan")


@require_GET
def working_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None)
    reader = Reader.of(request.user, running.family_id)
    pdf, mark = papers.working_copy(
        running, reader, printed_by=request.user, at=timezone.now(), language=get_language() or "nl"
    )
    return _issued(request, running, pdf, mark, "family_plan_working")


def _issued(request: UserRequest, running: FamilyPlan, pdf: bytes, mark: Mark, paper: str) -> HttpResponse:
    issue_paper(
        running.family,
        paper,
        number=mark.number,
        about=running,
        action=Action.VIEW_FAMILY_PLAN,
        by=request.user,
        at=timezone.now(),
    )
    return download(pdf)


@require_GET
def choose_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED)
    family = running.family
    members = persons(request, family.pk).filter(causes_harm=False)
    return render(
        request,
        "family_plans/papers.html",
        {"plan": running, "family": family, "members": members, **doors(request, family)},
    )


@require_POST
def lift(request: UserRequest, pk: UUID) -> HttpResponse:
    kept = get_visible_or_404(request, KeptPart, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    operations.lift_part(kept, by=request.user, at=timezone.now())
    messages.success(request, _("This part may be read again."))
    return redirect("family_plans:contributions", kept.plan_id)
