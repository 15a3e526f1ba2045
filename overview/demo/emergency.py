"""An emergency in the demonstration: a colleague opened a file that could not wait. The privacy officer judges."""

from datetime import datetime, timedelta

from access.models import BreakGlass
from cases.models import Family
from cases.operations import break_glass
from overview.demo.people import Cast
from overview.demo.steps import as_in_the_browser


def load_emergency(cast: Cast, *, now: datetime) -> None:
    """Let Joris open the file of Els's family, once."""
    joris = cast.people["joris"]
    if BreakGlass.objects.filter(user=joris).exists():
        return
    family = Family.objects.get(persons__given_name="Marloes", persons__surname="de Wit")
    at = now - timedelta(days=1)
    with as_in_the_browser(joris):
        break_glass(
            family.reference,
            because="Moeder belde in paniek en Els was niet bereikbaar",
            second_factor_at=at,
            by=joris,
            at=at,
        )
