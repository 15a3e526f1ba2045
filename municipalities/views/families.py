"""The lists of a coordinator, and what can be done about a family that stands on one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import COORDINATOR, Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family
from collaboration.models import Reply, Summons, Undone
from municipalities import for_you, operations, worklist
from municipalities.forms.families import AssignTeam, ReplyToSummons, Summon
from municipalities.place import teams_to_assign
from municipalities.watched import LISTS


@require_GET
def families(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(COORDINATOR):
        raise Http404
    record(Event.MUNICIPAL_LIST_VIEWED, actor=request.user)
    today = timezone.localdate()
    figures = worklist.figures(request.user, today=today)
    return render(
        request,
        "municipalities/families.html",
        {
            "figures": figures,
            "copies": worklist.copies(request.user, at=timezone.now()),
            "items": for_you.items(request.user, figures, today=today),
        },
    )


@require_GET
def watched(request: UserRequest, name: str) -> HttpResponse:
    if not request.user.organisations_as(COORDINATOR) or name not in LISTS:
        raise Http404
    record(Event.MUNICIPAL_LIST_VIEWED, actor=request.user, details={"list": name})
    page = worklist.page(request.user, name, today=timezone.localdate(), after=request.GET.get("na", ""))
    return render(request, "municipalities/watched.html", {"list": LISTS[name], "page": page})


def _family_or_404(request: UserRequest, reference: str, action: Action) -> Family:
    """Fetch by reference, which is all she knows. Not get_visible_or_404: its strip would show the file."""
    found: Family | None = Family.objects.permitting(request.user, action).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def assign_team(request: UserRequest, reference: str) -> HttpResponse:
    family = _family_or_404(request, reference, Action.ASSIGN_NEIGHBOURHOOD_TEAM)
    teams = teams_to_assign(request.user, today=timezone.localdate())
    form = AssignTeam(request.POST if request.method == "POST" else None, teams=teams)
    back = "municipalities:families" if request.user.organisations_as(COORDINATOR) else "signals:desk"
    if form.is_valid():
        team = form.cleaned_data["team"]
        operations.assign_neighbourhood_team(family, team=team, by=request.user, at=timezone.now())
        phone = team.central_phone
        messages.success(
            request,
            _("%(team)s has it on its list now. The alarm stands until somebody is regisseur.") % {"team": team.name}
            + (" " + _("Call them: %(phone)s.") % {"phone": phone} if phone else ""),
        )
        return redirect(back)
    return render(
        request, "municipalities/assign_team.html", {"form": form, "reference": reference, "teams": teams, "back": back}
    )


@require_http_methods(["GET", "POST"])
def summon(request: UserRequest, name: str, reference: str) -> HttpResponse:
    family = _family_or_404(request, reference, Action.SUMMON)
    if name not in Undone.values:
        raise Http404
    form = Summon(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.summon(family, undone=Undone(name), **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("It stands on the list of who must act. You see the answer here."))
        return redirect("municipalities:watched", name)
    return render(request, "municipalities/summon.html", {"form": form, "reference": reference, "list": LISTS[name]})


@require_http_methods(["GET", "POST"])
def asked(request: UserRequest, pk: UUID) -> HttpResponse:
    summons = get_visible_or_404(request, Summons, pk=pk, seen_as=Event.SUMMONS_VIEWED, may=Action.REPLY_TO_SUMMONS)
    form = ReplyToSummons(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.reply_to_summons(
            summons,
            reply=Reply(form.cleaned_data["reply"]),
            planned_on=form.cleaned_data["planned_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The municipality sees your answer."))
        return redirect("municipalities:summons", summons.pk)
    return render(
        request,
        "municipalities/asked.html",
        {
            "summons": summons,
            "form": form,
            "subject": Undone(summons.undone).label,
            "reference": summons.family.reference,
        },
    )
