from datetime import date

import pytest

from access.models import AssignmentKind, Relation
from accounts.models import Role
from cases.models import Person, Place
from family_plans import operations
from family_plans.models import DOMAINS, Cause, Phase
from organisations.models import CodeItem, CodeList, OrganisationKind
from tests import factories

SIX = {
    "safety": "veiligheid",
    "family": "gezin",
    "education": "onderwijs",
    "healthcare": "gezondheidszorg",
    "finances": "financiën",
    "housing": "wonen",
}


@pytest.fixture
def domains(db):
    """The six domains of life, as the reference data has them."""
    code_list = CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden", basis="verified")
    return {
        code: CodeItem.objects.create(
            code_list=code_list, code=code, label_nl=dutch, basis="verified", valid_from=date(2023, 1, 1), order=order
        )
        for order, (code, dutch) in enumerate(SIX.items())
    }


@pytest.fixture
def household(cast, domains):
    """The client and two children; who is regisseur; a coordinator of the municipality that is responsible."""
    cast.domains = domains
    cast.client = Person.objects.get(family=cast.family, place=Place.CLIENT)
    cast.femke = Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Femke", born_on=date(2010, 5, 1)
    )
    cast.daan = Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Daan", born_on=date(2017, 9, 1)
    )
    cast.debt_support = factories.organisation("De Balie", kind="debt_support")
    # The reference data names the kinds; the factory does not.
    OrganisationKind.objects.filter(slug="debt_support").update(name="Debt support")
    cast.debt_support.kind.refresh_from_db()
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    cast.regisseur = factories.user(at=cast.shelter, name="Samir Bouzid")
    factories.assignment(cast.family, cast.regisseur, cast.shelter, AssignmentKind.REGISSEUR)
    town = factories.organisation("Gemeente Ergens", kind="municipality")
    factories.involvement(cast.family, town, Relation.RESPONSIBLE)
    cast.coordinator = factories.user(Role.COORDINATOR, at=town)
    return cast


@pytest.fixture
def plan(household):
    return operations.start_plan(
        household.family, own_words="Ik wil een eigen huis en rust.", by=household.worker, at=factories.NOW
    )


@pytest.fixture
def goal(plan, household):
    return operations.set_goal(
        plan,
        domain=household.domains["finances"],
        problem="Er zijn schulden op haar naam.",
        aim="Een regeling voor de schulden.",
        own_words="Ik wil niet meer schrikken van de post.",
        phase=Phase.AFTER_DEPARTURE,
        by=household.worker,
        at=factories.NOW,
    )


@pytest.fixture
def action(goal, household):
    return operations.agree_action(
        goal,
        what="Alle brieven in één map.",
        responsible=household.client,
        due_on=date(2026, 3, 9),
        by=household.worker,
    )


@pytest.fixture
def help_line(household):
    return operations.start_help(
        household.family,
        organisation=household.debt_support,
        domain=household.domains["finances"],
        starts_on=date(2026, 2, 1),
        by=household.worker,
    )


@pytest.fixture
def stagnation(help_line, household):
    return operations.report_stagnation(
        household.family,
        domain=household.domains["finances"],
        cause=Cause.WAITING,
        since=date(2026, 2, 20),
        note="De hulp is gestopt na het ontslag.",
        help_line=help_line,
        by=household.worker,
        at=factories.NOW,
    )
