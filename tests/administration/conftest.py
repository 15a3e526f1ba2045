import time

import pytest

from accounts.models import Role
from tests import factories
from tests.administration.town import Town
from tests.factories import NOW


class House:
    """One shelter with an administrator, a team lead and three workers, and the desk of its municipality."""

    def __init__(self):
        self.shelter = factories.organisation("De Haven", kind="womens_shelter")
        self.shelter.central_phone = "088-000 00 01"
        self.shelter.save()
        self.administrator = factories.user(Role.ORGANISATION_ADMINISTRATOR, at=self.shelter, name="Ada Admiraal")
        self.team_lead = factories.user(Role.TEAM_LEAD, at=self.shelter, name="Tamar Blom")
        self.els = factories.user(at=self.shelter, name="Els Vonk")
        self.joris = factories.user(at=self.shelter, name="Joris Kemper")
        self.noor = factories.user(at=self.shelter, name="Noor Wagenaar")
        self.town = factories.organisation("Gemeente", kind="municipality")
        self.desk = factories.user(Role.DUTY_DESK, at=self.town, name="Pia Ketelaar")

    def family(self, *, with_=None, kind="worker", regisseur=True):
        who = with_ or self.els
        made = factories.family(opened_by=self.shelter)
        factories.involvement(made, self.shelter, starts_at=NOW)
        factories.assignment(made, who, self.shelter, kind)
        if regisseur:
            factories.involvement(made, self.shelter, "regisseur", starts_at=NOW)
            factories.regisseur(made, who, self.shelter)
            factories.assignment(made, who, self.shelter, "regisseur")
        return made


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def fresh():
    """The moment of a second factor that was shown just now."""
    return NOW


@pytest.fixture
def shown(monkeypatch):
    monkeypatch.setattr(time, "time", lambda: NOW.timestamp())


@pytest.fixture
def town(db):
    return Town()
