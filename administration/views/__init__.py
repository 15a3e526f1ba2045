from administration.views.desk import desk_help
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

__all__ = [
    "accept",
    "change_function",
    "colleague",
    "desk_help",
    "evidence",
    "finish_review",
    "help_sign_in",
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
    "start_review",
    "withdraw_invitation",
]
