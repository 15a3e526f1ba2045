from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family
from core.paper.http import download
from follow_ups import operations as follow_up_operations
from follow_ups.models import FollowUp
from overview import asked, clock, family_page, health, papers, worklist
from overview import team as team_page
from overview import today as today_page
from overview.context import home_of
from overview.own_records import OwnRecords
from overview.strip import strip_of

_MOST = 200


@require_GET
def today(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WORKER):
        return redirect(home_of(request.user))
    day, now = timezone.localdate(), timezone.now()
    late, due, coming = today_page.owed(request.user, day)
    return render(
        request,
        "overview/today.html",
        {
            "day": day,
            "late": late,
            "today": due,
            "parts": today_page.parts(request.user, now, late=late, due=due, asked=asked.to_weigh(request.user, now)),
            "coming": coming,
            "clock": clock.state_of_reminders(now),
        },
    )


@require_GET
def team(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.TEAM_LEAD):
        raise Http404
    record(Event.TEAM_VIEWED, actor=request.user)
    page = team_page.team(request.user, today=timezone.localdate(), now=timezone.now(), after=request.GET.get("na", ""))
    labels = {
        "due": _("First thing to do"),
        "late": _("Late"),
        "support": _("Support until"),
        "watch": _("Watch until"),
        "who": _("Who has it"),
    }
    return render(request, "overview/team.html", {"page": page, "labels": labels})


@require_GET
def families(request: UserRequest) -> HttpResponse:
    page = worklist.caseload(request.user, today=timezone.localdate(), after=request.GET.get("na", ""))
    return render(request, "overview/families.html", {"page": page})


@require_GET
def family(request: UserRequest, pk: UUID) -> HttpResponse:
    opened = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    strip = strip_of(opened.pk, request.user, here="overview:family")
    if strip is None:
        raise Http404
    request.strip = strip  # type: ignore[attr-defined]  # the frame of the page shows it, and need not read it again
    page = family_page.read(opened, request.user, strip, today=timezone.localdate())
    return render(request, "overview/family.html", {"family": opened, "page": page})


@require_GET
def handed_over(request: UserRequest) -> HttpResponse:
    families = Family.objects.permitting(request.user, Action.VIEW_OWN_RECORDS).order_by("reference")[:_MOST]
    return render(request, "overview/handed_over.html", {"families": families})


@require_GET
def own_records(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.OWN_RECORDS_VIEWED, may=Action.VIEW_OWN_RECORDS)
    return render(
        request,
        "overview/own_records.html",
        {"family": family, "kept": OwnRecords.of(family, request.user, now=timezone.now())},
    )


@require_POST
def close_follow_up(request: UserRequest, pk: UUID) -> HttpResponse:
    follow_up = get_visible_or_404(request, FollowUp, pk=pk, seen_as=None)
    follow_up_operations.close(follow_up, by=request.user, at=timezone.now())
    messages.success(request, _("Done. It is off the list."))
    return redirect("overview:today")


@require_GET
def bag_card(request: UserRequest) -> HttpResponse:
    record(Event.PAPER_ISSUED, actor=request.user, details={"paper": "bag_card"})
    return download(papers.bag_card(get_language() or "nl"))


@login_not_required
@require_GET
def healthy(request: HttpRequest, asked: str) -> HttpResponse:
    return health.answer(asked, clock.state_of_reminders(timezone.now()))


@require_GET
def operation(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_OPERATION]):
        raise Http404
    found = clock.state_of_reminders(timezone.now())
    sweep, dispatch = health.last_runs()
    return render(
        request,
        "overview/operation.html",
        {
            "clock": found,
            "faults": health.remedies(found),
            "sweep": sweep,
            "dispatch": dispatch,
            "started": health.started(),
        },
    )
