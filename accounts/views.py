from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import drafts as kept_drafts
from accounts.requests import UserRequest


@require_GET
def drafts(request: UserRequest) -> HttpResponse:
    own = [
        {
            "draft": draft,
            "title": kept_drafts.TITLES.get(draft.form, draft.form),
            "url": reverse(draft.form, args=[] if draft.about_id == kept_drafts.NEW else [draft.about_id]),
            "expires_at": draft.saved_at + kept_drafts.LIFETIME,
        }
        for draft in kept_drafts.own(request.user, now=timezone.now())
    ]
    return render(request, "accounts/drafts.html", {"drafts": own})


@require_POST
def discard_draft(request: UserRequest, pk: UUID) -> HttpResponse:
    draft = kept_drafts.own(request.user, now=timezone.now()).filter(pk=pk).first()
    if draft is None:
        raise Http404
    kept_drafts.discard(request.user, draft.form, about=draft.about_id)
    messages.success(request, _("The draft is gone."))
    return redirect("accounts:drafts")


def closed(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Stand in for pages the sign-in library links to and we do not offer: nobody signs up or resets by herself."""
    raise Http404


def ask_for_help(request: HttpRequest) -> HttpResponse:
    """Lead somebody who lost her password to whom she can call: nothing is reset without a second person."""
    return redirect("help")
