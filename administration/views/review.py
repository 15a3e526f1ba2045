from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from access.policy import ORGANISATION_ADMINISTRATOR, PRIVACY_OFFICER
from accounts.models import AccessReview, ReviewedMembership
from accounts.requests import UserRequest
from administration import operations
from administration.reading import PAGE, review_due
from organisations.models import Organisation


@require_GET
def review(request: UserRequest) -> HttpResponse:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    organisations = Organisation.objects.filter(pk__in=here).order_by("plain_name", "pk")
    if not here:
        raise Http404
    reviews = AccessReview.objects.filter(organisation_id__in=here).select_related("organisation", "finished_by")
    going_on = list(reviews.filter(finished_at=None).order_by("started_at", "pk"))
    today = timezone.localdate()
    busy = {one.organisation_id for one in going_on}
    context = {
        "going_on": [(one, _lines(one)) for one in going_on],
        "to_start": [(one, review_due(one, today)) for one in organisations if one.pk not in busy],
        "finished": reviews.exclude(finished_at=None).order_by("-finished_at", "pk")[:PAGE],
        "today": today,
    }
    return render(request, "administration/review.html", context)


@require_POST
def start_review(request: UserRequest, pk: UUID) -> HttpResponse:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    organisation = Organisation.objects.filter(pk=pk, pk__in=here).first()
    if organisation is None:
        raise Http404
    operations.start_review(organisation, by=request.user, at=timezone.now())
    return redirect("administration:review")


@require_POST
def keep(request: UserRequest, pk: UUID) -> HttpResponse:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    found = ReviewedMembership.objects.filter(pk=pk, review__organisation_id__in=here).select_related("review")
    line = found.first()
    if line is None:
        raise Http404
    operations.keep_membership(line, by=request.user, at=timezone.now())
    return redirect("administration:review")


@require_POST
def finish_review(request: UserRequest, pk: UUID) -> HttpResponse:
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR)
    found = AccessReview.objects.filter(pk=pk, organisation_id__in=here).first()
    if found is None:
        raise Http404
    operations.finish_review(found, by=request.user, at=timezone.now())
    messages.success(request, _("The review is finished. It stays here as evidence."))
    return redirect("administration:evidence", found.pk)


@require_GET
def evidence(request: UserRequest, pk: UUID) -> HttpResponse:
    """A finished review, for the administrator and for the privacy officer of that organisation."""
    here = request.user.organisations_as(ORGANISATION_ADMINISTRATOR | PRIVACY_OFFICER)
    found = AccessReview.objects.filter(pk=pk, organisation_id__in=here).exclude(finished_at=None)
    finished = found.select_related("organisation", "started_by", "finished_by").first()
    if finished is None:
        raise Http404
    return render(request, "administration/evidence.html", {"review": finished, "lines": _lines(finished)})


def _lines(of: AccessReview) -> list[ReviewedMembership]:
    lines = of.lines.select_related("membership__user", "membership__team", "kept_by")
    return list(lines.order_by("membership__user__name", "membership__role", "pk"))
