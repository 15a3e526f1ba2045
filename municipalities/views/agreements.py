"""Agreements, their evaluation, and which partners are missing. About organisations; a case evaluation by reference."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from cases.models import Family
from collaboration import operations
from collaboration.models import (
    BEYOND,
    AgreedStep,
    AgreementPartner,
    CaseEvaluation,
    CollaborationAgreement,
    Level,
    Result,
)
from core.paper.http import download
from municipalities import agreements as reading
from municipalities.forms import collaboration as forms
from municipalities.forms.choose import Choose, Question
from municipalities.place import municipality_of
from municipalities.views.kept import VIEW, form_page, kept_or_404, may_keep, own_or_404, partners_of, posted
from organisations.models import Region


@require_GET
def agreements(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(VIEW):
        raise Http404
    level = request.GET.get("niveau", "")
    found = reading.overview(request.user, level=level, today=timezone.localdate())
    return render(
        request,
        "municipalities/agreements.html",
        {"found": found, "levels": Level.choices, "level": level, "may_keep": may_keep(request)},
    )


@require_GET
def agreement(request: UserRequest, pk: UUID) -> HttpResponse:
    if not request.user.organisations_as(VIEW):
        raise Http404
    own = CollaborationAgreement.objects.permitting(request.user, Action.VIEW_COLLABORATION)
    found = own.filter(pk=pk).first() or CollaborationAgreement.objects.filter(pk=pk, level__in=BEYOND).first()
    if found is None:
        raise Http404
    return render(
        request,
        "municipalities/agreement.html",
        {
            "agreement": found,
            "partners": found.partners.select_related("organisation").order_by("organisation__plain_name", "pk"),
            "evaluations": found.evaluations.prefetch_related("steps__by_organisation").order_by("-held_on"),
            "may_keep": CollaborationAgreement.objects.permitting(request.user, Action.KEEP_COLLABORATION)
            .filter(pk=pk)
            .exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def record_agreement(request: UserRequest) -> HttpResponse:
    owner = own_or_404(request)
    form = forms.RecordAgreement(posted(request), choices={"partners": partners_of(owner)})
    if form.is_valid():
        answers = dict(form.cleaned_data)
        partners = list(answers.pop("partners"))
        made = operations.record_agreement(
            operations.Terms(**answers), partners=partners, owner=owner, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The agreement is written down. Now describe what each partner does."))
        return redirect(made)
    back = reverse("municipalities:agreements")
    return form_page(request, form, title=_("Write down an agreement"), back=back, back_text=_("Agreements"))


@require_http_methods(["GET", "POST"])
def change_agreement(request: UserRequest, pk: UUID) -> HttpResponse:
    found = kept_or_404(request, CollaborationAgreement, pk)
    initial = {name: getattr(found, name) for name in forms.ChangeAgreement.base_fields}
    form = forms.ChangeAgreement(posted(request), initial=initial)
    if form.is_valid():
        operations.change_agreement(found, operations.Terms(**form.cleaned_data), by=request.user)
        messages.success(request, _("The agreement was changed."))
        return redirect(found)
    return form_page(
        request, form, title=_("Change the agreement"), back=found.get_absolute_url(), back_text=found.title
    )


@require_http_methods(["GET", "POST"])
def describe_task(request: UserRequest, pk: UUID) -> HttpResponse:
    found = kept_or_404(request, CollaborationAgreement, pk)
    form = forms.DescribeTask(posted(request), choices={"organisation": partners_of(found.owner)})
    if form.is_valid():
        operations.describe_tasks(
            found, {form.cleaned_data["organisation"]: form.cleaned_data["task"]}, by=request.user
        )
        messages.success(request, _("The task is written down."))
        return redirect(found)
    title = _("Describe the task of a partner")
    return form_page(request, form, title=title, back=found.get_absolute_url(), back_text=found.title)


@require_http_methods(["GET", "POST"])
def evaluate(request: UserRequest, pk: UUID) -> HttpResponse:
    found = kept_or_404(request, CollaborationAgreement, pk)
    form = forms.EvaluateCollaboration(
        posted(request),
        choices={"by_organisation": partners_of(found.owner)},
        since=found.starts_on,
        held=set(found.evaluations.values_list("held_on", flat=True)),
    )
    if form.is_valid():
        answers = dict(form.cleaned_data)
        step = {name: answers.pop(name) for name in ("what", "by_organisation", "due_on")}
        operations.evaluate_collaboration(
            found,
            **answers | {"result": Result(answers["result"])},
            steps=[operations.Step(**step)] if step["what"] else [],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The evaluation is recorded. The next one has its day."))
        return redirect(found)
    title = _("Record an evaluation")
    return form_page(request, form, title=title, back=found.get_absolute_url(), back_text=found.title)


@require_POST
def finish_step(request: UserRequest, pk: UUID) -> HttpResponse:
    operations.finish_step(kept_or_404(request, AgreedStep, pk), by=request.user, at=timezone.now())
    messages.success(request, _("Done. It is off the list."))
    return redirect("municipalities:agreements")


@require_GET
def agenda(request: UserRequest, pk: UUID) -> HttpResponse:
    partner = kept_or_404(request, AgreementPartner, pk)
    pdf, foot = reading.agenda(
        partner, request.user, at=timezone.now(), today=timezone.localdate(), language=get_language() or "nl"
    )
    record(Event.PAPER_ISSUED, actor=request.user, subject=partner, details={"paper": "agenda", "number": foot.number})
    return download(pdf)


@require_GET
def coverage(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(VIEW):
        raise Http404
    regions = Region.objects.filter(kind=Region.Kind.VEILIG_THUIS).order_by("name", "pk")
    here = municipality_of(request.user, VIEW)
    chosen = next((one for one in regions if str(one.pk) == request.GET.get("regio", "")), None)
    region = chosen or (here.veilig_thuis_region if here else None)
    rows = reading.coverage(region, today=timezone.localdate())
    asked = Question(
        "regio", _("Region"), [(str(one.pk), one.name) for one in regions], str(region.pk) if region else ""
    )
    return render(request, "municipalities/coverage.html", {"rows": rows, "region": region, "choose": Choose(asked)})


@require_GET
def evaluations(request: UserRequest) -> HttpResponse:
    own_or_404(request)
    record(Event.CASE_EVALUATIONS_VIEWED, actor=request.user)
    rows = CaseEvaluation.objects.visible_to(request.user).select_related("family").order_by("-held_on", "pk")[:100]
    return render(request, "municipalities/evaluations.html", {"evaluations": rows})


@require_http_methods(["GET", "POST"])
def evaluate_case(request: UserRequest) -> HttpResponse:
    own_or_404(request)
    form = forms.EvaluateCase(posted(request))
    if form.is_valid():
        answers = dict(form.cleaned_data)
        watched = Family.objects.permitting(request.user, Action.EVALUATE_CASE)
        family = watched.filter(reference=answers.pop("reference").strip()).first()
        if family is not None:
            operations.evaluate_case(family, **answers, by=request.user, at=timezone.now())
            messages.success(request, _("The evaluation is recorded."))
            return redirect("municipalities:evaluations")
        form.add_error("reference", _("No family of your municipality has this reference."))
    back = reverse("municipalities:evaluations")
    title = _("Evaluate working together for one family")
    return form_page(request, form, title=title, back=back, back_text=_("Evaluations for one family"))
