"""The demonstration shows the whole story: which family shows which step is on docs/demo.md."""

import re
from datetime import date

import pytest

from overview.demo.families import openings
from overview.demo.people import PEOPLE

# product.md, "The main job, as one story": what families show. The last step is the coordinator's, and has a sign-in.
STEPS = set(range(1, 11))


def steps(shows):
    """Return the numbers that a description begins with: "5-6: ..." shows the fifth and the sixth."""
    first, last = re.match(r"(\d+)(?:-(\d+))?:", shows).groups()
    return set(range(int(first), int(last or first) + 1))


@pytest.mark.row("L16")
def test_each_step_of_the_story_has_a_family_that_shows_it():
    assert set().union(*(steps(one.shows) for one in openings(date(2026, 3, 2)))) == STEPS


@pytest.mark.row("L16")
def test_every_actor_of_the_story_can_be_signed_in_as():
    roles = {str(role) for _login, _name, role, _at in PEOPLE}
    assert {"worker", "team_lead", "signaller", "coordinator", "duty_desk", "privacy_officer"} <= roles
    assert any(at.startswith("Veilig Thuis") for _login, _name, _role, at in PEOPLE)
