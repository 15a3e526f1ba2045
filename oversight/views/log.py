"""The pages of the log itself. What one's own people did by name; what others did by what they are."""

import json
from secrets import token_hex
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import PRIVACY_OFFICER, WITHIN_ORGANISATION, Action
from accounts.models import Membership, User
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from audit.events import Event
from audit.record import record
from cases.models import Family
from cases.operations import issue_paper
from core import spreadsheets
from core.paper.http import download
from oversight import forms, inspection, log, operations, policy_page, readers_paper


def _organisation(request: UserRequest, action: Action) -> UUID:
    """Return the organisation whose log this user reads: with several, the one with the lowest key."""
    organisations = request.user.organisations_as(WITHIN_ORGANISATION[action])
    if not organisations:
        raise Http404
    return organisations[0]


@require_http_methods(["GET", "POST"])
def own(request: UserRequest) -> HttpResponse:
    organisation = _organisation(request, Action.READ_LOG)
    members = Membership.objects.filter(organisation_id=organisation)
    people = list(User.objects.filter(pk__in=members.values("user_id")).order_by("name", "pk"))
    typed = request.POST if request.method == "POST" else forms.last_week(timezone.localdate())
    form = forms.OwnLogFilter(typed, by=request.user, people=people)
    record(Event.LOG_VIEWED, actor=request.user, organisation_id=organisation)
    page = None
    if form.is_valid():
        since, until = form.moments
        page = log.own(
            organisation,
            since=since,
            until=until,
            who=UUID(form.cleaned_data["who"]) if form.cleaned_data["who"] else None,
            family=form.family,
            number=form.cleaned_data["page"] or 1,
            by=request.user,
        )
    return render(request, "oversight/log.html", {"form": form, "page": page, "is_own": True})


@require_http_methods(["GET", "POST"])
def outward(request: UserRequest) -> HttpResponse:
    organisation = _organisation(request, Action.READ_LOG)
    typed = request.POST if request.method == "POST" else forms.last_week(timezone.localdate())
    form = forms.LogFilter(typed, by=request.user)
    record(Event.LOG_VIEWED, actor=request.user, organisation_id=organisation)
    page = None
    if form.is_valid():
        since, until = form.moments
        page = log.outward(
            organisation,
            since=since,
            until=until,
            family=form.family,
            number=form.cleaned_data["page"] or 1,
            by=request.user,
        )
    return render(request, "oversight/log.html", {"form": form, "page": page, "is_own": False})


@require_http_methods(["GET", "POST"])
def proof(request: UserRequest) -> HttpResponse:
    """Take out the sealed rows of a period, which `verify_proof` checks without the database."""
    organisation = _organisation(request, Action.EXPORT_PROOF)
    form = forms.TakeProof(
        request.POST if request.method == "POST" else None,
        request=request,
        initial=forms.last_week(timezone.localdate()),
    )
    if not form.is_valid():
        return render(request, "oversight/proof.html", {"form": form, "most": log.MOST_ROWS})
    since, until = form.moments
    rows, has_more = log.proof(organisation, since=since, until=until)
    now = timezone.now()
    operations.export_proof(
        organisation, rows=len(rows), second_factor_at=second_factor_at(request), by=request.user, at=now
    )
    taken = {
        "taken_by": str(request.user.pk),
        "taken_at": now.isoformat(),
        "number": token_hex(4),
        # Who is handed a part must not take it for all that happened.
        "from": since.isoformat(),
        "until": until.isoformat(),
        "has_more": has_more,
        "rows": rows,
    }
    answer = HttpResponse(json.dumps(taken, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="bewijs-{token_hex(4)}.json"'
    return answer


@require_http_methods(["GET", "POST"])
def inspect(request: UserRequest) -> HttpResponse:
    """Take out how the work on each file went, without a name, for an inspectorate."""
    organisation = _organisation(request, Action.EXPORT_INSPECTION)
    typed = request.POST if request.method == "POST" else None
    form = forms.TakeInspection(typed, request=request, initial=forms.last_week(timezone.localdate()))
    if not form.is_valid():
        return render(request, "oversight/inspection.html", {"form": form, "most": inspection.MOST_FILES})
    (since, until), now, number = form.moments, timezone.now(), token_hex(4)
    found = inspection.part(inspection.files(organisation, by=request.user, at=now), form.cleaned_data["part"])
    rows = inspection.lines(found, since=since, until=until)
    operations.export_inspection(
        organisation,
        files=len(rows),
        number=number,
        second_factor_at=second_factor_at(request),
        by=request.user,
        at=now,
    )
    # The number leads to who took it out, in the log and nowhere else.
    mark = [_("Export for an inspectorate"), number, now.date().isoformat()]
    answer = HttpResponse(
        spreadsheets.write([mark, inspection.columns(), *rows]), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="inspectie-{number}.csv"'
    return answer


@require_GET
def readers_on_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=None, may=Action.VIEW_READERS)
    now = timezone.now()
    pdf, mark = readers_paper.make(family, printed_by=request.user, at=now, language=get_language() or "nl")
    issue_paper(
        family, "readers", number=mark.number, about=family, action=Action.VIEW_READERS, by=request.user, at=now
    )
    return download(pdf)


@require_GET
def who_may(request: UserRequest) -> HttpResponse:
    """The whole policy as a page, made from the table that decides."""
    if not request.user.organisations_as(PRIVACY_OFFICER):
        raise Http404
    return render(request, "oversight/who_may.html", policy_page.tables())
