from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family
from cases.regie import regisseur_of
from handover import forms, operations
from handover.models import AftercareEnding
from handover.views.departure import open_trajectory
from handover.views.page import posted
from handover.watchers import ENOUGH, watched_children


@require_http_methods(["GET", "POST"])
def end_aftercare(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.PLAN_DEPARTURE)
    trajectory = open_trajectory(request, family)
    today, now = timezone.localdate(), timezone.now()
    ends_on = trajectory.involvement_ends_on
    children = watched_children(family, today=today, now=now, other_than=trajectory.organisation_id)
    without = [one for one in children if ends_on is None or not one.is_watched_after(ends_on)]
    form = forms.EndAftercare(posted(request), without=without)
    if form.is_valid():
        operations.end_aftercare(trajectory, because=form.cleaned_data.get("because", ""), by=request.user, at=now)
        messages.success(request, _("The end of the aftercare is written down."))
        return redirect("handover:end_aftercare", family.pk)
    current = regisseur_of(family, today=today)
    return render(
        request,
        "handover/end_aftercare.html",
        {
            "family": family,
            "trajectory": trajectory,
            "ending": AftercareEnding.objects.visible_to(request.user)
            .filter(trajectory=trajectory)
            .select_related("recorded_by")
            .first(),
            "children": children,
            "without": without,
            "enough": ENOUGH,
            "current": current,
            "is_shelters": current is not None and current.organisation_id == trajectory.organisation_id,
            "form": form,
        },
    )
