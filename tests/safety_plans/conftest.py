from datetime import date, timedelta

import pytest

from cases.models import GroundKind, Law, Person, Place
from cases.operations import NewGround, share
from organisations.models import OrganisationKind
from safety_plans import operations, papers, recipients
from safety_plans.models import Course, FactorKind, Level, Moment, PaperKind, Section, SubjectKind
from safety_plans.operations import Judgement, Line, NewAssessment
from tests import factories

TODAY = date(2026, 3, 2)
REVIEW = date(2026, 4, 2)


@pytest.fixture
def household(cast):
    """The client, two children and the person the others must be safe from."""

    def add(place, given_name, **fields):
        return Person.objects.create(family=cast.family, place=place, given_name=given_name, **fields)

    cast.client = Person.objects.get(family=cast.family, place=Place.CLIENT)
    cast.femke = add(Place.CHILD, "Femke", born_on=date(2010, 5, 1))
    cast.daan = add(Place.CHILD, "Daan", born_on=date(2017, 9, 1))
    cast.ex = add(Place.EX_PARTNER, "Robert", causes_harm=True)
    cast.whole_family = [
        Judgement(SubjectKind.PERSON_CAUSING_HARM, cast.ex, Level.HIGH, "Hij belt haar moeder."),
        Judgement(SubjectKind.CLIENT, cast.client, Level.RAISED, score=4),
        Judgement(SubjectKind.CHILD, cast.femke, Level.LOW, score=6),
        Judgement(SubjectKind.CHILD, cast.daan, Level.RAISED, score=3),
        Judgement(SubjectKind.HOUSEHOLD, None, Level.RAISED),
        Judgement(SubjectKind.CLIENT_AS_RISK, cast.client, Level.LOW, "Zij schreeuwt soms tegen Daan."),
    ]
    return cast


@pytest.fixture
def assess(household):
    """Record an assessment; what is not said is plausible."""

    def assess(*, subjects=None, moment=Moment.DEPARTURE, on=TODAY, by=None, at=factories.NOW, **fields):
        content = {
            "conclusion": "Hij weet niet waar zij is. De kinderen zijn bang.",
            "instrument": "Zelfde lijst als bij binnenkomst",
            "instrument_version": "2",
            "is_trained": True,
            "who_at_risk": "Marloes en Daan",
            "of_what": "nieuw geweld",
            "how_soon": "deze maand",
            "factors": {(FactorKind.RISK, "stalking"): Course.NEW},
        } | fields
        return operations.assess(
            household.family,
            NewAssessment(**content),
            moment=moment,
            on=on,
            subjects=household.whole_family if subjects is None else subjects,
            by=by or household.worker,
            at=at,
        )

    return assess


@pytest.fixture
def write(household):
    """Add a line to a draft."""

    def write(plan, section, text, *, by=None, at=factories.NOW, **fields):
        return operations.add_item(plan, Line(text, **fields), section=section, by=by or household.worker, at=at)

    return write


@pytest.fixture
def hold(household):
    """Let a draft hold."""

    def hold(
        draft, *, agreed=TODAY, review=REVIEW, because="Er is iets veranderd.", by=None, at=factories.NOW, **fields
    ):
        return operations.activate(
            draft,
            agreed_with_client_on=agreed,
            review_on=review,
            because=because if draft.version > 1 else "",
            by=by or household.worker,
            at=at,
            **fields,
        )

    return hold


@pytest.fixture
def draft(household, write):
    """A first version with an agreement for one child and nothing about the police."""
    made = operations.draft_plan(household.family, by=household.worker, at=factories.NOW)
    write(made, Section.DANGER, "Hij komt langs als hij boos is.")
    write(
        made,
        Section.AGREEMENTS,
        "Alleen oma haalt Daan op.",
        topic="school",
        person=household.daan,
        checked_by="Intern begeleider",
    )
    return made


@pytest.fixture
def current(draft, hold):
    return hold(draft)


@pytest.fixture
def next_draft(household):
    def next_draft(by=None):
        return operations.draft_plan(household.family, by=by or household.worker, at=factories.NOW)

    return next_draft


@pytest.fixture
def shared_with(household):
    """Share with an organisation, by the worker as regisseur; what comes back is its reader."""

    def shared_with(name, *, level=2, kind="school_primary", persons=(), at=factories.NOW):
        if not hasattr(household, "regisseur"):
            household.regisseur = factories.user(at=household.shelter, name="Rika Regie")
            factories.involvement(household.family, household.shelter, "regisseur")
            factories.assignment(household.family, household.regisseur, household.shelter, "regisseur")
        organisation = factories.organisation(name, kind=kind)
        reader = factories.user("signaller" if kind.startswith("school") else "worker", at=organisation)
        reader.shared = share(
            household.family,
            with_organisation=organisation,
            level=level,
            task=Law.WMO,
            purpose="Meekijken of het veilig blijft",
            ground=NewGround(
                GroundKind.STATUTORY_TASK, law=Law.WMO, article="Wmo 2015, artikel 5.1.1", discussed_on=TODAY
            ),
            ends_at=at + timedelta(days=90),
            reader=reader,
            persons=[person.pk for person in persons],
            by=household.regisseur,
            at=at,
        )
        reader.organisation = organisation
        return reader

    return shared_with


@pytest.fixture
def browser(household, sign_in):
    return sign_in(household.worker)


@pytest.fixture
def issue(household):
    """Give out a paper as the page does; what comes back is the PDF and its row."""

    def issue(plan, value, *, with_places=False, language="nl"):
        chosen = next(one for one in recipients.of(plan, at=factories.NOW) if one.value.startswith(value))
        to = chosen.to(with_places=with_places)
        issued = operations.issue_paper(
            plan, PaperKind(chosen.kind), to=to, with_places=with_places, by=household.worker, at=factories.NOW
        )
        return papers.make(issued, network=to.network, language=language), issued

    return issue


@pytest.fixture
def full(draft, household, write, hold, shared_with):
    """A plan with every part, three sorts of secrets typed into it, and an organisation it is shared with."""
    write(
        draft,
        Section.CONDITIONS,
        "Hij komt niet bij De Haven.",
        checked_by="Wijkagent Oostrand",
        until_on=REVIEW,
        if_broken="Zij gaat naar Dorpsstraat 12.",
    )
    write(draft, Section.WHAT_I_DO, "Ik ga naar de buren en bel 112.", person=household.client)
    write(draft, Section.WHAT_I_DO, "Ik ga naar de juf.", person=household.daan)
    write(draft, Section.WHOM_TO_CALL, "Samir", phone="088 000 01 23")
    write(draft, Section.EARLY_SIGNS, "Femke doet haar deur op slot.", person=household.femke)
    write(
        draft,
        Section.NETWORK,
        "Haalt Daan op bij Basisschool De Vlieger, 8011 AB.",
        who="Oma Riet",
        task="both",
        knows_address=False,
        phone="088 000 01 24",
    )
    write(draft, Section.NETWORK, "Kijkt elke dag.", who="Buurvrouw", task="checks", knows_address=True)
    write(draft, Section.PROFESSIONALS, "Praat met Femke.", who="Gezinscoach", rhythm="elke week")
    plan = hold(draft)
    shared_with("Basisschool De Vlieger", persons=[household.daan])
    OrganisationKind.objects.filter(slug="school_primary").update(name="Basisschool")
    return plan
