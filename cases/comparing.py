"""The same people in two files, found by a job as the jobs role: never in the request of whoever enters them (R7).

Whoever opens a second file about a family that is known elsewhere sees nothing of it. Whoever is regisseur of the first
one is told, and only that there is another file.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from cases.models import Family, Person
from cases.operations import notice_other_file
from core.database import DatabaseRole, acting_as

AT_ONCE = 500


def compare_waiting(*, now: datetime) -> int:
    """Compare every file that is new or got other persons; return how many regisseurs were told.

    Safe to repeat, and to run twice at once: each file is a transaction of its own. Call it outside a transaction.
    """
    with acting_as(DatabaseRole.JOBS):
        waiting = Family._base_manager.filter(compared_at=None).order_by("opened_at", "pk")
        keys = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_compare(pk, now) for pk in keys)


def _compare(pk: UUID, now: datetime) -> int:
    with acting_as(DatabaseRole.JOBS):
        waiting = Family._base_manager.select_for_update(skip_locked=True)
        family = waiting.filter(pk=pk, compared_at=None).first()
        if family is None:
            return 0
        found = _earlier_files(family)
        for same in found:
            notice_other_file(same.family, same, at=now)
        family.compared_at = now
        family.save(update_fields=["compared_at"])
        return len(found)


def _earlier_files(family: Family) -> list[Person]:
    """Return one person per earlier file in which somebody sounds the same and was born on the same day."""
    found: dict[UUID, Person] = {}
    for person in Person.objects.filter(family=family, same_as=None, born_on__isnull=False):
        if not person.name_words:
            continue
        same = Person.objects.filter(
            Q(name_words__contains=person.name_words) | Q(name_words__contained_by=person.name_words),
            born_on=person.born_on,
            family__opened_at__lte=family.opened_at,
        ).exclude(family=family)
        for one in same.exclude(name_words=[]).select_related("family"):
            found.setdefault(one.family_id, one)
    return list(found.values())
