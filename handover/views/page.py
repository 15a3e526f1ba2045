"""A page with one short form: what it says, what it does, and where one goes afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import UserRequest


@dataclass(frozen=True)
class Page:
    """What stands around a form. No name in `title`: browsers keep it."""

    title: str
    back: str
    there: str
    said: str
    heading: str = ""
    lead: str = ""
    submit: str = ""


def fill_in(request: UserRequest, page: Page, *, form: Any, do: Callable[[Any], object]) -> HttpResponse:
    """Show the form, or carry out what it asks and go back. `form` was made from the request already."""
    if form.is_valid():
        do(form)
        messages.success(request, page.said)
        return redirect(page.back)
    return render(request, "handover/fill_in.html", {"page": page, "form": form})


def posted(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None
