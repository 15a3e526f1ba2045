"""Pages that belong to no part of the work: hide the screen, help, faults.

The pages for 400, 403, 404 and 500 are made without the request: they are the same bytes for everybody, whatever the
reason was, and need neither the database nor a session.
"""

import re

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, requires_csrf_token
from django.views.decorators.http import require_GET, require_http_methods

# Shorter values are codes, dates and choices: nothing that somebody would have to write again.
_WORTH_KEEPING = 15
# What a form says to the program, not what somebody wrote.
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")


@login_not_required
@csrf_exempt  # must also work from a page that was open for days; all it can do is end a session
@never_cache
@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest) -> HttpResponse:
    """End the session and show a page that says nothing. A GET shows the page only: the script lands there."""
    if request.method == "POST":
        get_adapter(request).logout(request)
        request.session.flush()
    response = HttpResponse(_page("hidden.html"))
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@login_not_required
@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "core/help.html")


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "core/accessibility.html")


@login_not_required
@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Say that this process answers. It does not ask the database: a dead database must not restart the web."""
    return HttpResponse("ok", content_type="text/plain")


@requires_csrf_token
def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that was open too long, and give back what was written in it."""
    written = [
        text
        for name, values in request.POST.lists()
        for text in values
        if len(text) >= _WORTH_KEEPING and not any(secret in name for secret in _SECRET) and not _KEY.fullmatch(text)
    ]
    return render(request, "errors/stale_form.html", {"written": written}, status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_page("errors/400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_page("errors/403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(_page("errors/404.html"), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page("errors/500.html"), status=500)


def _page(name: str) -> str:
    return loader.render_to_string(name)
