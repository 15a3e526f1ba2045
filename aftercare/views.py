from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from aftercare import forms, operations, papers, reading
from aftercare.clocks import becomes_shorter, clocks_of
from aftercare.contact_days import may_answer_year
from aftercare.models import (
    Channel,
    EarlyClosing,
    EndCause,
    Enough,
    OutOfSight,
    Rhythm,
    SearchResult,
    SearchStep,
    Strippenkaart,
)
from audit.events import Event
from audit.record import record
from cases.models import Family, Person, Place, Trajectory
from core.paper.http import download
from follow_ups.models import FollowUp

CHECK_IN_DRAFT = "aftercare:check_in"


@require_GET
def family(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    trajectory = _trajectory(request, opened)
    now = timezone.now()
    seen = reading.sights(trajectory, request.user, now=now)
    history = reading.check_ins(trajectory, request.user)
    ahead = reading.planned(opened, request.user)
    clocks = clocks_of(trajectory)
    until = clocks.both_until
    return render(
        request,
        "aftercare/family.html",
        {
            "family": opened,
            "trajectory": trajectory,
            "clocks": clocks,
            "closable_from": until + timedelta(days=1) if until else None,
            "closable": trajectory.ends_on is None and clocks.closable_on(timezone.localdate(now)),
            "needs_planning": reading.needs_planning(trajectory, request.user),
            "sights": seen,
            "ahead": ahead[: reading.SHOWN],
            "ahead_count": len(ahead),
            "check_ins": history[: reading.SHOWN],
            "check_in_count": len(history),
            "lines": reading.year_lines(trajectory, seen, history, ahead, today=timezone.localdate(now)),
            "front_door": reading.front_door(opened, request.user, today=timezone.localdate(now)),
            "factors": reading.factors(trajectory, request.user),
            "early": EarlyClosing.objects.visible_to(request.user).filter(trajectory=trajectory).first(),
            "search": OutOfSight.objects.visible_to(request.user).filter(family=opened).open().first(),
            "asks_year": trajectory.ends_on is None and may_answer_year(trajectory, timezone.localdate(now)),
            "year_answer": reading.year_answer(trajectory, request.user),
            "cards": reading.cards(trajectory, request.user),
            "rhythm": forms.ChooseRhythm(),
            "issue": forms.IssueCard(),
            "use": forms.UseStrip(),
            "today": timezone.localdate(now),
        },
    )


@require_POST
def start(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.PLAN_DEPARTURE)
    form = forms.ChooseRhythm(request.POST)
    # A page from before there was a choice posts none: then it is the usual rhythm.
    rhythm = Rhythm(form.cleaned_data["rhythm"]) if form.is_valid() else Rhythm.DEFAULT
    operations.start_aftercare(_trajectory(request, opened), rhythm=rhythm, by=request.user, at=timezone.now())
    messages.success(request, _("The contacts of the year are planned."))
    return redirect("aftercare:family", pk)


@require_http_methods(["GET", "POST"])
def check_in(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.RECORD_CHECK_IN)
    now = timezone.now()
    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, CHECK_IN_DRAFT, dict(request.POST.lists()), at=now, about=opened.pk)
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("aftercare:check_in", pk)

    kept = drafts.kept(request.user, CHECK_IN_DRAFT, now=now, about=opened.pk)
    household = Person.objects.visible_to(request.user).filter(family=opened).exclude(place=Place.EX_PARTNER)
    form = forms.CheckInForm(
        request.POST if request.method == "POST" else None,
        persons=household.in_reading_order(),
        now=now,
        help_lines=reading.help_lines(opened, request.user),
        initial={"day": timezone.localdate(now)},
    )
    drafts.fill_in(form, kept)
    if form.is_valid():
        recorded = operations.record_check_in(
            _trajectory(request, opened),
            form.attempt,
            answers=form.answers,
            seen=form.seen_persons,
            brought_up=form.brought_up,
            by=request.user,
            at=now,
        )
        drafts.discard(request.user, CHECK_IN_DRAFT, about=opened.pk)
        opened_work = FollowUp.objects.visible_to(request.user).filter(about_id=recorded.pk).count()
        messages.success(request, _saved(opened_work))
        return redirect("aftercare:family", pk)
    needs = [need for client in household.filter(place=Place.CLIENT) for need in client.needs_in_contact]
    return render(request, "aftercare/check_in.html", {"family": opened, "form": form, "kept": kept, "needs": needs})


@require_POST
def keep_check_in(request: UserRequest, pk: UUID) -> HttpResponse:
    """Keep what is being typed, for a page that saves by itself. It answers when: the page shows that moment."""
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    now = timezone.now()
    drafts.keep(request.user, CHECK_IN_DRAFT, dict(request.POST.lists()), at=now, about=opened.pk)
    return JsonResponse({"saved_at": date_format(timezone.localtime(now), "H.i")})


@require_http_methods(["GET", "POST"])
def own_request(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.RECORD_CHECK_IN)
    form = forms.RecordOwnRequest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.record_own_request(opened, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Recorded. It is on the list of the regisseur now."))
        return redirect("aftercare:family", pk)
    return render(request, "aftercare/own_request.html", {"family": opened, "form": form})


@require_GET
def contact_card(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    point = papers.contact_point_of(_trajectory(request, opened))
    if point is None:
        messages.warning(request, _("This municipality has no contact point yet. Ask its coordinator."))
        return redirect("aftercare:family", pk)
    record(Event.PAPER_ISSUED, actor=request.user, subject=opened, details={"paper": "contact_card"})
    return download(papers.contact_card(opened, point, language=get_language() or "nl"))


@require_http_methods(["GET", "POST"])
def change_end(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = _trajectory(request, opened)
    form = forms.ChangeAftercareEnd(
        request.POST if request.method == "POST" else None,
        needs_cause=lambda day: becomes_shorter(trajectory, day),
        initial={"ends_on": trajectory.involvement_ends_on},
    )
    if form.is_valid():
        operations.change_aftercare_end(
            trajectory,
            ends_on=form.cleaned_data["ends_on"],
            cause=EndCause(form.cleaned_data["cause"]),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Saved. The watch and the contacts ahead move along."))
        return redirect("aftercare:family", pk)
    return render(request, "aftercare/change_end.html", {"family": opened, "form": form})


@require_http_methods(["GET", "POST"])
def allow_early(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.ALLOW_EARLY_CLOSING)
    trajectory = (
        Trajectory.objects.permitting(request.user, Action.ALLOW_EARLY_CLOSING)
        .filter(family=opened)
        .latest("starts_on")
    )
    form = forms.SayWhy(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.allow_early_closing(trajectory, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Recorded with your reason. The regisseur may close it."))
        return redirect("overview:team")
    context = {"reference": opened.reference, "form": form, "clocks": clocks_of(trajectory), "family": opened}
    return render(request, "aftercare/allow_early.html", context)


@require_http_methods(["GET", "POST"])
def reopen(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.CLOSE_TRAJECTORY)
    form = forms.SayWhy(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.reopen_trajectory(
            _trajectory(request, opened), **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("Open again. Contact within two working days is on the list."))
        return redirect("aftercare:family", pk)
    return render(request, "aftercare/reopen.html", {"family": opened, "form": form})


@require_http_methods(["GET", "POST"])
def year(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.RECORD_CHECK_IN)
    trajectory = _trajectory(request, opened)
    form = forms.AnswerYear(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.answer_year(
            trajectory,
            enough=Enough(form.cleaned_data["enough"]),
            because=form.cleaned_data["because"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. The answer counts in the figures, without a name."))
        return redirect("aftercare:family", pk)
    context = {"family": opened, "form": form, "until": clocks_of(trajectory).support_until}
    return render(request, "aftercare/year.html", context)


@require_http_methods(["GET", "POST"])
def close(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.CLOSE_TRAJECTORY)
    trajectory = _trajectory(request, opened)
    form = forms.CloseTrajectory(
        request.POST if request.method == "POST" else None, initial=reading.answered(trajectory, request.user)
    )
    if form.is_valid():
        operations.close_trajectory(trajectory, **form.said, by=request.user, at=timezone.now())
        messages.success(request, _("The trajectory is closed. A strippenkaart keeps the door open."))
        return redirect("aftercare:family", pk)
    clocks = clocks_of(trajectory)
    context = {
        "family": opened,
        "form": form,
        "clocks": clocks,
        "closable": trajectory.ends_on is None
        and (
            clocks.closable_on(timezone.localdate())
            or EarlyClosing.objects.visible_to(request.user).filter(trajectory=trajectory).exists()
        ),
    }
    return render(request, "aftercare/close.html", context)


@require_http_methods(["GET", "POST"])
def out_of_sight(request: UserRequest, pk: UUID) -> HttpResponse:
    search = get_visible_or_404(request, OutOfSight, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.RECORD_CHECK_IN)
    form = forms.TakeStep(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.take_step(
            search,
            SearchStep(form.cleaned_data["step"]),
            result=SearchResult(form.cleaned_data["result"]),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The step is recorded. The next one is on your list."))
        return redirect(search)
    taken = list(search.steps.select_related("done_by").order_by("-done_on", "-pk"))
    return render(
        request,
        "aftercare/out_of_sight.html",
        {
            "search": search,
            "form": form,
            "taken": taken,
            "left": [label for step, label in SearchStep.choices if step not in {one.step for one in taken}],
            "days": (timezone.localdate() - search.since).days,
        },
    )


@require_POST
def confirm_out_of_sight(request: UserRequest, pk: UUID) -> HttpResponse:
    search = get_visible_or_404(request, OutOfSight, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    operations.confirm_out_of_sight(search, by=request.user, at=timezone.now())
    messages.success(request, _("The search has started. Take the first step today."))
    return redirect(search)


@require_POST
def end_out_of_sight(request: UserRequest, pk: UUID) -> HttpResponse:
    search = get_visible_or_404(request, OutOfSight, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    operations.end_because_seen(search, by=request.user, at=timezone.now())
    messages.success(request, _("The family is in sight again."))
    return redirect("aftercare:family", search.family_id)


@require_POST
def issue_card(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    form = forms.IssueCard(request.POST)
    if form.is_valid():
        operations.issue_strippenkaart(
            _trajectory(request, opened), size=form.cleaned_data["size"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("The strippenkaart is issued."))
    else:
        messages.error(request, _("Choose how many conversations the card has."))
    return redirect("aftercare:family", pk)


@require_GET
def print_card(request: UserRequest, pk: UUID) -> HttpResponse:
    card = get_visible_or_404(request, Strippenkaart, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    point = papers.contact_point_of(card.trajectory)
    if point is None:
        messages.warning(request, _("This municipality has no contact point yet. Ask its coordinator."))
        return redirect("aftercare:family", card.family_id)
    record(Event.PAPER_ISSUED, actor=request.user, subject=card, details={"paper": "strippenkaart"})
    return download(papers.strippenkaart(card, point, language=get_language() or "nl"))


@require_POST
def use_card(request: UserRequest, pk: UUID) -> HttpResponse:
    card = get_visible_or_404(request, Strippenkaart, pk=pk, seen_as=None, may=Action.RECORD_CHECK_IN)
    form = forms.UseStrip(request.POST)
    if form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        operations.use_strip(card, channel=channel, by=request.user, at=timezone.now())
        messages.success(request, _("The conversation is recorded."))
    else:
        messages.error(request, _("Choose how the conversation was."))
    return redirect("aftercare:family", card.family_id)


def _trajectory(request: UserRequest, of: Family) -> Trajectory:
    found = reading.trajectory_of(of, request.user)
    if found is None:
        raise Http404
    return found


def _saved(work: int) -> str:
    if not work:
        return _("The contact is recorded.")
    return ngettext(
        "The contact is recorded. It opened one task: it is on the list.",
        "The contact is recorded. It opened %(count)s tasks: they are on the list.",
        work,
    ) % {"count": work}
