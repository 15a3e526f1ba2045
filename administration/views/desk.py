from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from access.policy import DUTY_DESK
from accounts.models import Lost
from accounts.requests import UserRequest
from accounts.step_up import second_factor_at
from administration import forms, operations
from organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def desk_help(request: UserRequest) -> HttpResponse:
    """Help somebody of an organisation without a colleague who can. The answer is the same whoever is asked about."""
    desk = Organisation.objects.filter(pk__in=request.user.organisations_as(DUTY_DESK)).order_by("pk").first()
    if desk is None:
        raise Http404
    nearby = Organisation.objects.active().filter(municipality_id=desk.municipality_id).exclude(central_phone="")
    form = forms.HelpFromDesk(
        request.POST if request.method == "POST" else None,
        request=request,
        organisations=nearby.order_by("plain_name", "pk"),
    )
    if form.is_valid():
        operations.help_from_desk(
            form.cleaned_data["email"],
            form.cleaned_data["organisation"],
            desk=desk,
            lost=Lost(form.cleaned_data["lost"]),
            recognised_by=form.cleaned_data["recognised_by"],
            second_factor_at=second_factor_at(request),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(
            request,
            _("Recorded. If this person works there and no colleague can help, a link comes by mail within a minute."),
        )
        return redirect("administration:desk_help")
    return render(request, "administration/desk_help.html", {"form": form})
