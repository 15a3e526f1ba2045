from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, RegisseurPeriod, Trajectory
from handover import forms, operations
from handover.models import AgendaPoint, Handover, JointVisit, Move, Status
from handover.offered import Offered
from organisations.kinds import DefaultKind

OFFER_DRAFT = "handover:offer"


@require_GET
def to_answer(request: UserRequest) -> HttpResponse:
    waiting = Handover.objects.to_answer(request.user).select_related("family", "from_organisation")
    return render(request, "handover/to_answer.html", {"handovers": waiting, "today": timezone.localdate()})


@require_GET
def handover(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Handover, pk=pk, seen_as=Event.HANDOVER_VIEWED)
    its = Handover.objects.filter(pk=opened.pk)
    return render(
        request,
        "handover/handover.html",
        {
            "handover": opened,
            "offered": Offered.of(opened),
            "visits": JointVisit.objects.filter(handover=opened).order_by("planned_on", "pk"),
            "agenda": AgendaPoint.objects.filter(handover=opened).select_related("settled_by").in_reading_order(),
            "may_talk": its.permitting(request.user, Action.HOLD_CONVERSATION).exists()
            and opened.status in {Status.OFFERED, Status.ACCEPTED},
            "was_warm": opened.was_warm,
            "may_answer": opened.is_open and its.permitting(request.user, Action.ANSWER_HANDOVER).exists(),
            "may_change": its.permitting(request.user, Action.OFFER_HANDOVER).exists(),
            "may_open_file": Family.objects.visible_to(request.user).filter(pk=opened.family_id).exists(),
            "today": timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def offer(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.OFFER_HANDOVER)
    opened = Handover.objects.visible_to(request.user).filter(family=family).open().first()
    if opened:
        return redirect(opened)
    current = RegisseurPeriod.objects.visible_to(request.user).filter(family=family).current().first()
    if current is None:
        raise Http404
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, OFFER_DRAFT, dict(request.POST.lists()), at=timezone.now(), about=family.pk)
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("handover:offer", family.pk)
    kept = drafts.kept(request.user, OFFER_DRAFT, now=timezone.now(), about=family.pk)
    form = _offer_form(request, family, current, kept)
    context = {"family": family, "form": form, "kept": kept}
    if not form.is_valid() or "change" in request.POST:
        return render(request, "handover/offer.html", context)
    if "confirm" not in request.POST:
        offered = Offered.as_it_would_be(family, form.what, sender=current.organisation, by=request.user)
        return render(request, "handover/offer.html", context | {"offered": offered})
    made = operations.offer(family, to=form.cleaned_data["to"], what=form.what, by=request.user, at=timezone.now())
    drafts.discard(request.user, OFFER_DRAFT, about=family.pk)
    messages.success(request, _("The handover is offered. Until it is accepted you stay regisseur."))
    return redirect(made)


@require_POST
def accept(request: UserRequest, pk: UUID) -> HttpResponse:
    taken = Handover.objects.taken_over_for(request.user).filter(pk=pk).first()
    if taken is not None:  # a second click, or a tab that stood open while a colleague was faster
        messages.warning(request, _("This handover was accepted already."))
        return redirect(taken.family if taken.decided_by_id == request.user.pk else "handover:to_answer")
    opened = get_visible_or_404(request, Handover, pk=pk, seen_as=None, may=Action.ANSWER_HANDOVER)
    operations.accept(opened, by=request.user, at=timezone.now())
    messages.success(request, _("You are the regisseur now. This is the file."))
    return redirect(opened.family)


@require_http_methods(["GET", "POST"])
def decline(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Handover, pk=pk, seen_as=Event.HANDOVER_VIEWED, may=Action.ANSWER_HANDOVER)
    form = forms.Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.decline(opened, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("You declined. The sender stays regisseur and reads why."))
        return redirect("handover:to_answer")
    return render(request, "handover/decline.html", {"handover": opened, "form": form})


@require_http_methods(["GET", "POST"])
def withdraw(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Handover, pk=pk, seen_as=Event.HANDOVER_VIEWED, may=Action.OFFER_HANDOVER)
    form = forms.Reason(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.withdraw(opened, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("The handover is withdrawn. The other side cannot see it any more."))
        return redirect(opened)
    return render(request, "handover/withdraw.html", {"handover": opened, "form": form})


@require_http_methods(["GET", "POST"])
def settle_topic(request: UserRequest, pk: UUID) -> HttpResponse:
    point = get_visible_or_404(request, AgendaPoint, pk=pk, seen_as=Event.HANDOVER_VIEWED, may=Action.HOLD_CONVERSATION)
    form = forms.SettleTopic(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        if answers["answer"] == "discussed":
            operations.discuss(point, on=answers["on"], by=request.user, at=now)
        else:
            operations.leave_out(point, because=answers["because"], by=request.user, at=now)
        messages.success(request, _("That point is settled."))
        return redirect(point)
    return render(request, "handover/settle_topic.html", {"point": point, "form": form})


@require_http_methods(["GET", "POST"])
def plan_visit(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Handover, pk=pk, seen_as=Event.HANDOVER_VIEWED, may=Action.OFFER_HANDOVER)
    form = forms.PlanVisit(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.plan_visit(
            opened, on=form.cleaned_data["on"], attendees=form.cleaned_data["attendees"], by=request.user
        )
        messages.success(request, _("The visit is planned."))
        return redirect(opened)
    return render(request, "handover/plan_visit.html", {"handover": opened, "form": form})


@require_http_methods(["GET", "POST"])
def hold_visit(request: UserRequest, pk: UUID) -> HttpResponse:
    visit = get_visible_or_404(request, JointVisit, pk=pk, seen_as=Event.HANDOVER_VIEWED, may=Action.OFFER_HANDOVER)
    form = forms.HoldVisit(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    if form.is_valid():
        operations.hold_visit(visit, on=form.cleaned_data["on"], by=request.user, at=timezone.now())
        messages.success(request, _("The visit is written down. This was a warm handover."))
        return redirect(visit)
    return render(request, "handover/hold_visit.html", {"handover": visit.handover, "form": form})


def _offer_form(
    request: UserRequest, family: Family, current: RegisseurPeriod, kept: drafts.Kept | None
) -> forms.OfferHandover:
    trajectory = Trajectory.objects.visible_to(request.user).filter(family=family, ends_on=None).first()
    moving = Move.objects.visible_to(request.user).filter(trajectory=trajectory, completed_at=None).first()
    goes = moving or trajectory
    near = goes.municipality if goes else None
    organisations = forms.receivers(other_than=current.organisation, near=near, today=timezone.localdate())
    # A team is proposed and nobody else: a file must not go where it was only not looked at.
    teams = organisations.filter(municipality=near, kind__slug=DefaultKind.NEIGHBOURHOOD_TEAM)
    first = teams.first() if near else None
    form = forms.OfferHandover(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        initial={
            "to": first and first.pk,
            "involvement_ends_on": trajectory.involvement_ends_on if trajectory else None,
        },
    )
    drafts.fill_in(form, kept)
    return form
