from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.models import Assignment, AssignmentKind
from access.policy import Action
from accounts import drafts
from accounts.models import User
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person
from cases.operations import issue_paper
from core.paper.http import download
from family_plans import forms, operations, reading
from family_plans.models import FamilyPlan, Goal, GoalResult, HelpLine, Phase, PlanAction, Stagnation
from organisations.models import Organisation

GOAL_DRAFT = "family_plans:add_goal"
_NOT_AT_WORK = [AssignmentKind.READER, AssignmentKind.BARRED]


@require_GET
def plan(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.VIEW_FAMILY_PLAN)
    running = FamilyPlan.objects.visible_to(request.user).filter(family=family).active().first()
    today = timezone.localdate()
    stagnations = Stagnation.objects.visible_to(request.user).filter(family=family)
    late = set(stagnations.late(today).values_list("pk", flat=True))
    return render(
        request,
        "family_plans/plan.html",
        {
            "family": family,
            "plan": running,
            "parts": reading.parts(family, running),
            "reliance": reading.reliance(family),
            "stagnations": [
                {"row": row, "days": row.days(today), "late": row.pk in late}
                for row in stagnations.select_related("domain", "help_line__organisation").order_by("-since", "pk")
            ],
            "today": today,
            "labels": {"own": _("Own mark"), "level": _("As we see it"), "before": _("Before"), "day": _("Day")},
            **_doors(request, family),
        },
    )


def _doors(request: UserRequest, family: Family) -> dict[str, bool]:
    """Return which doors of the page are open to this user."""

    def may(action: Action) -> bool:
        return bool(Family.objects.permitting(request.user, action).filter(pk=family.pk).exists())

    return {
        "may_edit": may(Action.EDIT_FAMILY_PLAN),
        "may_escalate": may(Action.ESCALATE_STAGNATION),
    }


@require_GET
def paper(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None)
    now = timezone.now()
    pdf, mark = reading.paper(running, printed_by=request.user, at=now, language=get_language() or "nl")
    issue_paper(
        running.family,
        "family_plan",
        number=mark.number,
        about=running,
        action=Action.VIEW_FAMILY_PLAN,
        by=request.user,
        at=now,
    )
    return download(pdf)


@require_http_methods(["GET", "POST"])
def start(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.StartPlan(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.start_plan(family, own_words=form.cleaned_data["own_words"], by=request.user, at=timezone.now())
        messages.success(request, _("The plan has started. Set the first goal."))
        return redirect("family_plans:plan", family.pk)
    return render(request, "family_plans/start.html", {"family_id": family.pk, "form": form})


@require_http_methods(["GET", "POST"])
def add_goal(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    kept = drafts.kept(request.user, GOAL_DRAFT, about=running.pk, now=timezone.now())
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, GOAL_DRAFT, dict(request.POST.lists()), about=running.pk, at=timezone.now())
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("family_plans:add_goal", running.pk)

    form = forms.AddGoal(
        request.POST if request.method == "POST" else None,
        persons=persons(request, running.family_id),
        today=timezone.localdate(),
        initial=drafts.initial(kept),
    )
    if form.is_valid():
        answers = form.cleaned_data
        operations.set_goal(
            running,
            domain=answers["domain"],
            problem=answers["problem"],
            aim=answers["aim"],
            phase=Phase(answers["phase"]),
            person=answers["person"],
            own_words=answers["own_words"],
            by=request.user,
            at=timezone.now(),
        )
        drafts.discard(request.user, GOAL_DRAFT, about=running.pk)
        messages.success(request, _("The goal stands in the plan. Agree who does what."))
        return redirect(running)
    return render(
        request, "family_plans/goal.html", {"plan": running, "family_id": running.family_id, "form": form, "kept": kept}
    )


def persons(request: UserRequest, family_id: UUID) -> QuerySet[Person]:
    """Return the persons of the family that a form offers, the client first."""
    return Person.objects.visible_to(request.user).filter(family_id=family_id).in_reading_order()


@require_http_methods(["GET", "POST"])
def add_action(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = get_visible_or_404(request, Goal, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    at_work = Assignment.objects.live(timezone.now()).filter(family=goal.family_id).exclude(kind__in=_NOT_AT_WORK)
    helping = HelpLine.objects.filter(family=goal.family_id, ended_on=None)
    form = forms.AddAction(
        request.POST if request.method == "POST" else None,
        persons=list(persons(request, goal.family_id)),
        users=list(User.objects.filter(pk__in=at_work.values("user_id"), is_active=True).order_by("name", "pk")),
        organisations=list(
            Organisation.objects.filter(pk__in=helping.values("organisation_id")).order_by("plain_name", "pk")
        ),
    )
    if form.is_valid():
        operations.agree_action(
            goal,
            what=form.cleaned_data["what"],
            responsible=form.responsible,
            due_on=form.cleaned_data["due_on"],
            by=request.user,
        )
        messages.success(request, _("It stands in the plan."))
        return redirect(goal)
    return render(request, "family_plans/action.html", {"goal": goal, "family_id": goal.family_id, "form": form})


@require_POST
def complete_action(request: UserRequest, pk: UUID) -> HttpResponse:
    action = get_visible_or_404(request, PlanAction, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    operations.complete_action(action, by=request.user, at=timezone.now())
    messages.success(request, _("Done."))
    return redirect(action)


@require_http_methods(["GET", "POST"])
def result(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = get_visible_or_404(request, Goal, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.Result(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_result(goal, result=GoalResult(form.cleaned_data["result"]), by=request.user)
        messages.success(request, _("The result stands in the plan."))
        return redirect(goal)
    return render(request, "family_plans/result.html", {"goal": goal, "family_id": goal.family_id, "form": form})
