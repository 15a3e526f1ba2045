from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Person, Place
from safety_plans import forms, operations, reading
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.relapse import relapse_signs


@require_GET
def edit(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=Event.SAFETY_PLAN_VIEWED, may=Action.EDIT_SAFETY_PLAN)
    if made.status != Status.DRAFT:
        return redirect(made)
    persons = Person.objects.filter(family=made.family_id, place__in=[Place.CLIENT, Place.CHILD]).once()
    context = {"plan": made, "reading": reading.read(made, persons=persons), "sections": Section.choices}
    return render(request, "safety_plans/edit.html", context)


@require_http_methods(["GET", "POST"])
def write(request: UserRequest, pk: UUID, section: str) -> HttpResponse:
    made = get_visible_or_404(request, SafetyPlan, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    if section not in Section.values:
        raise Http404
    if request.method == "GET" and made.status != Status.DRAFT:
        return redirect(made)
    form = _form(request, made, Section(section), initial={"person": request.GET.get("voor", "")})
    if form.is_valid():
        item = operations.add_item(made, form.line, section=Section(section), by=request.user, at=timezone.now())
        _tell(request, made, item)
        return redirect("safety_plans:edit", item.plan_id)
    title = Section(section).label
    return render(request, "safety_plans/write.html", {"plan": made, "form": form, "title": title})


@require_http_methods(["GET", "POST"])
def change(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made, section = item.plan, Section(item.section)
    if request.method == "GET" and made.status != Status.DRAFT:
        return redirect(made)
    form = _form(request, made, section, initial=forms.line_of(item))
    if form.is_valid():
        new = operations.change_item(item, form.line, by=request.user, at=timezone.now())
        _tell(request, made, new)
        return redirect("safety_plans:edit", new.plan_id)
    return render(
        request, "safety_plans/write.html", {"plan": made, "form": form, "title": section.label, "item": item}
    )


def _form(request: UserRequest, made: SafetyPlan, section: Section, initial: dict[str, object]) -> forms.WriteLine:
    signs = relapse_signs(timezone.localdate()) if section == Section.RELAPSE else ()
    return forms.WriteLine(
        request.POST if request.method == "POST" else None,
        section=section,
        persons=Person.objects.visible_to(request.user).filter(family=made.family).in_reading_order(),
        signs=list(signs),
        initial=initial,
    )


def _tell(request: UserRequest, meant: SafetyPlan, item: SafetyPlanItem) -> None:
    """Say where the line stands: another worker may have been faster, and nothing was lost."""
    if item.plan_id != meant.pk:
        words = _("Version %(number)s came to hold while you were writing. Your line stands in the draft of the next.")
        messages.warning(request, words % {"number": meant.version})
    elif SafetyPlanItem.objects.filter(plan=item.plan_id, line=item.line).standing().count() > 1:
        messages.warning(
            request, _("Somebody else changed this line as well. Both wordings stand in the draft: choose one.")
        )
    else:
        messages.success(request, _("It stands in the draft."))


@require_POST
def remove(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.remove_item(item, by=request.user, at=timezone.now())
    messages.success(request, _("It is out of the draft."))
    return redirect("safety_plans:edit", made.pk)


@require_POST
def choose(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.choose(item, by=request.user, at=timezone.now())
    messages.success(request, _("This wording stays."))
    return redirect("safety_plans:edit", made.pk)


@require_POST
def keep_both(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    made = operations.keep_both(item, by=request.user, at=timezone.now())
    messages.success(request, _("Both stay."))
    return redirect("safety_plans:edit", made.pk)


@require_http_methods(["GET", "POST"])
def check(request: UserRequest, pk: UUID) -> HttpResponse:
    item = get_visible_or_404(request, SafetyPlanItem, pk=pk, seen_as=None, may=Action.EDIT_SAFETY_PLAN)
    if item.section != Section.CONDITIONS:
        raise Http404
    today = timezone.localdate()
    form = forms.CheckCondition(request.POST if request.method == "POST" else None, initial={"checked_on": today})
    if form.is_valid():
        operations.check_condition(
            item,
            on=form.cleaned_data["checked_on"],
            is_kept=form.cleaned_data["is_kept"] == "yes",
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The check is recorded."))
        return redirect("safety_plans:plan", item.family_id)
    return render(request, "safety_plans/check.html", {"item": item, "form": form})
