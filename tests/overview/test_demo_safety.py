"""The safety of the first family of the demonstration reads as one story."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.models import Family
from organisations import reference_data
from safety_plans import changes, shared
from safety_plans.models import RiskAssessment, SafetyPlan


@pytest.mark.slow
def test_the_first_family_has_a_plan_in_two_versions_that_its_partner_read(settings):
    settings.DEMO = True
    reference_data.load()
    call_command("load_demo", verbosity=0)

    family = Family.objects.get(persons__given_name="Marloes")
    first, second = SafetyPlan.objects.filter(family=family).order_by("version")
    assert [one.kind for one in changes.changes(first, second)] == ["changed"]
    assert shared.percentage(shared.holders(second, timezone.now())) == 100
    assert RiskAssessment.objects.filter(family=family).count() == 2
