"""Who sees to the people of a shelter: its administrator, a number to call back on, somebody who was invited."""

from datetime import datetime

from accounts.models import Invitation, Role
from administration import operations
from overview.demo.people import Cast

# Numbers that nobody has.
_NUMBERS = {"De Haven": "088-000 00 21", "Praktijk Windstil": "088-000 00 22"}


def load_administration(cast: Cast, *, now: datetime) -> None:
    """Enter what is missing."""
    for name, number in _NUMBERS.items():
        organisation = cast.organisations[name]
        if not organisation.central_phone:
            organisation.central_phone = number
            organisation.save(update_fields=["central_phone"])
    haven = cast.organisations["De Haven"]
    if not Invitation.objects.filter(organisation=haven).exists():
        operations.invite(
            haven,
            email="nina@vinger.example",
            name="Nina Oosterling",
            roles=[Role.WORKER],
            by=cast.people["ada"],
            at=now,
        )
