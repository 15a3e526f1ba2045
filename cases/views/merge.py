from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations
from cases.forms.merge import MergeInto
from cases.merging import preview
from cases.models import Family, Merge


@require_http_methods(["GET", "POST"])
def merge(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.MERGE_FAMILIES)
    others = Family.objects.permitting(request.user, Action.MERGE_FAMILIES).exclude(pk=family.pk)
    form = MergeInto(request.POST if request.method == "POST" else None, others=others)
    shown = preview(family, form.other) if form.is_valid() else None
    if shown and "confirm" in request.POST and not shown.in_the_way:
        operations.merge(family, form.other, because=form.cleaned_data["because"], by=request.user, at=timezone.now())
        messages.success(request, _("The two files are one now. You can undo this here."))
        return redirect("cases:merge", family.pk)
    made = Merge.objects.visible_to(request.user).filter(family=family, undone_at=None)
    context = {"family": family, "form": form, "preview": shown, "made": made.order_by("-merged_at", "pk")}
    return render(request, "cases/merge.html", context)


@require_POST
def undo_merge(request: UserRequest, pk: UUID) -> HttpResponse:
    made = get_visible_or_404(request, Merge, pk=pk, seen_as=None, may=Action.MERGE_FAMILIES)
    operations.undo_merge(made, by=request.user, at=timezone.now())
    messages.success(request, _("They are two files again."))
    return redirect("cases:merge", made.family_id)
