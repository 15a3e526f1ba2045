from administration.operations.importing import import_rows
from administration.operations.invitations import accept_as_member, accept_as_new
from administration.operations.members import (
    change_function,
    invite,
    invite_again,
    leave,
    move_caseload,
    withdraw_invitation,
)
from administration.operations.readmission import help_colleague, help_from_desk, use_readmission
from administration.operations.reopening import reopen
from administration.operations.review import finish_review, keep_membership, start_review
from administration.operations.settings import change_setting, confirm_setting

__all__ = [
    "accept_as_member",
    "accept_as_new",
    "change_function",
    "change_setting",
    "confirm_setting",
    "finish_review",
    "help_colleague",
    "help_from_desk",
    "import_rows",
    "invite",
    "invite_again",
    "keep_membership",
    "leave",
    "move_caseload",
    "reopen",
    "start_review",
    "use_readmission",
    "withdraw_invitation",
]
