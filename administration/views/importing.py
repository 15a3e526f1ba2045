from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access.policy import FUNCTIONAL_ADMINISTRATOR
from accounts.models import Role
from accounts.requests import UserRequest
from administration import operations
from administration.forms.importing import Import
from administration.importing import COLUMNS, KINDS
from core import spreadsheets
from organisations.models import Organisation, OrganisationKind


@require_http_methods(["GET", "POST"])
def import_file(request: UserRequest) -> HttpResponse:
    desk = _desk(request)
    form = Import(request.POST, request.FILES) if request.method == "POST" else Import()
    context = {
        "form": form,
        "columns": [(KINDS[kind], ";".join(names)) for kind, names in COLUMNS.items()],
        "kinds": OrganisationKind.objects.order_by("slug"),
        "roles": Role.choices,
    }
    if form.is_valid():
        kind = form.cleaned_data["kind"]
        result = operations.import_rows(
            kind,
            form.rows,
            only_look=form.cleaned_data["only_look"],
            desk=desk,
            by=request.user,
            at=timezone.now(),
        )
        wrong = [(*row.cells, said) for row, said in result.refused]
        context |= {
            "result": result,
            "only_look": form.cleaned_data["only_look"],
            "refused": result.refused[:200],
            "error_file": spreadsheets.write([(*COLUMNS[kind], _("what is wrong")), *wrong]) if wrong else "",
            "form": Import(),
        }
    return render(request, "administration/import.html", context)


@require_POST
def import_errors(request: UserRequest) -> HttpResponse:
    """Give back, as a file, what the page showed: it was kept nowhere. Every cell is made safe once more."""
    _desk(request)
    rows = spreadsheets.lines(request.POST.get("file", ""))
    response = HttpResponse(spreadsheets.write(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="fouten.csv"'
    return response


def _desk(request: UserRequest) -> Organisation:
    here = request.user.organisations_as(FUNCTIONAL_ADMINISTRATOR)
    desk = Organisation.objects.filter(pk__in=here).select_related("municipality").order_by("pk").first()
    if desk is None:
        raise Http404
    return desk
