"""The yearly report: what goes well and what can be better, in the four themes of the inspectorates (K17)."""

from datetime import datetime
from secrets import token_hex

from django.utils.translation import get_language

from accounts.models import User
from core.paper.rendering import Mark, render
from municipalities.figure_pages import Board


def yearly_report(board: Board, *, user: User, at: datetime) -> bytes:
    """Return the PDF of one place and year. It holds what was published and nothing else."""
    mark = Mark(printed_by=user.name, printed_at=at, number=token_hex(4).upper())
    return render("papers/yearly_report.html", {"board": board}, language=get_language() or "nl", mark=mark)
