"""The demonstration beside one that an earlier version of the program made."""

import io

import pytest
from django.core.management import call_command

from core.errors import WrongState
from organisations.models import Organisation
from tests import factories

LOAD = "overview.management.commands.load_demo.load"


@pytest.fixture
def other_names(settings, monkeypatch):
    """What is loaded goes by other names than what is there: it begins anew, and meets what it wrote before."""
    settings.DEMO = True

    def load(*, now):
        made = factories.organisation("Gemeenteteam Oostrand")
        raise WrongState("This was written down already.", about=made)

    monkeypatch.setattr(LOAD, load)


def test_what_an_earlier_version_made_stays_as_it_is_and_the_house_starts(db, other_names):
    factories.family()
    said = io.StringIO()
    call_command("load_demo", stderr=said)
    assert "another version" in said.getvalue()
    assert not Organisation.objects.filter(name="Gemeenteteam Oostrand").exists()


def test_a_new_one_that_cannot_be_made_is_an_error(db, other_names):
    with pytest.raises(WrongState):
        call_command("load_demo")
