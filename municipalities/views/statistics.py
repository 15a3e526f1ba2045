from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.requests import UserRequest
from accounts.step_up import is_fresh, second_factor_at, second_step_page
from audit.events import Event
from audit.record import record
from cases.papers import mark
from core.paper.http import download
from figures.areas import Geography
from figures.exporting import to_csv, to_xlsx
from figures.published import rows_of
from municipalities.figure_pages import PAGES, Asked, asked, board, drawn, may_view
from municipalities.yearly_report import yearly_report

_EXPORTS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_GET
def dashboard(request: UserRequest) -> HttpResponse:
    return _page(request, "dashboard")


@require_GET
def monitor(request: UserRequest) -> HttpResponse:
    return _page(request, "monitor")


def _page(request: UserRequest, page: str) -> HttpResponse:
    if not may_view(request.user):
        raise Http404
    shown = _asked(request)
    record(Event.FIGURES_VIEWED, actor=request.user, details={"page": page, "area": shown.area, "year": shown.period})
    figures = drawn(page, shown, get_language(), today=timezone.localdate())
    return render(request, f"municipalities/{page}.html", {"shown": shown, "figures": figures})


def _asked(request: UserRequest) -> Asked:
    place, year = request.GET.get("plek", ""), request.GET.get("jaar", "")
    return asked(request.user, today=timezone.localdate(), area=place, year=year)


@require_GET
def export(request: UserRequest, kind: str) -> HttpResponse:
    if not may_view(request.user) or kind not in _EXPORTS:
        raise Http404
    now = timezone.now()
    if not is_fresh(second_factor_at(request), at=now):
        return redirect(second_step_page(request))
    shown = _asked(request)
    taken = mark(request.user, now)
    record(
        Event.FIGURES_EXPORTED,
        actor=request.user,
        details={"kind": kind, "area": shown.area, "number": taken.number},
    )
    make, content_type = _EXPORTS[kind]
    rows = [*rows_of([shown.area], Geography.read()), ("", _("Taken out by"), taken.printed_by, taken.number, "")]
    response = HttpResponse(make(rows), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="cijfers.{kind}"'
    return response


@require_GET
def report(request: UserRequest) -> HttpResponse:
    if not may_view(request.user):
        raise Http404
    shown = _asked(request)
    record(Event.FIGURES_EXPORTED, actor=request.user, details={"kind": "pdf", "area": shown.area})
    figures = board(shown, PAGES["dashboard"], today=timezone.localdate())
    return download(yearly_report(figures, user=request.user, at=timezone.now()))
