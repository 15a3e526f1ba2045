"""The yearly report: what goes well and what can be better, in the four themes of the inspectorates (K17)."""

from datetime import datetime
from secrets import token_hex
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from core.paper.rendering import Mark, render
from municipalities.figure_pages import Board
from organisations.models import Municipality, Region
from organisations.passages import words_of


def yearly_report(board: Board, *, user: User, at: datetime) -> bytes:
    """Return the PDF of one place and year. It holds what was published and nothing else."""
    mark = Mark(printed_by=user.name, printed_at=at, number=token_hex(4).upper())
    language = get_language() or "nl"
    words = words_of("yearly_first", on=timezone.localdate(at), language=language, **_place(board.area))
    return render("papers/yearly_report.html", {"board": board, "words": words}, language=language, mark=mark)


def _place(area: str) -> dict[str, Any]:
    """Return the municipality or the region that an area of the figures is, or nothing for the country."""
    if (here := Municipality.objects.filter(code=area).order_by("-valid_from", "pk").first()) is not None:
        return {"municipality": here}
    name = area.removeprefix("VT-")
    return {"region": Region.objects.filter(kind=Region.Kind.VEILIG_THUIS, name=name).first()}
