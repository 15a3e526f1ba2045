from administration.views.desk import desk_help
from administration.views.importing import import_errors, import_file
from administration.views.links import accept, recover
from administration.views.members import (
    change_function,
    colleague,
    help_sign_in,
    invite,
    invite_again,
    leave,
    member,
    members,
    move,
    reopen,
    withdraw_invitation,
)
from administration.views.review import evidence, finish_review, keep, review, start_review
from administration.views.settings import add, change, confirm, history, setting, settings

__all__ = [
    "accept",
    "add",
    "change",
    "change_function",
    "colleague",
    "confirm",
    "desk_help",
    "evidence",
    "finish_review",
    "help_sign_in",
    "history",
    "import_errors",
    "import_file",
    "invite",
    "invite_again",
    "keep",
    "leave",
    "member",
    "members",
    "move",
    "recover",
    "reopen",
    "review",
    "setting",
    "settings",
    "start_review",
    "withdraw_invitation",
]
