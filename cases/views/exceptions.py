from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access import policy
from access.http import get_visible_or_404
from access.models import Assignment, AssignmentKind
from access.policy import Action
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from audit.events import Event
from cases import operations
from cases.forms import exceptions as forms
from cases.models import Family


@require_http_methods(["GET", "POST"])
def barred(request: UserRequest, pk: UUID) -> HttpResponse:
    """Who may not see this family, and one more."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.BAR)
    form = forms.Bar(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.bar(family, who=form.who, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("From now on this person sees nothing of the family, whatever happens."))
        return redirect("cases:barred", family.pk)
    kept_out = (
        Assignment.objects.permitting(request.user, Action.BAR)
        .live(timezone.now())
        .filter(family=family, kind=AssignmentKind.BARRED)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    return render(request, "cases/barred.html", {"family": family, "form": form, "barred": kept_out})


@require_http_methods(["GET", "POST"])
def lift_bar(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Assignment, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.BAR)
    form = forms.LiftBar(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.lift_bar(found, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("This person is not kept out any more, and gets nothing back by it."))
        return redirect("cases:barred", found.family_id)
    return render(request, "cases/lift_bar.html", {"found": found, "form": form})


@require_http_methods(["GET", "POST"])
def break_glass(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.BREAK_GLASS]):
        raise Http404
    form = forms.BreakGlass(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        glass = operations.break_glass(
            form.cleaned_data["reference"],
            because=form.cleaned_data["because"],
            second_factor_at=second_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        if glass is not None:
            messages.warning(request, _("You can read this file for four hours. The regisseur knows."))
            return redirect(glass.family)
        form.add_error("reference", _("Your organisation does not work with a family with this reference."))
    return render(request, "cases/break_glass.html", {"form": form})
