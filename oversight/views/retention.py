"""How long files are kept: the terms, what is held, what is proposed for destruction. References only."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.models import Hold, HoldKind
from access.policy import PRIVACY_OFFICER, WITHIN_ORGANISATION, Action
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from audit.events import Event
from oversight import forms, holdings, operations
from oversight.models import Destruction, RetentionTerm


@require_http_methods(["GET", "POST"])
def retention(request: UserRequest) -> HttpResponse:
    """The terms and what is proposed, for the two who approve; what is held, for the privacy officer."""
    if not request.user.organisations_as(WITHIN_ORGANISATION[Action.APPROVE_DESTRUCTION]):
        raise Http404
    may_hold = bool(request.user.organisations_as(PRIVACY_OFFICER))
    typed = request.POST if request.method == "POST" and may_hold else None
    form = forms.SetHold(typed, by=request.user, action=Action.HOLD)
    if form.is_valid():
        operations.hold(
            form.family,
            kind=HoldKind(form.cleaned_data["kind"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("This file stays until somebody lets it go."))
        return redirect("oversight:retention")
    holds = Hold.objects.visible_to(request.user).standing().select_related("family", "set_by")
    batches = Destruction.objects.of(request.user).prefetch_related("items").order_by("-proposed_at", "pk")
    return render(
        request,
        "oversight/retention.html",
        {
            "form": form,
            "may_hold": may_hold,
            "holds": holds.order_by("set_at", "pk")[:50],
            "terms": RetentionTerm.objects.filter(valid_until=None).order_by("years", "law"),
            "batches": batches[:20],
        },
    )


@require_http_methods(["GET", "POST"])
def end_hold(request: UserRequest, pk: UUID) -> HttpResponse:
    held = get_visible_or_404(request, Hold, pk=pk, seen_as=None)
    # The strip would name the family; the file is not hers to see.
    del request.family_id
    form = forms.EndHold(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.end_hold(held, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("This file is not held any more."))
        return redirect("oversight:retention")
    return render(request, "oversight/end_hold.html", {"held": held, "form": form})


@require_GET
def what_there_is(request: UserRequest, pk: UUID) -> HttpResponse:
    """What there is of a file that is held: kinds and numbers, for who answers a court. Nothing of what is in them."""
    held = get_visible_or_404(request, Hold, pk=pk, seen_as=Event.HOLDINGS_VIEWED)
    # The strip would name the family; the file is not hers to see.
    del request.family_id
    found = holdings.of_family(held.family)
    return render(
        request, "oversight/what_there_is.html", {"held": held, "holdings": found, "today": timezone.localdate()}
    )


def _batch_or_404(request: UserRequest, pk: UUID) -> Destruction:
    # Of an organisation and not of a family: there is nothing for get_visible_or_404 to ask.
    found: Destruction | None = (
        Destruction.objects.of(request.user).select_related("first_by", "second_by").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def destruction(request: UserRequest, pk: UUID) -> HttpResponse:
    """One proposal: its files by reference, and the approval of one of two persons."""
    batch = _batch_or_404(request, pk)
    form = forms.Approve(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        batch = operations.approve_destruction(
            batch, second_factor_at=second_factor_at(request), by=request.user, at=timezone.now()
        )
        if batch.second_by_id:
            messages.success(request, _("Approved by two. They are destroyed tonight."))
        else:
            messages.success(request, _("Approved by you. Somebody else must approve it too."))
        return redirect("oversight:retention")
    items = batch.items.order_by("from_day", "reference")
    return render(request, "oversight/destruction.html", {"batch": batch, "items": items, "form": form})


@require_http_methods(["GET", "POST"])
def refuse(request: UserRequest, pk: UUID) -> HttpResponse:
    batch = _batch_or_404(request, pk)
    form = forms.Refuse(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.refuse_destruction(batch, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("These files stay. What is still due comes back in a later proposal."))
        return redirect("oversight:retention")
    return render(request, "oversight/refuse.html", {"batch": batch, "form": form})
