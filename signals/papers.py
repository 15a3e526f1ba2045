"""What goes on paper out of this room. No paper holds an address: the report has no field for one."""

from datetime import datetime

from accounts.models import User
from cases.papers import WithoutPlaces, mark
from core.paper.rendering import Mark, render
from signals.models import VeiligThuisReport

_PARTS = ("facts", "from_others", "interpretation", "own_steps", "informed", "question")


def report(made: VeiligThuisReport, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the letter to Veilig Thuis, of what was sent: facts, what others said and what it means apart.

    A place in what was typed is left out.
    """
    foot = mark(printed_by, at)
    words = WithoutPlaces(made.family)
    context = {"report": made, "parts": {name: words(getattr(made, name)) for name in _PARTS}}
    return render("papers/veilig_thuis_report.html", context, language=language, mark=foot), foot
