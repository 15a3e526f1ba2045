"""Who gets what of the pages about persons and sharing."""

FORM_ABOUT_A_FAMILY = {
    "get": [302, 302, 404, 404, 404, 404, 404, 200],
    "post": [302, 302, 404, 404, 404, 404, 404, 200],  # empty: the form again, with what is missing
}
READ_A_FAMILY = {
    "get": [302, 302, 404, 404, 404, 404, 404, 200],
    "post": [302, 302, 405, 405, 405, 405, 405, 405],
}
EVERYBODYS = {"get": [302, 302, *[200] * 6], "post": [302, 302, *[405] * 6]}
NOBODY_IN_THE_GRID = {"get": [302, 302, *[404] * 6], "post": [302, 302, *[405] * 6]}
EXPECTED = {
    "cases:persons": {
        "get": [302, 302, 404, 404, 404, 404, 404, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "cases:add_person": FORM_ABOUT_A_FAMILY,
    "cases:record_authority": FORM_ABOUT_A_FAMILY,
    "cases:record_stay": FORM_ABOUT_A_FAMILY,
    "cases:who_knows": {
        "get": [302, 302, 404, 404, 404, 404, 404, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "cases:share": FORM_ABOUT_A_FAMILY,
    "cases:withdraw_share": FORM_ABOUT_A_FAMILY,
    # Only the colleague who was asked by name: tests/cases/test_weighing.py.
    "cases:weigh": {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]},
    "cases:to_weigh": EVERYBODYS,
    "cases:not_shared": EVERYBODYS,
    "cases:consents": READ_A_FAMILY,
    "cases:withdraw_consent": FORM_ABOUT_A_FAMILY,
    "cases:disclosures": READ_A_FAMILY,
    "cases:disclosures_paper": READ_A_FAMILY,
    "cases:record_not_shared": FORM_ABOUT_A_FAMILY,
    "cases:alerts": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "cases:protected": {
        "get": [302, 302, 404, 404, 404, 404, 404, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "cases:enter_place": FORM_ABOUT_A_FAMILY,
    "cases:reveal": FORM_ABOUT_A_FAMILY,
    "cases:grant_place": FORM_ABOUT_A_FAMILY,
    "cases:end_grant": FORM_ABOUT_A_FAMILY | {"post": [302, 302, 404, 404, 404, 404, 404, 302]},
    "cases:barred": FORM_ABOUT_A_FAMILY,
    "cases:lift_bar": FORM_ABOUT_A_FAMILY,
    "cases:break_glass": {
        "get": [302, 302, 200, 200, 404, 200, 200, 200],
        "post": [302, 302, 200, 200, 404, 200, 200, 200],  # empty: the form again
    },
    # Only a partner it was shared with: tests/cases/test_sharing.py.
    "cases:alert": NOBODY_IN_THE_GRID,
}
ARGUMENTS = {
    "cases:persons": lambda world: [world.family.pk],
    "cases:add_person": lambda world: [world.family.pk],
    "cases:record_authority": lambda world: [world.child.pk],
    "cases:record_stay": lambda world: [world.child.pk],
    "cases:who_knows": lambda world: [world.family.pk],
    "cases:share": lambda world: [world.family.pk],
    "cases:withdraw_share": lambda world: [world.share.pk],
    "cases:weigh": lambda world: [world.share.pk],
    "cases:consents": lambda world: [world.family.pk],
    "cases:withdraw_consent": lambda world: [world.share_consent.pk],
    "cases:disclosures": lambda world: [world.family.pk],
    "cases:disclosures_paper": lambda world: [world.family.pk],
    "cases:record_not_shared": lambda world: [world.family.pk],
    "cases:alert": lambda world: [world.family.pk],
    "cases:protected": lambda world: [world.family.pk],
    "cases:enter_place": lambda world: [world.family.pk],
    "cases:reveal": lambda world: [world.family.pk],
    "cases:grant_place": lambda world: [place(world).pk],
    "cases:end_grant": lambda world: [grant(world).pk],
    "cases:barred": lambda world: [world.family.pk],
    "cases:lift_bar": lambda world: [barred(world).pk],
}


def place(world):
    """A protected value of the child, without anybody who may see it."""
    from cases.models import ProtectedPlace
    from tests import factories

    return ProtectedPlace.objects.create(
        family=world.family, person=world.child, kind="address", entered_by=world.worker, entered_at=factories.NOW
    )


def grant(world):
    from datetime import timedelta

    from cases.models import ProtectedGrant
    from tests import factories

    return ProtectedGrant.objects.create(
        family=world.family,
        place=place(world),
        user=world.stand_in,
        reason="Brengt spullen",
        granted_by=world.worker,
        starts_at=factories.NOW,
        ends_at=factories.NOW + timedelta(days=1),
    )


def barred(world):
    from access.models import Assignment

    return Assignment.objects.get(family=world.family, user=world.barred_worker, kind="barred")


def build(world):
    """Add what these addresses are about to the world of the grid: the worker is regisseur."""
    from datetime import timedelta

    from cases.models import Consent, Ground, Person, Place, RegisseurPeriod, Share
    from tests import factories

    factories.assignment(world.family, world.worker, world.shelter, "regisseur")
    factories.involvement(world.family, world.shelter, "regisseur")
    RegisseurPeriod.objects.create(
        family=world.family,
        user=world.worker,
        organisation=world.shelter,
        kind="shelter",
        reason="family_opened",
        starts_at=factories.NOW,
    )
    world.child = Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan")
    ground = Ground.objects.create(
        family=world.family,
        kind="consent",
        discussed_on=factories.NOW.date(),
        recorded_by=world.worker,
        recorded_at=factories.NOW,
    )
    world.share = Share.objects.create(
        family=world.family,
        ground=ground,
        organisation=world.other_org,
        level=1,
        task="wmo",
        purpose="Meekijken",
        starts_at=factories.NOW,
        opened_at=factories.NOW,
        ends_at=factories.NOW + timedelta(days=30),
    )
    mother = Person.objects.get(family=world.family, place=Place.CLIENT)
    world.share_consent = Consent.objects.create(
        family=world.family,
        ground=ground,
        given_by=mother,
        about=mother,
        how="spoken",
        given_on=factories.NOW.date(),
        ends_on=factories.NOW.date() + timedelta(days=30),
    )
