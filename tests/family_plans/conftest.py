from datetime import date

import pytest

from access.models import AssignmentKind, Relation
from accounts.models import Role
from cases.models import Person, Place
from family_plans import operations
from family_plans.models import (
    DOMAINS,
    HELP_KINDS,
    HELP_LAWS,
    MATRIX_DOMAINS,
    MATRIX_LEVELS,
    SUB_DOMAINS,
    Cause,
    Phase,
)
from organisations.models import CodeItem, CodeList, OrganisationKind
from tests import factories

TODAY = date(2026, 3, 2)

SIX = {
    "safety": "veiligheid",
    "family": "gezin",
    "education": "onderwijs",
    "healthcare": "gezondheidszorg",
    "finances": "financiën",
    "housing": "wonen",
}


def code_list(slug, items, parents=None):
    """A list of choices with these codes and Dutch labels, as the reference data would load it."""
    made = CodeList.objects.create(slug=slug, title_nl=slug, basis="verified")
    return {
        code: CodeItem.objects.create(
            code_list=made,
            code=code,
            label_nl=dutch,
            basis="verified",
            valid_from=date(2023, 1, 1),
            order=order,
            parent=(parents or {}).get(code),
        )
        for order, (code, dutch) in enumerate(items.items(), 1)
    }


@pytest.fixture
def domains(db):
    """The six domains of life and some parts of them, as the reference data has them."""
    six = code_list(DOMAINS, SIX)
    parents = {"debts": six["finances"], "social_network": six["family"], "trauma_and_behaviour": six["healthcare"]}
    labels = {
        "debts": "schulden",
        "social_network": "sociaal netwerk",
        "trauma_and_behaviour": "traumaverwerking en gedrag",
    }
    return six | code_list(SUB_DOMAINS, labels, parents)


@pytest.fixture
def household(cast, domains):
    """The client and two children; who is regisseur; a coordinator of the municipality that is responsible."""
    cast.domains = domains
    cast.kinds = code_list(
        HELP_KINDS,
        {
            "debt_help": "schuldhulp",
            "youth_help": "jeugdhulp",
            "trauma_treatment": "traumabehandeling",
            "financial_administration": "bewind",
            "therapy_together": "therapie samen met de ex-partner",
            "violence_treatment": "behandeling voor wie geweld gebruikt",
        },
    )
    cast.laws = code_list(HELP_LAWS, {"wmo": "Wmo 2015", "jeugdwet": "Jeugdwet"})
    cast.matrix = code_list(MATRIX_DOMAINS, {"01": "Financiën", "04": "Huisvesting", "11": "Sociaal netwerk"})
    code_list(MATRIX_LEVELS, {"01": "acuut", "02": "niet", "03": "beperkt", "04": "voldoende", "05": "volledig"})
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
    town = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    factories.involvement(cast.family, town, Relation.RESPONSIBLE)
    cast.coordinator = factories.user(Role.COORDINATOR, at=town)
    return cast


@pytest.fixture
def plan(household):
    return operations.start_plan(
        household.family, own_words="Ik wil een eigen huis en rust.", by=household.worker, at=factories.NOW
    )


def new_goal(cast, domain="finances", *, aim="Een regeling voor de schulden.", **fields):
    """A goal as a form would pass it on."""
    defaults = {
        "problem": "Er zijn schulden op haar naam.",
        "phase": Phase.AFTER_DEPARTURE,
        "responsible": cast.worker,
        "due_on": date(2026, 6, 1),
    }
    return operations.NewGoal(domain=cast.domains[domain], aim=aim, **(defaults | fields))


def new_help(cast, kind="debt_help", *, domain="finances", **fields):
    """Help as a form would pass it on: asked on the first of February, not started."""
    defaults = {"organisation": cast.debt_support, "asked_on": date(2026, 2, 1)}
    return operations.Help(kind=cast.kinds[kind], domain=cast.domains[domain], **(defaults | fields))


@pytest.fixture
def goal(plan, household):
    return operations.set_goal(
        plan,
        new_goal(household, own_words="Ik wil niet meer schrikken van de post."),
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
        at=factories.NOW,
    )


@pytest.fixture
def help_line(household):
    return operations.ask_help(
        household.family, new_help(household, starts_on=date(2026, 2, 1)), by=household.worker, at=factories.NOW
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


def share_plan(cast, *, parts=(), persons=(), level=3, name="Schuldhulp Verderop"):
    """A partner with a named reader, to whom parts of the plan were shared. Returns the reader."""
    partner = factories.organisation(name, kind="debt_support")
    reader = factories.user(at=partner)
    involvement = factories.involvement(cast.family, partner, Relation.PARTNER, level=level)
    involvement.parts, involvement.persons = list(parts), [person.pk for person in persons]
    involvement.save(update_fields=["parts", "persons"])
    factories.assignment(cast.family, reader, partner, AssignmentKind.READER)
    return reader
