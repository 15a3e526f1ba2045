from collaboration.operations.agreements import (
    Step,
    Terms,
    change_agreement,
    describe_tasks,
    evaluate_case,
    evaluate_collaboration,
    finish_step,
    record_agreement,
)

__all__ = [
    "Step",
    "Terms",
    "change_agreement",
    "describe_tasks",
    "evaluate_case",
    "evaluate_collaboration",
    "finish_step",
    "record_agreement",
]
