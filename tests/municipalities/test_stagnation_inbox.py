"""What a coordinator sees of what is stuck: enough to call an organisation to account, and nothing of the file."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import AssignmentKind, Relation
from family_plans import operations
from family_plans.models import DOMAINS, BindingRequest, Cause, Stagnation
from organisations.models import CodeItem, CodeList, OrganisationKind
from tests import factories

NOW, TODAY = factories.NOW, date(2026, 3, 2)
INBOX = "municipalities:stagnations"


@pytest.fixture
def town(db):
    made = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    made.domain = CodeItem.objects.create(
        code_list=CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden"),
        code="finances",
        label_nl="financiën",
        valid_from=date(2023, 1, 1),
    )
    made.coordinator = factories.user("coordinator", at=made)
    return made


def stuck_family(town, *, escalate=True, name="Marloes"):
    """A family of this town with something that is stuck and, unless said otherwise, was taken to the municipality."""
    team = factories.organisation()
    family = factories.family(opened_by=team, client=name)
    regisseur = factories.user(at=team)
    for relation in (Relation.WORKING, Relation.REGISSEUR):
        factories.involvement(family, team, relation)
    factories.assignment(family, regisseur, team, AssignmentKind.REGISSEUR)
    factories.involvement(family, town, Relation.RESPONSIBLE)
    stuck = operations.report_stagnation(
        family,
        domain=town.domain,
        cause=Cause.MONEY,
        since=date(2026, 2, 1),
        note="Marloes wacht op de bank.",
        by=regisseur,
        at=NOW,
    )
    return operations.escalate_stagnation(stuck, by=regisseur, at=NOW) if escalate else stuck


def test_the_inbox_holds_reference_domain_cause_and_days_and_no_name(client, sign_in, town):
    stuck = stuck_family(town)
    sign_in(town.coordinator)

    page = client.get(reverse(INBOX))

    (line,) = page.context["asked"]
    assert (line.reference, line.domain, line.cause, line.days, line.answer_by) == (
        stuck.family.reference,
        "financiën",
        "Geld of een besluit daarover",
        29,
        date(2026, 3, 9),
    )
    assert line.rung == "coördinator van de gemeente"
    for content in ("Marloes", "de Wit", "bank", str(stuck.family_id)):
        assert content not in page.content.decode()


@pytest.mark.row("G12")
def test_what_is_stuck_without_bridging_is_listed_whether_it_was_asked_or_not(client, sign_in, town):
    stuck = stuck_family(town, escalate=False)
    sign_in(town.coordinator)

    page = client.get(reverse(INBOX))

    assert page.context["asked"] == []
    assert [(line.reference, line.days) for line in page.context["unbridged"]] == [(stuck.family.reference, 29)]


def test_another_towns_coordinator_sees_and_answers_nothing(client, sign_in, town):
    stuck = stuck_family(town)
    sign_in(factories.user("coordinator", at=factories.organisation("Gemeenteteam Middenveld", kind="municipality")))

    page = client.get(reverse(INBOX))
    assert (page.context["asked"], page.context["unbridged"]) == ([], [])
    answer = reverse("municipalities:answer", args=[stuck.pk])
    assert client.get(answer).status_code == 404
    assert client.post(answer, {"answer": "x"}).status_code == 404


def test_an_answer_says_whom_and_when_and_what_was_typed_stays(client, sign_in, town):
    stuck = stuck_family(town)
    sign_in(town.coordinator)
    page = reverse("municipalities:answer", args=[stuck.pk])

    refused = client.post(page, {"answer": "Wij bellen.", "addressed": "", "happens_by": "2026-03-01"})

    assert set(refused.context["form"].errors) == {"addressed", "happens_by"}
    assert refused.context["form"]["answer"].value() == "Wij bellen."
    assert (
        client.post(page, {"answer": "Wij bellen.", "addressed": town.pk, "happens_by": "2026-03-02"}).status_code
        == 302
    )
    # A second click, or a stale page: told, and taken back to the list.
    again = client.post(page, {"answer": "Nog eens.", "addressed": town.pk, "happens_by": "2026-03-02"}, follow=True)
    assert again.redirect_chain[-1][0] == reverse(INBOX)
    assert "Deze stagnatie wacht niet meer op een antwoord." in again.content.decode()
    stuck.refresh_from_db()
    assert stuck.answer == "Wij bellen."


def test_the_list_of_organisations_does_not_say_who_helps_the_family(client, sign_in, town):
    first, second = stuck_family(town), stuck_family(town, name="Aylin")
    sign_in(town.coordinator)

    def offered(stuck):
        form = client.get(reverse("municipalities:answer", args=[stuck.pk])).context["form"]
        return list(form.fields["addressed"].queryset)

    assert offered(first) == offered(second)


@pytest.mark.row("G3")
def test_what_got_stuck_is_reported_by_cause_and_kind_of_partner_and_few_stay_few(client, sign_in, town):
    school = factories.organisation("Basisschool", kind="school_primary")
    debts = factories.organisation("Schuldhulp", kind="debt_support")
    for one, name in ((school, "Primary school"), (debts, "Debt support")):
        OrganisationKind.objects.filter(pk=one.kind_id).update(name=name)
    for number in range(12):
        stuck = stuck_family(town)
        about = {"domain": town.domain, "reported_at": NOW, "solve_by": date(2026, 3, 9)}
        about |= {"since": date(2026, 2, 1), "cause": Cause.WAITING, "family": stuck.family}
        made = Stagnation.objects.create(**about)
        BindingRequest.objects.create(
            family=stuck.family,
            stagnation=made,
            to=school,
            what="Zeg wanneer.",
            asked_by=town.coordinator,
            asked_on=TODAY,
            answer_by=date(2026, 3, 9),
        )
        operations.answer_stagnation(
            stuck,
            answer="Gebeld.",
            addressed=debts if number else school,
            happens_by=date(2026, 3, 9),
            by=town.coordinator,
            at=NOW,
        )
    Stagnation.objects.create(**about | {"since": date(2025, 2, 1), "cause": Cause.STAFF})  # long ago
    sign_in(town.coordinator)

    page = client.get(reverse(INBOX))

    assert [(one.cause, one.kind, one.families) for one in page.context["caused"]] == [
        ("Wachtlijst", "Basisschool", 12),
        ("Geld of een besluit daarover", "Schuldhulpverlening", 11),
        ("Geld of een besluit daarover", "Basisschool", 1),
    ]
    assert page.content.decode().count("minder dan tien") == 1


def test_the_inbox_asks_as_much_for_twenty_as_for_two(client, sign_in, town):
    sign_in(town.coordinator)

    def queries():
        # What a session asks once is asked before.
        client.get(reverse(INBOX))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(INBOX)).status_code == 200
        return len(asked)

    for _one in range(2):
        stuck_family(town)
    few = queries()
    for _one in range(18):
        stuck_family(town)

    assert queries() == few
