from aftercare.operations.check_in import Answers, Attempt, BroughtUp, record_check_in
from aftercare.operations.closing import (
    allow_early_closing,
    close_trajectory,
    issue_strippenkaart,
    reopen_trajectory,
    use_strip,
)
from aftercare.operations.involvement_end import change_aftercare_end
from aftercare.operations.out_of_sight import (
    confirm_out_of_sight,
    end_because_seen,
    found,
    propose,
    propose_after_silence,
    take_step,
)
from aftercare.operations.own_request import record_own_request
from aftercare.operations.schedule import plan_contacts, start_aftercare
from aftercare.operations.year import answer_year

__all__ = [
    "Answers",
    "Attempt",
    "BroughtUp",
    "allow_early_closing",
    "answer_year",
    "change_aftercare_end",
    "close_trajectory",
    "confirm_out_of_sight",
    "end_because_seen",
    "found",
    "issue_strippenkaart",
    "plan_contacts",
    "propose",
    "propose_after_silence",
    "record_check_in",
    "record_own_request",
    "reopen_trajectory",
    "start_aftercare",
    "take_step",
    "use_strip",
]
