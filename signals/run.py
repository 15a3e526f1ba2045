"""How far the meldcode is at one signal: which round, which question is next, what was advised and decided."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from signals.models import MeldcodeDecision, Question, Signal, Step, WeighingAnswer
from signals.weighing import Weighed, weigh


@dataclass(frozen=True)
class Run:
    """The meldcode of a signal as it stands. A decision to help starts a round in which question 5 is asked again."""

    round: int
    answers: list[WeighingAnswer]
    decisions: list[MeldcodeDecision]
    weighed: Weighed
    # The day from which the next question may be answered; None when there is no such day.
    asks_on: date | None
    is_over: bool

    @property
    def waits_for_decision(self) -> bool:
        return self.weighed.advice is not None and not self.is_over

    def may_answer(self, question: int, today: date) -> bool:
        """Say whether this is the question to answer, today."""
        return self.weighed.question == question and (self.asks_on is None or self.asks_on <= today)

    def settled_on(self, step: int) -> date | None:
        """Return the day on which step 4 or 5 was first taken: by answering what had to be, and by deciding."""
        first = [one.answered_at for one in self.answers if one.round == 1]
        if step == Step.WEIGH and first and (self.decisions or self.weighed.advice):
            return timezone.localdate(max(first))
        return timezone.localdate(self.decisions[0].decided_at) if step == Step.DECIDE and self.decisions else None

    def next_question(self, today: date) -> Question | None:
        return (
            self.weighed.question if self.weighed.question and self.may_answer(self.weighed.question, today) else None
        )


def run_of(signal: Signal) -> Run:
    """Return the run of this signal, in two queries."""
    decisions = list(MeldcodeDecision.objects.filter(signal=signal).select_related("decided_by").order_by("round"))
    answers = list(
        WeighingAnswer.objects.filter(signal=signal).select_related("answered_by").order_by("round", "question")
    )
    last = decisions[-1] if decisions else None
    goes_on = last is not None and last.helps
    number = len(decisions) + 1 if goes_on or last is None else len(decisions)
    now = {one.question: one.answer for one in answers if one.round == number}
    return Run(
        round=number,
        answers=answers,
        decisions=decisions,
        weighed=weigh(now, help_was_given=number > 1),
        asks_on=last.review_on if last and goes_on else None,
        is_over=last is not None and not goes_on,
    )
