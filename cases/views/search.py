from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from access import policy
from accounts.requests import UserRequest
from cases.forms.search import FindFamily
from cases.search import find


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def find_family(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WORKER):
        raise Http404
    # By POST: what was searched for stands in no address, no history and no log of a web server.
    form = FindFamily(request.POST if request.method == "POST" else None)
    found = find(form.wanted, by=request.user) if form.is_valid() else None
    return render(request, "cases/find_family.html", {"form": form, "found": found})
