"""Which trainings somebody lacks who supports families (J11). Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from collaboration.models import SUPPORTER_NEEDS, Training, TrainingSubject


def lacks(users: Sequence[UUID], *, today: date) -> dict[UUID, list[str]]:
    """Return which of the four trainings each of these people lacks today: none means that she may support.

    A training counts on its last day. One query.
    """
    there: dict[UUID, set[str]] = defaultdict(set)
    valid = Training.objects.valid_on(today).filter(user__in=users, subject__in=SUPPORTER_NEEDS)
    for user, subject in valid.values_list("user_id", "subject"):
        there[user].add(subject)
    wanted = [one for one in TrainingSubject if one in SUPPORTER_NEEDS]
    return {user: [str(one.label) for one in wanted if one not in there[user]] for user in users}
