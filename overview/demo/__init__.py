"""The demonstration, made through the operations, so that it cannot be in an impossible state. Safe to repeat.

Everybody and everything in it is invented; only the names of municipalities are real.
"""

from datetime import datetime

from cases.comparing import compare_waiting
from overview.demo.collaboration import load_collaboration
from overview.demo.emergency import load_emergency
from overview.demo.families import load_families
from overview.demo.figures import load_figures
from overview.demo.handover import load_supporters
from overview.demo.people import load_people
from overview.demo.pilot import load_pilot
from overview.demo.signals import load_signals


def load(*, now: datetime) -> int:
    """Load what is missing; return how many families were opened now."""
    cast = load_people()
    load_supporters(cast, now=now)
    opened = load_families(cast, now=now)
    compare_waiting(now=now)
    load_signals(cast, now=now)
    load_emergency(cast, now=now)
    load_collaboration(cast, now=now)
    load_figures(now=now)
    load_pilot(cast, now=now)
    return opened
