from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import Relation
from accounts.models import Role
from cases.models import Family
from collaboration import operations
from collaboration.models import (
    AgreedStep,
    CaseEvaluation,
    CollaborationAgreement,
    CollaborationEvaluation,
    Level,
    Result,
)
from core.errors import NotAllowed, WrongState
from family_plans.models import DOMAINS, Cause, Stagnation
from municipalities import agreements as reading
from organisations.models import CodeItem, CodeList, Municipality, Region
from tests import factories
from tests.municipalities.agreed import SUBJECTS, agreement, evaluation_with_a_step, terms
from tests.paper_text import read

NOW, TODAY = factories.NOW, date(2026, 3, 2)
LIST = "municipalities:agreements"


@pytest.fixture
def town(db):
    made = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    made.coordinator = factories.user(Role.COORDINATOR, at=made)
    made.school = factories.organisation("Basisschool De Vlieger", kind="school_primary")
    return made


@pytest.mark.row("J1")
def test_an_agreement_says_something_about_three_subjects_or_shows_as_incomplete(client, sign_in, town):
    sign_in(town.coordinator)
    answers = {"title": "Met school", "level": "local", "starts_on": "2026-03-02", "evaluate_every": 12}
    answers |= {"partners": [town.school.pk], "kept_at": "Zaaksysteem", "whole_plans": "Eén plan.", "regie": "Eén."}

    refused = client.post(reverse("municipalities:record_agreement"), answers | {"ends_on": "2026-03-01"})
    assert refused.context["form"].errors["ends_on"]
    assert refused.context["form"]["title"].value() == "Met school"
    shown = refused.content.decode()
    # A day is called by what it means, and a partner is ticked without losing another.
    assert "Geldt vanaf" in shown
    assert 'type="checkbox" name="partners"' in shown
    client.post(reverse("municipalities:record_agreement"), answers)

    made = CollaborationAgreement.objects.get()
    assert (made.owner, made.evaluate_on, [p.organisation for p in made.partners.all()]) == (
        town,
        date(2027, 3, 2),
        [town.school],
    )
    assert "onvolledig" in client.get(reverse(LIST)).content.decode()
    operations.change_agreement(made, terms(title="Met school", **SUBJECTS), by=town.coordinator)
    assert "onvolledig" not in client.get(reverse(LIST)).content.decode()


@pytest.mark.row("A13")
def test_an_evaluation_is_announced_thirty_days_before_and_late_the_day_after(client, sign_in, town):
    sign_in(town.coordinator)
    made = agreement(town, by=town.coordinator, partners=[town.school], evaluate_on=TODAY + timedelta(days=31))

    def found():
        page = client.get(reverse(LIST)).context["found"]
        home = client.get(reverse("municipalities:families")).context["items"]
        return len(page.due), len(page.overdue), len(home)

    assert found() == (0, 0, 0)
    for days, expected in ((30, (1, 0, 1)), (0, (1, 0, 1)), (-1, (0, 1, 1))):
        CollaborationAgreement.objects.update(evaluate_on=TODAY + timedelta(days=days))
        assert found() == expected
    operations.evaluate_collaboration(
        made, held_on=TODAY, participants="Allen.", findings="Goed.", result=Result.GOES_ON, by=town.coordinator, at=NOW
    )
    made.refresh_from_db()
    assert made.evaluate_on == date(2027, 3, 2)
    assert found() == (0, 0, 0)


@pytest.mark.row("J4")
@pytest.mark.row("J5")
def test_both_kinds_of_evaluation_exist_and_the_second_is_due_per_agreement(client, sign_in, town, cast):
    factories.involvement(cast.family, town, Relation.RESPONSIBLE)
    made = agreement(town, by=town.coordinator, partners=[town.school], evaluate_on=TODAY - timedelta(days=1))
    sign_in(town.coordinator)
    assert client.get(reverse(LIST)).context["found"].overdue == [made]
    answers = {"held_on": "2026-03-02", "participants": "School, wijkteam.", "findings": "Te laat gebeld."}

    more = {"result": "changed", "what": "Bel binnen een dag.", "by_organisation": town.school.pk}
    url = reverse("municipalities:evaluate", args=[made.pk])
    assert client.post(url, answers | more).context["form"].errors["due_on"]
    client.post(url, answers | more | {"due_on": "2026-04-01"})
    again = client.post(url, answers | {"result": "changed"}, follow=True)
    assert "al een evaluatie" in again.context["form"].errors["held_on"][0]
    case = reverse("municipalities:evaluate_case")
    assert client.post(case, answers | {"reference": "X-0"}).context["form"].errors["reference"]
    client.post(case, answers | {"reference": cast.family.reference})

    assert (CollaborationEvaluation.objects.count(), CaseEvaluation.objects.count()) == (1, 1)
    assert client.get(reverse(LIST)).context["found"].overdue == []
    page = client.get(reverse("municipalities:evaluations")).content.decode()
    assert cast.family.reference in page
    assert "Marloes" not in page
    step = AgreedStep.objects.get()
    client.post(reverse("municipalities:finish_step", args=[step.pk]))
    assert client.get(reverse(LIST)).context["found"].steps == []


@pytest.mark.parametrize(
    ("held_on", "said"),
    [
        ("2025-03-14", "De afspraak gold nog niet op deze dag."),
        ("2026-02-01", "Er is al een evaluatie op deze dag vastgelegd."),
    ],
)
def test_an_evaluation_on_an_impossible_day_keeps_what_was_typed(client, sign_in, town, held_on, said):
    made = agreement(town, by=town.coordinator, partners=[town.school])
    evaluation_with_a_step(made, by=town.coordinator)
    sign_in(town.coordinator)
    answers = {"held_on": held_on, "participants": "School.", "findings": "Te laat gebeld.", "result": "goes_on"}

    page = client.post(reverse("municipalities:evaluate", args=[made.pk]), answers)

    assert said in page.context["form"].errors["held_on"][0]
    assert "Te laat gebeld." in page.content.decode()
    assert CollaborationEvaluation.objects.count() == 1


def test_a_coordinator_elsewhere_evaluates_no_family_and_changes_no_agreement(client, sign_in, town, cast):
    factories.involvement(cast.family, town, Relation.RESPONSIBLE)
    made = agreement(town, by=town.coordinator, partners=[town.school])
    step = evaluation_with_a_step(made, by=town.coordinator)
    other = factories.user(Role.COORDINATOR, at=factories.organisation("Gemeenteteam Middenveld", kind="municipality"))

    with pytest.raises(NotAllowed):
        operations.evaluate_case(cast.family, held_on=TODAY, participants="x", findings="x", by=other, at=NOW)
    with pytest.raises(NotAllowed):
        operations.change_agreement(made, terms(), by=other)
    sign_in(other)
    for name in ("agreement", "change_agreement", "describe_task", "evaluate"):
        assert client.get(reverse(f"municipalities:{name}", args=[made.pk])).status_code == 404
    assert client.post(reverse("municipalities:finish_step", args=[step.pk])).status_code == 404
    assert client.get(reverse("municipalities:agenda", args=[made.partners.get().pk])).status_code == 404


@pytest.mark.row("J2")
def test_the_partners_without_an_agreement_are_listed_per_municipality(client, sign_in, town):
    region = Region.objects.create(kind="veilig_thuis", name="Regio", basis="verified", valid_from=date(2023, 1, 1))
    Municipality.objects.filter(pk=town.municipality_id).update(veilig_thuis_region=region)
    factories.MunicipalityFactory(code="GM0150", name="Deventer", veilig_thuis_region=region)
    practice = factories.organisation("Praktijk", kind="general_practice")
    agreement(town, by=town.coordinator, partners=[town.school])
    agreement(town, by=town.coordinator, partners=[practice], title="Regionaal", level="regional")
    police = factories.organisation("Politie", kind="police")
    agreement(town, by=town.coordinator, partners=[police], title="Eén gezin", level="case")
    sign_in(town.coordinator)

    rows = {row.municipality: row for row in client.get(reverse("municipalities:coverage")).context["rows"]}

    zwolle, deventer = ([str(label) for label in rows[name].missing] for name in ("Zwolle", "Deventer"))
    assert len(zwolle) == len(reading.PARTNERS) - 2
    assert len(deventer) == len(reading.PARTNERS) - 1
    assert "Politie" in zwolle


@pytest.mark.row("J3", "C38")
def test_the_list_is_narrowed_by_level_and_says_how_many_are_structural(client, sign_in, town):
    for level in Level:
        agreement(town, by=town.coordinator, partners=[town.school], title=level.value, level=level.value)
    sign_in(town.coordinator)

    assert client.get(reverse(LIST)).context["found"].structural == 3
    for level in Level:
        found = client.get(reverse(LIST), {"niveau": level.value}).context["found"]
        assert [one.level for one in found.agreements] == [level.value]


@pytest.mark.row("J6")
def test_the_agenda_lists_the_causes_with_that_partner_and_points_at_nobody(client, sign_in, town, cast):
    made = agreement(town, by=town.coordinator, partners=[town.school])
    domain = CodeItem.objects.create(
        code_list=CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden"),
        code="education",
        label_nl="onderwijs",
        valid_from=date(2023, 1, 1),
    )
    causes = [Cause.WAITING] * 11 + [Cause.MONEY] * 2
    families = [cast.family, *(factories.family(opened_by=cast.shelter) for _ in causes[1:])]
    for family, cause in zip(families, causes, strict=True):
        factories.involvement(family, town, Relation.RESPONSIBLE)
        Stagnation.objects.create(
            family=family,
            domain=domain,
            cause=cause,
            since=date(2026, 2, 1),
            reported_at=NOW,
            solve_by=TODAY,
            status="answered",
            escalated_on=TODAY,
            answer_by=TODAY,
            answer="Gebeld.",
            answered_by=town.coordinator,
            answered_at=NOW,
            addressed=town.school,
            happens_by=TODAY,
        )
    sign_in(town.coordinator)

    answer = client.get(reverse("municipalities:agenda", args=[made.partners.get().pk]))
    paper = " ".join(" ".join(read(answer.content).pages).split())

    assert "Wachtlijst: 11 gezinnen" in paper
    assert "Geld of een besluit daarover: minder dan tien gezinnen" in paper
    assert paper.index("Wachtlijst") < paper.index("Geld of")
    assert not any(word in paper for word in ("Marloes", "de Wit", *Family.objects.values_list("reference", flat=True)))


def test_who_has_no_families_reads_agreements_and_keeps_none(client, sign_in, town):
    agreement(town, by=town.coordinator, partners=[town.school])
    for role in (Role.PROJECT_LEADER, Role.EXPERIENCE_EXPERT):
        user = factories.user(role, at=town)
        sign_in(user)
        page = client.get(reverse(LIST))
        assert "Afspraak" in page.content.decode()
        assert not page.context["may_keep"]
        assert client.get(reverse("municipalities:record_agreement")).status_code == 404
        assert client.get(reverse("municipalities:families")).status_code == 404
        with pytest.raises(NotAllowed):
            operations.record_agreement(terms(title="x"), partners=[town.school], owner=town, by=user, at=NOW)


@pytest.mark.row("B24")
@pytest.mark.parametrize("role", [Role.PROJECT_LEADER, Role.EXPERIENCE_EXPERT])
def test_the_roles_without_families_open_none(cast, town, role):
    from access.policy import Action

    factories.involvement(cast.family, town, Relation.RESPONSIBLE)
    for place in (town, cast.shelter):
        user = factories.user(role, at=place)
        assert not any(Family.objects.permitting(user, action).exists() for action in Action)


def test_the_same_agreement_is_written_down_once(town):
    made = {"partners": [town.school], "owner": town, "by": town.coordinator, "at": NOW}
    operations.record_agreement(terms(), **made)

    with pytest.raises(WrongState):
        operations.record_agreement(terms(), **made)


def test_the_list_costs_the_same_for_twenty(client, sign_in, town):
    sign_in(town.coordinator)

    def cost():
        client.get(reverse(LIST))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(LIST))
        return len(queries)

    for number in range(2):
        agreement(town, by=town.coordinator, partners=[town.school], title=str(number))
    few = cost()
    for number in range(2, 20):
        agreement(town, by=town.coordinator, partners=[town.school], title=str(number))
    assert cost() == few
