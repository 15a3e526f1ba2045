from administration.operations.invitations import accept_as_member, accept_as_new
from administration.operations.members import (
    change_function,
    invite,
    invite_again,
    leave,
    move_caseload,
    withdraw_invitation,
)
from administration.operations.recovery import help_colleague, help_from_desk, use_recovery
from administration.operations.reopening import reopen
from administration.operations.review import finish_review, keep_membership, start_review

__all__ = [
    "accept_as_member",
    "accept_as_new",
    "change_function",
    "finish_review",
    "help_colleague",
    "help_from_desk",
    "invite",
    "invite_again",
    "keep_membership",
    "leave",
    "move_caseload",
    "reopen",
    "start_review",
    "use_recovery",
    "withdraw_invitation",
]
