"""The trial of the way of working: what it is judged by, who takes part, what was learned, and its evaluation."""

from functools import partial
from secrets import token_hex
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access import policy
from access.policy import Action
from accounts.requests import UserRequest
from audit.events import Event
from audit.record import record
from core.forms import Form
from core.paper.http import download
from core.paper.rendering import Mark
from core.paper.rendering import render as render_paper
from figures import operations
from figures.evaluation import evaluate
from figures.models import ASKED, Chapter, ChapterText, Pilot, PilotIndicator, PilotMunicipality, Respondent, Way
from municipalities.forms import pilots as forms
from municipalities.place import organisation_of

_VIEW = policy.WITHIN_ORGANISATION[Action.VIEW_PILOT]
_KEEP = policy.WITHIN_ORGANISATION[Action.KEEP_PILOT]


def _seen_or_404(request: UserRequest, pk: UUID) -> Pilot:
    found = Pilot.objects.filter(pk=pk).first() if request.user.organisations_as(_VIEW) else None
    if found is None:
        raise Http404
    return found


def _kept_or_404(request: UserRequest, rows: Any, pk: UUID) -> Any:
    found = rows.objects.permitting(request.user, Action.KEEP_PILOT).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _posted(request: UserRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: UserRequest, form: Form, *, title: str, pilot: Pilot | None = None, lead: str = "") -> HttpResponse:
    back = (pilot.get_absolute_url(), pilot.title) if pilot else (reverse("municipalities:pilots"), _("Pilots"))
    found = {"form": form, "title": title, "back_url": back[0], "back_text": back[1], "lead": lead}
    return render(request, "municipalities/form.html", found)


@require_GET
def pilots(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(_VIEW):
        raise Http404
    found = Pilot.objects.select_related("owner").order_by("-starts_on", "pk")[:50]
    return render(request, "municipalities/pilots.html", {"pilots": found, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
def record_pilot(request: UserRequest) -> HttpResponse:
    owner = organisation_of(request.user, _KEEP)
    if owner is None:
        raise Http404
    form = forms.RecordPilot(_posted(request))
    if form.is_valid():
        answers = dict(form.cleaned_data)
        regions = list(answers.pop("regions"))
        made = operations.record_pilot(**answers, regions=regions, owner=owner, by=request.user)
        messages.success(request, _("The pilot is written down. Now say what it is judged by."))
        return redirect(made)
    return _form(request, form, title=_("A new pilot"))


@require_GET
def pilot(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _seen_or_404(request, pk)
    return render(
        request,
        "municipalities/pilot.html",
        {
            "pilot": found,
            "found": evaluate(found, today=timezone.localdate()),
            "is_fixed": found.is_locked(timezone.localdate()),
            "began": found.starts_on <= timezone.localdate(),
            "may_keep": Pilot.objects.permitting(request.user, Action.KEEP_PILOT).filter(pk=pk).exists(),
            "kinds": Respondent.choices,
        },
    )


@require_http_methods(["GET", "POST"])
def move_pilot(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    form = forms.MovePilot(_posted(request), initial={"starts_on": found.starts_on, "ends_on": found.ends_on})
    if form.is_valid():
        operations.move_pilot(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("It is written down."))
        return redirect(found)
    return _form(request, form, title=_("Other days for the pilot"), pilot=found)


@require_http_methods(["GET", "POST"])
def add_indicator(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    form = forms.SayIndicator(_posted(request))
    if form.is_valid():
        operations.add_indicator(found, operations.Said(**form.cleaned_data), by=request.user, at=timezone.now())
        messages.success(request, _("It is written down."))
        return redirect(found)
    return _form(request, form, title=_("What is the pilot judged by?"), pilot=found)


@require_http_methods(["GET", "POST"])
def change_indicator(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, PilotIndicator, pk)
    said = {"text": found.text, "baseline": found.baseline, "target": found.target}
    is_fixed = found.pilot.is_locked(timezone.localdate())
    form = forms.SayIndicator(_posted(request), initial=said, is_fixed=is_fixed)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        because = answers.pop("because", "")
        operations.change_indicator(
            found, operations.Said(**answers), because=because, by=request.user, at=timezone.now()
        )
        messages.success(request, _("It is written down."))
        return redirect(found)
    return _form(request, form, title=_("Say an indicator anew"), pilot=found.pilot)


@require_POST
def lock(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    operations.lock(found, by=request.user, at=timezone.now())
    messages.success(request, _("The indicators are fixed."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
def join(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    today = timezone.localdate()
    form = forms.Join(_posted(request), today=today, initial={"joined_on": today})
    if form.is_valid():
        made = operations.join(found, **form.cleaned_data, by=request.user)
        messages.success(request, _("It takes part. Write down how it works there."))
        return redirect("municipalities:profile", made.pk)
    return _form(request, form, title=_("A municipality takes part"), pilot=found)


@require_http_methods(["GET", "POST"])
def profile(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, PilotMunicipality, pk)
    form = forms.Profile(_posted(request), initial=found.profile)
    if form.is_valid():
        operations.write_profile(found, form.cleaned_data, by=request.user)
        messages.success(request, _("It is written down."))
        return redirect(found)
    title = _("How %(name)s works") % {"name": found.municipality.name}
    return _form(request, form, title=title, pilot=found.pilot, lead=_("What you do not know yet, you leave open."))


@require_http_methods(["GET", "POST"])
def note_lesson(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    form = forms.NoteLesson(_posted(request), initial={"learned_on": timezone.localdate()})
    if form.is_valid():
        operations.note_lesson(found, **form.cleaned_data, by=request.user)
        messages.success(request, _("It is written down."))
        return redirect(found)
    return _form(request, form, title=_("Something that was learned"), pilot=found)


@require_http_methods(["GET", "POST"])
def write_chapter(request: UserRequest, pk: UUID, number: int) -> HttpResponse:
    found = _kept_or_404(request, Pilot, pk)
    if number not in Chapter.values:
        raise Http404
    chapter = Chapter(number)
    known = ChapterText.objects.filter(pilot=found, number=chapter).first()
    form = forms.WriteChapter(_posted(request), initial={"text": known.text if known else ""})
    if form.is_valid():
        operations.write_chapter(found, chapter, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("It is written down."))
        return redirect(found)
    return _form(request, form, title=f"{number}. {chapter.label}", pilot=found)


@require_GET
def report(request: UserRequest, pk: UUID) -> HttpResponse:
    found = _seen_or_404(request, pk)
    record(Event.FIGURES_EXPORTED, actor=request.user, details={"kind": "pilot"})
    mark = Mark(printed_by=request.user.name, printed_at=timezone.now(), number=token_hex(4).upper())
    context = {"found": evaluate(found, today=timezone.localdate()), "pilot": found}
    return download(render_paper("papers/pilot_report.html", context, language=get_language() or "nl", mark=mark))


@require_GET
def surveys(request: UserRequest) -> HttpResponse:
    if not request.user.organisations_as(policy.WITHIN_ORGANISATION[Action.RECORD_SURVEY]):
        raise Http404
    running = Pilot.objects.permitting(request.user, Action.RECORD_SURVEY).running(timezone.localdate())
    found = {"pilots": running.order_by("title", "pk"), "kinds": Respondent.choices}
    return render(request, "municipalities/surveys.html", found)


@require_http_methods(["GET", "POST"])
def survey(request: UserRequest, pk: UUID, kind: str) -> HttpResponse:
    running = Pilot.objects.permitting(request.user, Action.RECORD_SURVEY).running(timezone.localdate())
    found = running.filter(pk=pk).first()
    if found is None or kind not in Respondent.values:
        raise Http404
    respondent = Respondent(kind)
    form = partial(forms.TakeSurvey, respondent=respondent)(_posted(request))
    if form.is_valid():
        operations.record_survey(
            found,
            respondent,
            form.answers,
            month=int(form.cleaned_data["month"]),
            way=Way(form.cleaned_data["way"]),
            by=request.user,
            at=timezone.now(),
        )
        messages.success(request, _("Thank you. Nobody can see whose answers these are."))
        return redirect("municipalities:surveys")
    return render(request, "municipalities/survey.html", {"form": form, "pilot": found, "respondent": respondent})


@require_GET
def survey_paper(request: UserRequest, kind: str) -> HttpResponse:
    if kind not in Respondent.values or not request.user.organisations_as(
        policy.WITHIN_ORGANISATION[Action.RECORD_SURVEY]
    ):
        raise Http404
    record(Event.PAPER_ISSUED, actor=request.user, details={"paper": "survey"})
    # Without a mark: it goes home with somebody, or on the table of a meeting, and says of nobody that she was there.
    context = {"sentences": ASKED[Respondent(kind)], "scores": range(1, 6)}
    return download(render_paper("papers/survey.html", context, language=get_language() or "nl", mark=None))
