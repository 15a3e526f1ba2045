"""Forms about something that moved on meanwhile: what was typed is a draft by then, and comes back on the same page.

It became one when somebody was faster, or when the session had ended: see `accounts.middleware`. The page must be in
`drafts.TITLES`, and its address must end in the key of what it is about.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts import drafts
from accounts.requests import UserRequest

Page = Callable[[UserRequest, UUID], HttpResponse]


def give_back(request: UserRequest, form: BaseForm) -> drafts.Kept | None:
    """Let a form that was not sent yet begin with what was kept of it, and return that; None when there is nothing."""
    match = request.resolver_match
    if match is None or form.is_bound:
        return None
    kept = drafts.kept(request.user, match.view_name, about=match.kwargs["pk"], now=timezone.now())
    drafts.fill_in(form, kept)
    return kept


def lose_nothing(page: Page) -> Page:
    """Take what was typed off the drafts once it is saved for good."""

    @wraps(page)
    def kept(request: UserRequest, pk: UUID) -> HttpResponse:
        answer = page(request, pk)
        match = request.resolver_match
        if match and isinstance(answer, HttpResponseRedirect) and "save_draft" not in request.POST:
            drafts.discard(request.user, match.view_name, about=pk)
        return answer

    return kept
