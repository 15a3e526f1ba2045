from administration.forms.links import ChoosePassword, ShowPassword
from administration.forms.members import ChangeFunction, Invite, Leave, MoveCaseload
from administration.forms.readmission import HelpColleague, HelpFromDesk

__all__ = [
    "ChangeFunction",
    "ChoosePassword",
    "HelpColleague",
    "HelpFromDesk",
    "Invite",
    "Leave",
    "MoveCaseload",
    "ShowPassword",
]
