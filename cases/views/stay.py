from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import policy
from access.http import get_visible_or_404
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from cases import operations, stay_page
from cases.forms import stay as forms
from cases.models import Admission, CaseContext, Family, Trajectory, WaitsFor
from cases.views.step import Page, step
from organisations.models import Organisation


def _page(family_id: UUID, title: str, said: str, *, lead: str = "") -> Page:
    return Page(title, reverse("cases:stay", args=[family_id]), _("The stay"), said, lead=lead)


@require_GET
def stay(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED)
    may_edit = Family.objects.permitting(request.user, Action.EDIT_FAMILY).filter(pk=family.pk).exists()
    page = stay_page.read(family, today=timezone.localdate())
    return render(request, "cases/stay.html", {"family": family, "page": page, "may_edit": may_edit})


@require_http_methods(["GET", "POST"])
def admission(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Trajectory, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    known = Admission.objects.visible_to(request.user).filter(trajectory=found).first()
    if known is not None and known.frozen_at is not None:
        messages.info(request, _("The picture at admission is closed: it shows how it was then."))
        return redirect("cases:stay", found.family_id)
    names = operations.Picture.__dataclass_fields__
    filled = {name: getattr(known, name) for name in names} if known else {}
    return step(
        request,
        _page(
            found.family_id,
            _("Picture at admission"),
            _("The picture at admission is written down."),
            lead=_("Half of it is enough for today. Close it when it is complete."),
        ),
        about=found.pk,
        form=partial(forms.DescribeAdmission, today=timezone.localdate()),
        initial=filled | {"origin": found.origin_id},
        do=lambda form: operations.describe_admission(
            found,
            form.picture,
            origin=form.cleaned_data["origin"],
            freeze=form.cleaned_data["freeze"],
            by=request.user,
            at=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def note_context(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    lead = _(
        "It changes what is safe. With honour, for example, a relative is no support before somebody looked at it."
    )
    return step(
        request,
        _page(family.pk, _("Special situation"), _("It is written down."), lead=lead),
        about=family.pk,
        form=forms.NoteContext,
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.note_context(family, **form.cleaned_data, by=request.user),
    )


@require_POST
def end_context(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, CaseContext, pk=pk, seen_as=None)
    operations.end_context(found, ends_on=timezone.localdate(), by=request.user)
    messages.success(request, _("It plays no part any more."))
    return redirect("cases:stay", found.family_id)


@require_http_methods(["GET", "POST"])
def ready(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Trajectory, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    lead = _("The days that a family stays longer than needed are counted, for each cause.")
    return step(
        request,
        _page(found.family_id, _("Ready to leave"), _("It is written down."), lead=lead),
        about=found.pk,
        form=forms.MarkReady,
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.mark_ready(
            found,
            waits_for=WaitsFor(form.cleaned_data["waits_for"]) if form.cleaned_data["waits_for"] else None,
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
        ),
    )


@require_http_methods(["GET", "POST"])
def start_trajectory(request: UserRequest, pk: UUID) -> HttpResponse:
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.FAMILY_VIEWED, may=Action.EDIT_FAMILY)
    if Trajectory.objects.visible_to(request.user).filter(family=family, ends_on=None).exists():
        raise Http404
    own = Organisation.objects.filter(pk__in=request.user.organisations_as(policy.WORKER), is_active=True)
    return step(
        request,
        _page(
            family.pk,
            _("Start again"),
            _("The new trajectory has begun. What was before stays in the file."),
            lead=_("The family came back, or gets another kind of help. The history stays with it."),
        ),
        about=family.pk,
        form=partial(forms.StartTrajectory, organisations=own.order_by("name", "pk")),
        initial={"starts_on": timezone.localdate()},
        do=lambda form: operations.start_trajectory(
            family,
            kind=form.kind,
            organisation=form.cleaned_data["organisation"],
            starts_on=form.cleaned_data["starts_on"],
            by=request.user,
            at=timezone.now(),
        ),
    )
