"""The five weighing questions as the table they are: from the answers to the next question, or to advice.

| question | no | yes |
|---|---|---|
| 1 suspected | close | 2 |
| 2 acute or structural unsafety | 3 | report |
| 3 can help | report | 4 |
| 4 accepted | report | help, and 5 on a day |
| 5 works | report | round the help off |

Pure: no clock, no database. It advises; it never reports and never closes by itself (field.md 1 and 13).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from signals.models import Advice, Question

_TABLE: dict[Question, dict[bool, Question | Advice]] = {
    Question.SUSPECTED: {False: Advice.CLOSE, True: Question.UNSAFE},
    Question.UNSAFE: {False: Question.CAN_HELP, True: Advice.REPORT},
    Question.CAN_HELP: {False: Advice.REPORT, True: Question.ACCEPTED},
    Question.ACCEPTED: {False: Advice.REPORT, True: Advice.HELP},
    Question.WORKS: {False: Advice.REPORT, True: Advice.CLOSE_HELP},
}


@dataclass(frozen=True)
class Weighed:
    """Where the answers lead: to a question, or to advice. Exactly one of the two."""

    question: Question | None
    advice: Advice | None


def weigh(answers: Mapping[int, bool], *, help_was_given: bool = False) -> Weighed:
    """Follow the answers through the table. After `help_was_given` the one question left is whether it works."""
    at: Question | Advice = Question.WORKS if help_was_given else Question.SUSPECTED
    while isinstance(at, Question):
        if at.value not in answers:
            return Weighed(at, None)
        at = _TABLE[at][answers[at.value]]
    return Weighed(None, at)
