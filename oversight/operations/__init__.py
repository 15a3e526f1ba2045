from oversight.operations.misuse import (
    end_decoy,
    export_inspection,
    export_proof,
    judge_broken_glass,
    resume_reading,
    set_decoy,
    settle_alert,
)
from oversight.operations.retention import approve_destruction, end_hold, hold, refuse_destruction
from oversight.operations.rights import (
    answer_request,
    check_request,
    correct_passage,
    destroy_passages,
    record_request,
    refuse_request,
)

__all__ = [
    "answer_request",
    "approve_destruction",
    "check_request",
    "correct_passage",
    "destroy_passages",
    "end_decoy",
    "end_hold",
    "export_inspection",
    "export_proof",
    "hold",
    "judge_broken_glass",
    "record_request",
    "refuse_destruction",
    "refuse_request",
    "resume_reading",
    "set_decoy",
    "settle_alert",
]
