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
from signals import forms, operations
from signals.models import MeldcodeStep, Signal
from signals.run import run_of


@require_http_methods(["GET", "POST"])
def take_step(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    taken = set(MeldcodeStep.objects.filter(signal=found).values_list("step", flat=True))
    form = forms.TakeStep(request.POST if request.method == "POST" else None, taken=taken)
    if form.is_valid():
        operations.take_step(found, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("The step is written down."))
        return redirect(found)
    return render(request, "signals/take_step.html", {"form": form, "signal": found})


@require_http_methods(["GET", "POST"])
def answer_question(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.TRIAGE_SIGNAL)
    question = run_of(found).next_question(timezone.localdate())
    form = forms.AnswerQuestion(
        request.POST if request.method == "POST" else None, initial={"question": question.value if question else 0}
    )
    if form.is_valid():
        operations.answer_question(
            found,
            form.cleaned_data["question"],
            answer=form.cleaned_data["answer"] == "yes",
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        # The next question at once; what they lead to is shown with the signal.
        goes_on = run_of(found).next_question(timezone.localdate())
        return redirect("signals:answer_question" if goes_on else "signals:signal", found.pk)
    return render(request, "signals/answer_question.html", {"form": form, "signal": found, "question": question})


@require_http_methods(["GET", "POST"])
def decide(request: UserRequest, pk: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Signal, pk=pk, seen_as=None, may=Action.DECIDE_MELDCODE)
    form = forms.Decide(request.POST if request.method == "POST" else None)
    if form.is_valid():
        operations.decide(found, **form.decision, by=request.user, at=timezone.now())
        messages.success(request, _("Your decision is written down. Nothing was sent to Veilig Thuis."))
        return redirect(found)
    return render(request, "signals/decide.html", {"form": form, "signal": found, "run": run_of(found)})
