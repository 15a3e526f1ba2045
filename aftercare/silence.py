"""Which families nobody has had contact with for too long. A question to the rows: a job only acts on the answer."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from aftercare.models import CheckIn, OutOfSight
from cases.models import Trajectory

# Six weeks: longer than the month between two planned contacts, with room for one that failed.
TOO_LONG = timedelta(weeks=6)


def silent(today: date) -> QuerySet[Trajectory]:
    """Return the running trajectories after departure without contact for six weeks and without a search.

    Contact is that somebody of the family answered. Who refuses to talk answered, and is not out of sight.
    """
    since = today - TOO_LONG
    contact = CheckIn.objects.filter(family_id=OuterRef("family_id"), happened_at__date__gt=since).with_contact()
    search = OutOfSight.objects.filter(family_id=OuterRef("family_id")).open()
    return Trajectory.objects.filter(Q(departs_on__lte=since), ~Exists(contact), ~Exists(search), ends_on=None)
