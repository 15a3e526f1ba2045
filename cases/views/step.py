"""One step of a file: a form about one row, that can be left half-done and taken up again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts import drafts
from accounts.requests import UserRequest

Words = str | Promise


@dataclass(frozen=True)
class Page:
    """What stands around the form of a step, and where one goes afterwards. No name in `title`: browsers keep it."""

    title: Words
    back: str
    there: Words
    said: Words
    heading: Words = ""
    lead: Words = ""
    submit: Words = ""
    # What to arrange before one begins, of the person whom the step is about.
    needs: Sequence[str] = ()


def step(
    request: UserRequest,
    page: Page,
    *,
    about: UUID,
    form: Callable[..., Any],
    do: Callable[[Any], object],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, keep it as a draft, or carry the step out and go back. `form` takes the data and `initial`."""
    name = request.resolver_match.view_name if request.resolver_match else ""
    kept = drafts.kept(request.user, name, now=timezone.now(), about=about)
    if "save_draft" in request.POST:
        drafts.keep(request.user, name, dict(request.POST.lists()), at=timezone.now(), about=about)
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect(name, about)
    bound = form(request.POST if request.method == "POST" else None, initial={**(initial or {})})
    drafts.fill_in(bound, kept)
    if bound.is_valid():
        do(bound)
        drafts.discard(request.user, name, about=about)
        messages.success(request, str(page.said))
        return redirect(page.back)
    return render(request, "cases/step.html", {"page": page, "form": bound, "kept": kept})
