from aftercare.operations.check_in import Answers, Attempt, record_check_in
from aftercare.operations.closing import close_trajectory, issue_strippenkaart, use_strip
from aftercare.operations.out_of_sight import confirm_out_of_sight, end_because_seen, found, propose, take_step
from aftercare.operations.schedule import plan_contacts, start_aftercare

__all__ = [
    "Answers",
    "Attempt",
    "close_trajectory",
    "confirm_out_of_sight",
    "end_because_seen",
    "found",
    "issue_strippenkaart",
    "plan_contacts",
    "propose",
    "record_check_in",
    "start_aftercare",
    "take_step",
    "use_strip",
]
