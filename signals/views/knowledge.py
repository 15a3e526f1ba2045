"""Pages for partners, and questions to a shelter about nobody in particular."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access import policy
from access.policy import Action
from accounts.requests import UserRequest
from organisations.kinds import SHELTERS
from organisations.models import Organisation, OrganisationKind
from signals import forms, operations
from signals.models import AdviceRequest, KnowledgePage
from signals.operations import KnowledgeText


def _may_write(request: UserRequest) -> list[UUID]:
    found: list[UUID] = request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.WRITE_KNOWLEDGE])
    return found


@require_GET
def knowledge(request: UserRequest) -> HttpResponse:
    pages = list(KnowledgePage.objects.filter(replaced_at=None).select_related("kind").order_by("title", "pk"))
    kinds = Organisation.objects.filter(pk__in=list(request.user.standing)).values_list("kind_id", flat=True)
    own = {None, *kinds}
    written = {page.kind_id for page in pages}
    may_write = bool(_may_write(request))
    return render(
        request,
        "signals/knowledge.html",
        {
            "own": [page for page in pages if page.kind_id in own],
            "others": [page for page in pages if page.kind_id not in own],
            "missing": OrganisationKind.objects.exclude(pk__in=written - {None}).order_by("slug") if may_write else [],
        },
    )


@require_GET
def knowledge_page(request: UserRequest, pk: UUID) -> HttpResponse:
    page = KnowledgePage.objects.select_related("kind").filter(pk=pk).first()
    if page is None:
        raise Http404
    return render(request, "signals/knowledge_page.html", {"page": page, "may_write": bool(_may_write(request))})


@require_http_methods(["GET", "POST"])
def write_knowledge(request: UserRequest, pk: UUID) -> HttpResponse:
    """Write a new version of the page `pk`, or the first one for the kind of partner `pk`."""
    may = _may_write(request)
    page = KnowledgePage.objects.select_related("kind").filter(pk=pk).first()
    kind = page.kind if page else OrganisationKind.objects.filter(pk=pk).first()
    if not may or (page is None and kind is None):
        raise Http404
    before = {name: getattr(page, name) for name in forms.WriteKnowledge.base_fields} if page else {}
    form = forms.WriteKnowledge(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        made = operations.write_knowledge(
            kind,
            KnowledgeText(**form.cleaned_data),
            within_organisation=may[0],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("The page was changed. The earlier version is kept."))
        return redirect(made)
    return render(request, "signals/write_knowledge.html", {"form": form, "kind": kind})


@require_GET
def own_questions(request: UserRequest) -> HttpResponse:
    """What this user asked shelters, with the answers."""
    mine = AdviceRequest.objects.filter(asked_by=request.user, to_organisation__kind__slug__in=SHELTERS)
    counted = mine.aggregate(asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)))
    asked = mine.select_related("to_organisation").order_by("-asked_at", "pk")[:50]
    may_ask = bool(request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.REPORT_SIGNAL]))
    shown = {"questions": asked, "counted": counted, "may_ask": may_ask}
    return render(request, "signals/own_questions.html", shown)


@require_http_methods(["GET", "POST"])
def ask_expertise(request: UserRequest) -> HttpResponse:
    own = request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.REPORT_SIGNAL])
    if not own:
        raise Http404
    form = forms.AskExpertise(
        request.POST if request.method == "POST" else None,
        organisations=Organisation.objects.filter(kind__slug__in=SHELTERS, is_active=True).order_by("plain_name", "pk"),
        own=Organisation.objects.filter(pk__in=own, is_active=True).order_by("name", "pk"),
    )
    if form.is_valid():
        operations.ask_expertise(
            form.cleaned_data["question"],
            of=form.cleaned_data["to_organisation"],
            on_behalf_of=form.cleaned_data["on_behalf_of"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Your question was sent. The answer comes here."))
        return redirect("signals:own_questions")
    return render(request, "signals/ask_expertise.html", {"form": form})
