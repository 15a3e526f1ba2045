"""How far the meldcode is at one signal: which round, which question is next, what was advised and decided."""

from dataclasses import dataclass
from datetime import date

from signals.models import MeldcodeDecision, Question, Signal, WeighingAnswer
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
