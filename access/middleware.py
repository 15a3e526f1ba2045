"""Every request runs in one transaction, as the role that row-level security holds, and says who is asking."""

from collections.abc import Callable
from functools import cache

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from audit.events import Event, Result
from audit.record import from_origin, record, written
from core.database import DatabaseRole, acting_as, identify

_SHOWN = 200
# Not a fault of the request: a monitor asked whether a part works, and it does not.
_ANSWER_TO_A_MONITOR = 503


class RequestFrame:
    """Open the request's transaction. A 500 undoes all of it, and leaves one row that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in _without_database():
            return self.get_response(request)
        with from_origin(f"web {request.META.get('REMOTE_ADDR', '')}"):
            with acting_as(DatabaseRole.APP):
                response = self.get_response(request)
                failed = response.status_code >= 500 and response.status_code != _ANSWER_TO_A_MONITOR
                if failed:
                    transaction.set_rollback(True)
            if failed:
                with acting_as(DatabaseRole.APP):
                    match = request.resolver_match
                    record(
                        Event.REQUEST_FAILED,
                        actor=None,
                        result=Result.FAILED,
                        details={"view": match.view_name if match else ""},
                    )
            return response


class Identity:
    """Tell the database, for the rest of the transaction, who is asking and on behalf of which organisations.

    And see to it that every page somebody was shown leaves a row in the log (R44): one that recorded nothing itself,
    such as a list, is recorded here, by its name and without what stood on it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in _without_database() and request.user.is_authenticated:
            identify(user_id=request.user.pk, organisation_ids=request.user.standing)
        before = written()
        response = self.get_response(request)
        if response.status_code == _SHOWN and written() == before and _is_behind_the_door(request):
            record(
                Event.PAGE_VIEWED,
                actor=request.user if request.user.is_authenticated else None,
                family_id=getattr(request, "family_id", None),
                details={"view": request.resolver_match.view_name if request.resolver_match else ""},
            )
        return response


def _is_behind_the_door(request: HttpRequest) -> bool:
    """Say whether this page is only for who signed in: what is there for everybody discloses nothing."""
    match = request.resolver_match
    return request.user.is_authenticated and match is not None and getattr(match.func, "login_required", True)


@cache
def _without_database() -> frozenset[str]:
    """Return what answers without the database, so that it can tell a dead web process from a dead database."""
    return frozenset({reverse("healthy")})
