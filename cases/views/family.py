from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts import drafts
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations, reading
from cases.forms import family as forms
from cases.models import Family
from cases.search import find
from organisations.models import Organisation

OPEN_FAMILY_DRAFT = "cases:open_family"


@require_http_methods(["GET", "POST"])
def open_family(request: UserRequest) -> HttpResponse:
    organisations = Organisation.objects.filter(
        pk__in=request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.OPEN_FAMILY]), is_active=True
    ).order_by("name", "pk")
    if not organisations:
        raise Http404
    kept = drafts.kept(request.user, OPEN_FAMILY_DRAFT, now=timezone.now())

    if request.method == "POST" and "save_draft" in request.POST:
        drafts.keep(request.user, OPEN_FAMILY_DRAFT, dict(request.POST.lists()), at=timezone.now())
        messages.success(request, _("Saved as a draft. You find it under your drafts for seven days."))
        return redirect("cases:open_family")

    form = forms.OpenFamily(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
    )
    drafts.fill_in(form, kept)
    known = find(form.wanted, by=request.user) if form.is_valid() else None
    if known and known.matches and not form.cleaned_data["is_another"]:
        form.ask_whether_it_is_another()
    if form.is_valid():
        family = operations.open_family(
            organisation=form.cleaned_data["organisation"],
            client=form.client,
            children=form.children,
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
            at=timezone.now(),
        )
        drafts.discard(request.user, OPEN_FAMILY_DRAFT)
        messages.success(request, _("The file is open. The work stands on your list."))
        return redirect(family)

    return render(request, "cases/open_family.html", {"form": form, "kept": kept, "known": known})


@require_GET
def gaps(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    return render(
        request, "cases/gaps.html", {"family": family, "gaps": reading.gaps(family, today=timezone.localdate())}
    )
