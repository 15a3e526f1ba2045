"""R47: would anybody notice a change in the policy? Each is made, and the table of who reaches what must differ.

That table is what tests/access/test_policy.py and the grid of tests/architecture/test_urls.py hold to a declared one.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from guardian.shortcuts import assign_perm

from access import policy
from access.models import BreakGlass
from accounts.models import User
from cases.models import Family, Person, Place
from proof.mutation import mutants
from proof.results import keep
from tests import factories
from tests.architecture import doors
from tests.factories import EVERYONE, NOW

HOUR = timedelta(hours=1)
WINDOWS = {
    "over": {"starts_at": NOW - 2 * HOUR, "ends_at": NOW - HOUR},
    "to come": {"starts_at": NOW + HOUR},
    "closed": {"starts_at": NOW - HOUR, "closed_at": NOW},
    "open with an end": {"starts_at": NOW - HOUR, "ends_at": NOW + HOUR},
}


@pytest.fixture
def everybody(cast):
    """Every visitor of the grid, and for each window of each door somebody who comes through just that."""
    factories.involvement(cast.family, cast.shelter, "regisseur")
    cast.child = Person.objects.create(family=cast.family, place=Place.CHILD, given_name="Daan")
    doors.build(cast)
    found = {name: getattr(cast, name) for name in [*EVERYONE, *doors.MAY]}
    for name, window in WINDOWS.items():
        found[f"assignment {name}"] = factories.user(at=cast.shelter)
        factories.assignment(cast.family, found[f"assignment {name}"], cast.shelter, **window)
        side = factories.organisation()
        found[f"involvement {name}"] = factories.user(at=side)
        factories.involvement(cast.family, side, **window)
        factories.assignment(cast.family, found[f"involvement {name}"], side, starts_at=NOW - HOUR)
        desk = factories.organisation(kind="municipality")
        found[f"desk {name}"] = factories.user("coordinator", at=desk)
        factories.involvement(cast.family, desk, "responsible", **window)
        found[f"bar {name}"] = factories.user(at=cast.shelter)
        factories.assignment(cast.family, found[f"bar {name}"], cast.shelter)
        factories.assignment(cast.family, found[f"bar {name}"], cast.shelter, "barred", **window)
        found[f"emergency {name}"] = factories.user(at=cast.shelter)
        emergency(cast.family, found[f"emergency {name}"], cast.shelter, window)
        found[f"emergency there {name}"] = factories.user(at=side)
        emergency(cast.family, found[f"emergency there {name}"], side, {"starts_at": NOW - HOUR})
    # A door that shows nothing yet: no level at all.
    nothing = factories.organisation(kind="school_primary")
    factories.involvement(cast.family, nothing, "partner", level=0)
    found["partner at no level"] = factories.user("signaller", at=nothing)
    for role in ("regisseur", "stand_in", "supporter"):
        # Of an organisation that works with the family and has not the regie.
        side = factories.organisation()
        factories.involvement(cast.family, side)
        found[f"{role} without the regie"] = factories.user(at=side)
        factories.assignment(cast.family, found[f"{role} without the regie"], side, role)
    found["sending"], found["sending colleague"] = factories.user(at=cast.other_org), factories.user(at=cast.other_org)
    factories.involvement(cast.family, cast.other_org, "sending")
    factories.assignment(cast.family, found["sending"], cast.other_org)
    receiving = factories.organisation()
    factories.involvement(cast.family, receiving, "receiving")
    found["receiving"] = factories.user(at=receiving)
    found["receiving lead"] = factories.user("team_lead", at=receiving)
    found["at home here and elsewhere"] = factories.user(at=cast.shelter)
    factories.membership(found["at home here and elsewhere"], factories.organisation(), "team_lead")
    found["the regisseur"] = factories.user(at=cast.shelter)
    factories.assignment(cast.family, found["the regisseur"], cast.shelter, "regisseur")
    found["without a grant"] = factories.user(at=cast.shelter)
    BreakGlass.objects.create(
        family=cast.family, user=found["without a grant"], organisation=cast.shelter, reason="x", **emergency_of({})
    )
    return [User.objects.get(pk=user.pk) for user in [*found.values(), *beside_the_door(cast)]]


def beside_the_door(cast):
    """Return people who each have all but one of what opens a door: that one is there for another family or person."""
    other, elsewhere = factories.family(), factories.organisation()
    factories.involvement(other, cast.shelter)
    side = factories.organisation()
    factories.involvement(cast.family, side)
    veilig_thuis = factories.organisation(kind="veilig_thuis")
    factories.involvement(cast.family, veilig_thuis, "reported_to", level=0)
    told_little = factories.organisation(kind="school_primary")
    factories.involvement(cast.family, told_little, "partner", level=0)

    reported_to = factories.user(at=veilig_thuis)
    factories.assignment(cast.family, reported_to, veilig_thuis, "reader")
    reader = factories.user(at=told_little)
    factories.assignment(cast.family, reader, told_little, "reader")
    for_another_organisation = factories.user(at=side)
    factories.assignment(cast.family, for_another_organisation, cast.shelter)
    to_another_family = factories.user(at=cast.shelter)
    factories.assignment(other, to_another_family, cast.shelter)
    coordinator_of_the_shelter = factories.user("coordinator", at=cast.shelter)

    broke = {name: factories.user(at=cast.shelter) for name in ("there", "with another grant", "of another family")}
    emergency(other, broke["there"], cast.shelter, {})
    for name, permission, family in (
        ("with another grant", "view_family", cast.family),
        ("of another family", "broke_glass", other),
    ):
        BreakGlass.objects.create(
            family=cast.family, user=broke[name], organisation=cast.shelter, reason="Nood", **emergency_of({})
        )
        assign_perm(permission, broke[name], family)
    broke["for another organisation"] = factories.user(at=cast.shelter)
    emergency(cast.family, broke["for another organisation"], elsewhere, {})
    broke["of an organisation without a door"] = factories.user(at=elsewhere)
    emergency(cast.family, broke["of an organisation without a door"], elsewhere, {})
    return [
        reported_to,
        reader,
        for_another_organisation,
        to_another_family,
        coordinator_of_the_shelter,
        *broke.values(),
    ]


def emergency_of(window):
    starts_at = window.get("starts_at", NOW - HOUR)
    return {
        "starts_at": starts_at,
        "ends_at": window.get("ends_at", starts_at + 4 * HOUR),
        "closed_at": window.get("closed_at"),
    }


def emergency(family, user, organisation, window):
    BreakGlass.objects.create(
        family=family, user=user, organisation=organisation, reason="Nood", **emergency_of(window)
    )
    assign_perm("broke_glass", user, family)


def reached(users, module, family):
    """Yield, one by one, what each reaches: so that a comparison can stop at the first difference."""
    for user in users:
        far = module["reach"](user, policy.Action.VIEW_FAMILY_PLAN, family.pk)
        yield (far.parts, far.persons)
        for action in policy.Action:
            families = module["families_open_to"](user, action)
            barred = module["barred_from"](user)
            yield (
                families is not None
                and Family.objects.filter(pk=family.pk, pk__in=families).exclude(pk__in=barred).exists()
            )
            if action in module["WITHIN_ORGANISATION"]:
                yield [module["may_within"](user, action, pk) for pk in sorted(user.standing)]


@pytest.mark.slow
@pytest.mark.row("R47")
def test_a_changed_policy_is_noticed(everybody, cast):
    everybody[EVERYONE.index("leaver")].is_active = False
    stale = User.objects.get(pk=cast.worker.pk)
    _ = stale.standing  # asked while she was active, and kept
    stale.is_active = False
    users = [*everybody, stale]
    as_it_is = list(reached(users, vars(policy), cast.family))
    tried, survived = 0, []
    for mutant in mutants():
        module = {"__name__": "access.policy_mutant"}
        exec(compile(mutant.source, "policy_mutant", "exec"), module)  # noqa: S102 - our own source, with one change
        tried += 1
        if all(a == b for a, b in zip(as_it_is, reached(users, module, cast.family), strict=True)):
            survived.append(mutant.what)

    killed = 1 - len(survived) / tried
    keep("R47", holds=killed >= 0.95, figure=f"{tried - len(survived)} of {tried} changes noticed; not: {survived}")
    assert tried >= 60
    assert killed >= 0.95, ", ".join(survived)


@pytest.mark.row("R47")
@pytest.mark.parametrize("name", ["overview:family", "cases:persons", "cases:protected", "safety_plans:plan"])
def test_an_exception_in_policy_lets_nobody_in(cast, client, sign_in, monkeypatch, name):
    def fail(user, action):
        raise RuntimeError

    sign_in(cast.worker)
    client.raise_request_exception = False
    address = reverse(name, args=[cast.family.pk])
    assert client.get(address).status_code == 200
    for question in ("families_open_to", "barred_from"):
        with monkeypatch.context() as patched:
            patched.setattr(policy, question, lambda *args: fail(*args))
            answer = client.get(address)
        assert answer.status_code == 500
        assert cast.family.reference not in answer.content.decode()


def test_the_mutants_are_different_from_the_policy_and_from_each_other():
    sources = [mutant.source for mutant in mutants()]
    assert len(set(sources)) == len(sources) > 60
    assert sum(" without ON " in one.what or " without AND " in one.what for one in mutants()) >= 30
