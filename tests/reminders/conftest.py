import pytest

from reminders.dispatch import AddressRefused, dispatch
from reminders.sweep import sweep
from tests import factories


class Post:
    """Keeps who was told, and fails for whom it is asked to."""

    def __init__(self):
        self.told, self.numbers = [], []
        self.failing_for, self.refusing, self.is_down = [], [], False

    def __call__(self, message):
        if self.is_down or message.recipient in self.failing_for:
            raise OSError
        if message.recipient in self.refusing:
            raise AddressRefused
        self.told.append(message.recipient)
        self.numbers.append(message.number)

    def round(self, now, *, today=None):
        """Raise and send, as the worker does each minute."""
        from django.utils import timezone

        swept = sweep(today=today or timezone.localdate(now), now=now)
        return swept, dispatch(now=now, send=self)


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def alone(db):
    """A family with one worker, so that it is certain who hears."""
    shelter = factories.organisation("De Haven", kind="womens_shelter")
    family = factories.family(opened_by=shelter)
    factories.involvement(family, shelter)
    family.shelter, family.worker = shelter, factories.user(at=shelter)
    family.assignment = factories.assignment(family, family.worker, shelter)
    # Somebody elsewhere has the regie, so that no alarm rings through these tests.
    team = factories.organisation("Wijkteam Verder")
    factories.regisseur(family, factories.user(at=team), team)
    return family
