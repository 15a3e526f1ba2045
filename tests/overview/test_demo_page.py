"""The demonstration shows the whole story: which family shows which step is on docs/demo.md."""

import csv
import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from overview.demo.families import openings
from overview.demo.people import AFTERCARE_MONTHS, CALLED_BACK_ON, CONTACT_POINTS, ORGANISATIONS, PEOPLE

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


# Organisations and people of the field that exist, small letters, hashed: none of them is named in this repository.
REAL = frozenset(
    """
    0637458cce 08cefd9ced 0b7d311f79 0c872a9294 121e7fd455 140cc71777 159cdaea3a 176ff7bdb9 187a89472c 1e45a68416
    1e4f1e8d4e 1f1bb28f6b 2296b98961 29124d08ab 2a8534d578 2e324c8d3d 2f5d5847cf 30c38c443c 32be295a95 33c81c7a76
    3922ef352f 3c09582549 464aa70a55 469a1553af 4e21d9ee02 4eb956ff41 51447d39ee 56152640a9 59721aa8a2 5e4dd3605c
    64c59d7f08 6b09d2a273 750233ac79 751e0fd06f 752115f454 7ddf667fc2 7eb82906f5 8075029895 82eba98c2e 8dd5623f83
    95c7e6ba12 9a27470904 9bb762e587 9f9a6749e8 9fb51e88b3 a12b1a899b a5c9b617f0 a9e3e318b7 aa995579f9 ac9227ab30
    ae424e5e72 af62dce210 b07a89bc36 bced829e64 bd031ea62a c2c45ed5f3 c40fce0494 c7bd0733df d296787cf4 d7cf0e6a3e
    d8c3377ae8 f1decd3fb8 f72e8349e3 f817382301
    """.split()  # noqa: SIM905 -- sixty quoted words would fill the page
)


def named_in(text):
    """Return which of the real names stand in a text: of every one to five words in a row that it holds."""
    words = re.findall(r"[\w’'-]+", text.lower())
    rows = [" ".join(words[at : at + size]) for size in range(1, 6) for at in range(len(words) - size + 1)]
    return [row for row in rows if sha256(row.encode()).hexdigest()[:10] in REAL]


def reference(kept):
    with (Path(__file__).parents[2] / "organisations" / "data" / f"{kept}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.row("K12")
def test_every_organisation_and_person_of_the_demonstration_is_invented():
    """Only names of municipalities are real, and they are where it is: no organisation is called after one (K12)."""
    places = {row["name"] for kept in ("municipalities", "regions") for row in reference(kept)}
    assert len(places) > 300
    assert named_in("Als in {} Groep".format("Blij" + "f"))
    for name, _kind, place in ORGANISATIONS:
        assert named_in(name) == [], name
        assert place in places
        assert not [real for real in places if re.search(rf"\b{re.escape(real)}\b", name)], name
        assert not name.startswith("Gemeente "), name
    for login, name, _role, at in PEOPLE:
        assert named_in(name) == [], login
        assert at in {organisation for organisation, *_ in ORGANISATIONS}
    assert set(AFTERCARE_MONTHS) | set(CALLED_BACK_ON) <= {name for name, *_ in ORGANISATIONS}
    for told in (Path(__file__).parents[2] / "overview" / "demo").glob("*.py"):
        # The kind of organisation that carries out a supervision order is no name of one.
        assert set(named_in(told.read_text())) <= {"jeugdbescherming"}, told.name
    # Numbers that nobody has.
    for number in (*CALLED_BACK_ON.values(), *CONTACT_POINTS.values()):
        assert re.fullmatch(r"088-000 00 \d\d", number)
