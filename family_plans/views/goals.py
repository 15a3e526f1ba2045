from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.half_typed import lose_nothing
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Trajectory
from family_plans import operations
from family_plans.forms import plan as forms
from family_plans.models import (
    FamilyPlan,
    FindingKind,
    Goal,
    GoalResult,
    GoalTemplate,
    Phase,
    PlanAction,
    PracticalNeed,
)
from family_plans.views.page import Question, around, ask, helping, persons, posted
from family_plans.views.plan import the_plan
from organisations.models import CodeItem, Organisation

GOAL_DRAFT = "family_plans:add_goal"
PRACTICAL = "practical_needs"


@require_http_methods(["GET", "POST"])
@lose_nothing
def add_goal(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.CONTRIBUTE_TO_PLAN)
    kept = drafts.kept(request.user, GOAL_DRAFT, about=running.pk, now=timezone.now())
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, GOAL_DRAFT, dict(request.POST.lists()), about=running.pk, at=timezone.now())
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("family_plans:add_goal", running.pk)
    reach = policy.reach(request.user, Action.CONTRIBUTE_TO_PLAN, running.family_id)
    form = forms.AddGoal(
        posted(request),
        persons=persons(request, running.family_id).filter(causes_harm=False),
        sources=running.sources.select_related("organisation").order_by("-made_on", "pk"),
        parts=reach.parts,
        around=around(request, running.family_id),
        today=timezone.localdate(),
    )
    drafts.fill_in(form, kept)
    if form.is_valid():
        answers = form.cleaned_data
        goal = operations.NewGoal(
            domain=answers["domain"],
            problem=answers["problem"],
            aim=answers["aim"],
            phase=Phase(answers["phase"]),
            responsible=form.responsible,
            due_on=answers["due_on"],
            about=answers["about"],
            own_words=answers["own_words"],
            source=answers["source"],
        )
        operations.set_goal(running, goal, by=request.user, at=timezone.now())
        drafts.discard(request.user, GOAL_DRAFT, about=running.pk)
        messages.success(request, _("The goal stands in the plan. Agree who does what."))
        return redirect(running)
    return render(
        request, "family_plans/goal.html", {"plan": running, "family_id": running.family_id, "form": form, "kept": kept}
    )


@require_http_methods(["GET", "POST"])
def from_template(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.CONTRIBUTE_TO_PLAN)
    today = timezone.localdate()
    reach = policy.reach(request.user, Action.CONTRIBUTE_TO_PLAN, running.family_id)
    form = forms.FromTemplate(
        posted(request),
        templates=GoalTemplate.objects.filter(pk__in=GoalTemplate.objects.on(today).values("pk")).order_by("title_nl"),
        persons=persons(request, running.family_id).filter(causes_harm=False),
        parts=reach.parts,
        today=today,
    )
    if form.is_valid():
        answers = form.cleaned_data
        operations.use_template(
            running,
            answers["template"],
            domain=answers["domain"],
            about=answers["about"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The goal stands in the plan with its agreements. Look at the days together."))
        return redirect(running)
    trajectory = Trajectory.objects.permitting(request.user, Action.CONTRIBUTE_TO_PLAN).filter(
        family=running.family_id, ends_on=None
    )
    known = trajectory.exclude(departs_on=None).exists()
    lead = _("The days are counted from today and from the departure.")
    if not known:
        lead = _("The day of departure is not known yet, so all days are counted from today.")
    title = _("A goal from an example")
    return ask(request, form, Question(title, _("Put it in the plan"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def add_action(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = get_visible_or_404(request, Goal, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.CONTRIBUTE_TO_PLAN)
    form = forms.AddAction(posted(request), around=around(request, goal.family_id))
    if form.is_valid():
        operations.agree_action(
            goal,
            what=form.cleaned_data["what"],
            responsible=form.responsible,
            due_on=form.cleaned_data["due_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("It stands in the plan."))
        return redirect(goal)
    title = _("Agree who does what")
    return ask(request, form, Question(title, _("Put it in the plan"), goal.aim, "", *the_plan(goal.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def add_participant(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = get_visible_or_404(request, Goal, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.CONTRIBUTE_TO_PLAN)
    form = forms.AddParticipant(posted(request), around=around(request, goal.family_id))
    if form.is_valid():
        operations.add_participant(
            goal, who=form.responsible, task=form.cleaned_data["task"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("It stands in the plan."))
        return redirect(goal)
    title = _("Say who takes part")
    return ask(request, form, Question(title, _("Put it in the plan"), goal.aim, "", *the_plan(goal.family_id)))


@require_POST
def complete_action(request: UserRequest, pk: UUID) -> HttpResponse:
    action = get_visible_or_404(request, PlanAction, pk=pk, seen_as=None, may=Action.CONTRIBUTE_TO_PLAN)
    operations.complete_action(action, by=request.user, at=timezone.now())
    messages.success(request, _("Done."))
    return redirect(action)


@require_http_methods(["GET", "POST"])
@lose_nothing
def result(request: UserRequest, pk: UUID) -> HttpResponse:
    goal = get_visible_or_404(request, Goal, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    form = forms.Result(posted(request))
    if form.is_valid():
        operations.record_result(
            goal,
            result=GoalResult(form.cleaned_data["result"]),
            words=form.cleaned_data["words"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The result stands in the plan."))
        return redirect(goal)
    title = _("Round the goal off")
    return ask(request, form, Question(title, _("Record the result"), goal.aim, "", *the_plan(goal.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def note_finding(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.CONTRIBUTE_TO_PLAN)
    reach = policy.reach(request.user, Action.CONTRIBUTE_TO_PLAN, running.family_id)
    form = forms.NoteFinding(
        posted(request),
        persons=persons(request, running.family_id).filter(causes_harm=False),
        parts=reach.parts,
        today=timezone.localdate(),
    )
    if form.is_valid():
        answers = form.cleaned_data | {"kind": FindingKind(form.cleaned_data["kind"])}
        operations.note_finding(running, **answers, by=request.user, at=timezone.now())
        messages.success(request, _("It stands in the plan."))
        return redirect(running)
    lead = _("Ask first what goes well. It is what a goal can be built on.")
    title = _("What goes well, what is needed")
    return ask(request, form, Question(title, _("Put it in the plan"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def name_source(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.CONTRIBUTE_TO_PLAN)
    works_here = FamilyPlan.objects.permitting(request.user, Action.EDIT_FAMILY_PLAN).filter(pk=running.pk).exists()
    own = Organisation.objects.filter(pk__in=list(request.user.standing)).order_by("plain_name", "pk")
    form = forms.NameSource(
        posted(request),
        organisations=helping(running.family_id) if works_here else own,
    )
    if form.is_valid():
        operations.name_source(running, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The plan is named as a source. A goal can now be taken over from it."))
        return redirect(running)
    lead = _("One family has one plan. What a partner had already is named here, and its goals are taken over.")
    title = _("Name a partner's own plan")
    return ask(request, form, Question(title, _("Name this plan"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def keep_part(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.KeepPart(posted(request), persons=persons(request, running.family_id).filter(causes_harm=False))
    if form.is_valid():
        operations.keep_part(running, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("This part is on no paper for that member. In the plan it counts as before."))
        return redirect("family_plans:contributions", running.pk)
    lead = _("A child, or a parent, can have a part that another member does not read. It stays in the one plan.")
    title = _("Keep a part apart")
    return ask(request, form, Question(title, _("Keep it apart"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
@lose_nothing
def hold_conference(request: UserRequest, pk: UUID) -> HttpResponse:
    running = get_visible_or_404(request, FamilyPlan, pk=pk, seen_as=None, may=Action.EDIT_FAMILY_PLAN)
    form = forms.HoldConference(
        posted(request),
        around=around(request, running.family_id),
        goals=Goal.objects.visible_to(request.user).filter(plan=running, result="").order_by("set_at", "pk"),
        initial={"held_on": timezone.localdate()},
    )
    if form.is_valid():
        operations.hold_conference(
            running,
            held_on=form.cleaned_data["held_on"],
            discussed=form.cleaned_data["discussed"],
            attendees=form.attendees,
            decisions=form.decisions,
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The conversation is recorded. Its decisions stand in the plan as agreements."))
        return redirect(running)
    lead = _("Each decision becomes an agreement at once, with somebody and a day.")
    title = _("Conversation of several parties")
    return ask(request, form, Question(title, _("Record the conversation"), lead, "", *the_plan(running.family_id)))


@require_http_methods(["GET", "POST"])
def practical(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_PLAN_VIEWED, may=Action.EDIT_FAMILY_PLAN)
    items = list(CodeItem.objects.of(PRACTICAL).valid_on(timezone.localdate()).in_order())
    if request.method == "POST":
        item = next((one for one in items if str(one.pk) == request.POST.get("item")), None)
        settled = request.POST.get("settled")
        if item and settled in PracticalNeed.Settled.values:
            operations.settle_practical_need(
                family, item=item, settled=PracticalNeed.Settled(settled), by=request.user, at=timezone.now()
            )
            messages.success(request, _("It is recorded."))
        return redirect(reverse("family_plans:practical", args=[family.pk]))
    settled_as = dict(PracticalNeed.objects.filter(family=family).values_list("item_id", "settled"))
    lines = [{"item": item, "settled": settled_as.get(item.pk, "")} for item in items]
    return render(
        request,
        "family_plans/practical.html",
        {"family": family, "lines": lines, "choices": PracticalNeed.Settled.choices},
    )
