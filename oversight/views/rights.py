"""Who asks what is kept about her: written down, checked by one, answered by another, and printed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from access.http import get_visible_or_404
from access.policy import Action
from accounts.models import User
from accounts.requests import UserRequest
from audit.events import Event
from cases.models import Family, Person
from cases.operations import issue_paper
from core.paper.http import download
from oversight import operations, own_part_paper
from oversight.forms import Answer, Change, Check, RecordRequest, RefuseRequest
from oversight.models import Asks, RightsRequest, Step
from oversight.own_part import own_part


@require_http_methods(["GET", "POST"])
def requests(request: UserRequest, pk: UUID) -> HttpResponse:
    """What was asked about this file, and one more question."""
    family = get_visible_or_404(request, Family, pk=pk, seen_as=Event.RIGHTS_VIEWED, may=Action.ANSWER_RIGHTS)
    persons = Person.objects.filter(family=family).in_reading_order()
    form = RecordRequest(
        request.POST if request.method == "POST" else None, persons=persons, today=timezone.localdate()
    )
    if form.is_valid():
        made = operations.record_request(
            family,
            asks=Asks(form.cleaned_data["asks"]),
            about=form.cleaned_data["about"],
            asked_by=form.cleaned_data["asked_by"],
            received_on=form.cleaned_data["received_on"],
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Written down. First see who it is: until then nothing is said."))
        return redirect(made)
    rows = RightsRequest.objects.visible_to(request.user).filter(family=family).select_related("about", "asked_by")
    context = {"family": family, "form": form, "rows": rows.order_by("-received_on", "pk")[:50]}
    return render(request, "oversight/requests.html", context)


@require_http_methods(["GET", "POST"])
def request_(request: UserRequest, pk: UUID) -> HttpResponse:
    """One question: the check first, then what may go along. Two persons."""
    asked = get_visible_or_404(request, RightsRequest, pk=pk, seen_as=Event.RIGHTS_VIEWED)
    part = own_part(asked.about, asker=asked.asked_by) if asked.status != Step.RECEIVED else None
    typed = request.POST if request.method == "POST" else None
    form: Check | Answer | Change
    if part is None:
        form = Check(typed)
    else:
        form = (
            Answer(typed, part=part) if asked.asks == Asks.ACCESS else Change(typed, part=part, asks=Asks(asked.asks))
        )
    if form.is_valid():
        messages.success(request, _carry_on(asked, form, by=request.user))
        return redirect(asked)
    return render(request, "oversight/request.html", {"asked": asked, "part": part, "form": form})


def _carry_on(asked: RightsRequest, form: Check | Answer | Change, *, by: User) -> str:
    """Do the step the form is for, and return what to say about it."""
    now, typed = timezone.now(), form.cleaned_data
    if isinstance(form, Check):
        operations.check_request(asked, how=typed["how"], by=by, at=now)
        return _("Checked. Somebody else answers it.")
    if isinstance(form, Answer):
        operations.answer_request(asked, released=form.released, answer=typed["answer"], by=by, at=now)
        return _("Answered. You can print it now.")
    if asked.asks == Asks.CORRECTION:
        operations.correct_passage(asked, passage=form.passage, to=typed["to"], answer=typed["answer"], by=by, at=now)
        return _("Corrected. Tell everybody who had it otherwise.")
    operations.destroy_passages(asked, passages=typed["passages"], answer=typed["answer"], by=by, at=now)
    return _("Removed. Tell everybody who had it.")


@require_http_methods(["GET", "POST"])
def refuse_request(request: UserRequest, pk: UUID) -> HttpResponse:
    asked = get_visible_or_404(request, RightsRequest, pk=pk, seen_as=Event.RIGHTS_VIEWED)
    form = RefuseRequest(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.refuse_request(asked, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now())
        messages.success(request, _("Refused. Say no more than that you cannot help with this question."))
        return redirect(asked)
    return render(request, "oversight/refuse_request.html", {"asked": asked, "form": form})


@require_GET
def request_paper(request: UserRequest, pk: UUID) -> HttpResponse:
    asked = get_visible_or_404(request, RightsRequest, pk=pk, seen_as=None)
    if asked.status != Step.ANSWERED or asked.asks != Asks.ACCESS:
        raise Http404
    now = timezone.now()
    pdf, mark = own_part_paper.make(asked, printed_by=request.user, at=now, language=get_language() or "nl")
    issue_paper(
        asked.family,
        "own_part",
        number=mark.number,
        about=asked,
        action=Action.ANSWER_RIGHTS,
        by=request.user,
        at=now,
    )
    return download(pdf)
