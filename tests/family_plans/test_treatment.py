"""Help to somebody from whom the others must be safe: apart, on its own ground, and invisible to every partner."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from access.models import AssignmentKind, Relation
from audit.events import Event
from audit.models import AuditEvent
from cases.models import MeasureKind, MeasureScope, Person, Place, ProtectiveMeasure
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import EndReason, HelpLine, TreatmentLine
from family_plans.reading import papers
from family_plans.reading.help import help_page
from family_plans.reading.shown import Reader
from tests import factories
from tests.family_plans.conftest import TODAY, new_help, share_plan
from tests.paper_text import read

NOW = factories.NOW


@pytest.fixture
def father(household):
    household.father = Person.objects.create(
        family=household.family, place=Place.EX_PARTNER, given_name="Ronald", causes_harm=True
    )
    household.clinic = factories.organisation("De Kade", kind="forensic_care")
    return household.father


def record(cast, person, by=None, ground="Toestemming van Ronald", organisation=None):
    return operations.record_treatment(
        person,
        organisation=organisation or cast.clinic,
        kind=cast.kinds["violence_treatment"],
        starts_on=date(2026, 2, 1),
        ground=ground,
        by=by or cast.worker,
        at=NOW,
    )


@pytest.mark.row("E31")
def test_each_member_can_have_help_the_one_who_causes_harm_apart(household, father):
    for person in (household.client, household.femke, household.daan):
        operations.ask_help(household.family, new_help(household, person=person), by=household.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.ask_help(household.family, new_help(household, person=father), by=household.worker, at=NOW)

    line = record(household, father)

    assert HelpLine.objects.count() == 3
    assert TreatmentLine.objects.visible_to(household.worker).get() == line


def test_it_stands_on_a_ground_of_its_own(household, father):
    with pytest.raises(WrongState):
        record(household, father, ground=" ")
    with pytest.raises(WrongState):
        record(household, household.client)

    assert not TreatmentLine.objects.exists()


@pytest.mark.row("E31")
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_no_partner_of_the_client_sees_it_at_any_level(client, sign_in, household, father, level):
    line = record(household, father)
    reader = share_plan(household, level=level)

    assert not TreatmentLine.objects.visible_to(reader).exists()
    sign_in(reader)
    assert client.get(reverse("family_plans:treatments", args=[household.family.pk])).status_code == 404
    for name in ("plan", "help"):
        page = client.get(reverse(f"family_plans:{name}", args=[household.family.pk]))
        assert "De Kade" not in page.content.decode()
        assert "Ronald" not in page.content.decode()
    with pytest.raises(NotAllowed):
        operations.end_treatment(line, on=TODAY, reason=EndReason.ACHIEVED, by=reader)


@pytest.mark.row("C40")
def test_who_treats_the_father_cannot_open_the_mothers_part(client, sign_in, plan, help_line, household, father):
    """Not even with an assignment by mistake: being named in a treatment opens no door."""
    record(household, father)
    therapist = factories.user(at=household.clinic)
    factories.assignment(household.family, therapist, household.clinic, AssignmentKind.WORKER)
    sign_in(therapist)

    for name in ("plan", "help", "income", "reliance", "stagnations", "treatments"):
        assert client.get(reverse(f"family_plans:{name}", args=[household.family.pk])).status_code == 404
    assert not HelpLine.objects.visible_to(therapist).exists()


def test_it_is_on_no_paper_of_the_family(plan, goal, household, father):
    record(household, father, organisation=factories.organisation("De Kade", kind="debt_support"))

    for member in (household.client, household.femke, None):
        pdf, _mark = papers.family_copy(plan, for_member=member, printed_by=household.worker, at=NOW, language="nl")
        words = read(pdf).text
        assert "Ronald" not in words
        assert "Hulp van" not in words


def test_nobody_who_causes_harm_gets_a_copy_or_an_agreement(client, sign_in, plan, goal, household, father):
    sign_in(household.worker)

    assert client.get(reverse("family_plans:paper", args=[plan.pk]), {"voor": father.pk}).status_code == 404
    form = client.get(reverse("family_plans:add_action", args=[goal.pk])).context["form"]
    offered = str(form.fields["responsible"].choices)
    assert str(household.client.pk) in offered
    assert str(father.pk) not in offered


def test_a_treatment_ends_once_after_its_start(household, father):
    line = record(household, father)
    with pytest.raises(WrongState):
        operations.end_treatment(line, on=date(2026, 1, 31), reason=EndReason.STOPPED, by=household.worker)
    operations.end_treatment(line, on=TODAY, reason=EndReason.STOPPED, by=household.worker)
    with pytest.raises(WrongState):
        operations.end_treatment(line, on=TODAY, reason=EndReason.STOPPED, by=household.worker)


def test_the_sending_side_after_a_handover_does_not_see_it(household, father):
    record(household, father)
    sender = factories.organisation("De Vorige", kind="womens_shelter")
    factories.involvement(household.family, sender, Relation.FORMER)
    before = factories.user(at=sender)
    factories.assignment(household.family, before, sender)

    assert not TreatmentLine.objects.visible_to(before).exists()


class TestTherapyTogether:
    """Help with the ex-partner, only when it is safe (C41)."""

    @pytest.fixture
    def ban(self, household, father):
        return ProtectiveMeasure.objects.create(
            family=household.family,
            kind=MeasureKind.CONTACT_BAN,
            against=father,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 5, 1),
            recorded_by=household.worker,
        )

    def ask(self, cast, person=None, at=NOW, **fields):
        help_ = new_help(
            cast,
            "therapy_together",
            domain="family",
            person=person or cast.client,
            together_with=cast.father,
            **fields,
        )
        return operations.ask_help(cast.family, help_, by=cast.worker, at=at)

    @pytest.mark.row("C41")
    def test_is_refused_while_a_ban_on_contact_covers_it(self, household, ban):
        for fields in ({}, {"at": NOW + timedelta(days=60)}, {"together_because": "  "}):
            with pytest.raises(WrongState):
                self.ask(household, **fields)
        assert not HelpLine.objects.exists()

    @pytest.mark.row("C41")
    def test_is_allowed_with_a_reason_which_is_kept_and_in_the_log(self, household, ban):
        line = self.ask(household, together_because="Besproken met de officier en de behandelaar.")

        assert line.together_because
        assert AuditEvent.objects.get(subject_id=line.pk, event=Event.HELP_LINE_STARTED).details["overridden"] is True
        page = help_page(household.family, Reader(), departs_on=None, today=TODAY)
        assert page.running[0].forbidden

    @pytest.mark.row("C41")
    def test_is_allowed_when_nothing_forbids_it_or_only_after_the_ban(self, household, father, ban):
        # Its last day is 1 May.
        assert self.ask(household, at=NOW + timedelta(days=61))
        ProtectiveMeasure.objects.update(ends_on=date(2026, 3, 1))
        assert self.ask(household)

    def test_is_refused_for_those_the_ban_names_and_for_nobody_else(self, household, ban):
        MeasureScope.objects.create(family=household.family, measure=ban, person=household.client)

        with pytest.raises(WrongState):
            self.ask(household)
        assert self.ask(household, person=household.femke)

    def test_a_ban_that_comes_later_shows_beside_the_help(self, household, father):
        self.ask(household)
        assert not help_page(household.family, Reader(), departs_on=None, today=TODAY).running[0].forbidden
        ProtectiveMeasure.objects.create(
            family=household.family,
            kind=MeasureKind.EXCLUSION_ORDER,
            against=father,
            starts_on=TODAY,
            ends_on=date(2026, 3, 12),
            recorded_by=household.worker,
        )

        assert help_page(household.family, Reader(), departs_on=None, today=TODAY).running[0].forbidden

    def test_the_form_says_it_beside_the_field_and_keeps_what_was_typed(self, client, sign_in, household, ban):
        sign_in(household.worker)
        typed = {
            "kind": household.kinds["therapy_together"].pk,
            "domain": household.domains["family"].pk,
            "organisation": household.debt_support.pk,
            "person": household.client.pk,
            "together_with": household.father.pk,
            "asked_on": "2026-03-01",
            "bridging": "Het maatje",
        }

        form = client.post(reverse("family_plans:ask_help", args=[household.family.pk]), typed).context["form"]

        assert set(form.errors) == {"together_because"}
        assert form["bridging"].value() == "Het maatje"
