"""The plan to take home: the client's words first, and no place."""

import re

import pytest
from django.urls import reverse

from cases.operations import hear_child
from family_plans import operations
from family_plans.reading import papers
from tests import factories
from tests.paper_text import read


@pytest.fixture
def paper(plan, action, help_line, household):
    operations.agree_action(
        action.goal,
        what="Bellen met De Haven in Zwolle, 8011 AB.",
        responsible=household.debt_support,
        due_on=action.due_on,
        by=household.worker,
        at=factories.NOW,
    )
    pdf, _mark = papers.family_copy(plan, for_member=None, printed_by=household.worker, at=factories.NOW, language="nl")
    return read(pdf)


@pytest.mark.row("E10")
@pytest.mark.row("L6")
def test_the_paper_starts_with_the_clients_own_words_and_says_who_does_what(paper):
    words = " ".join(paper.lines)

    assert words.startswith("Ons plan Ik wil een eigen huis en rust. Financiën Een regeling voor de schulden.")
    assert "Ik wil niet meer schrikken van de post." in words
    assert "Alle brieven in één map. Marloes, uiterlijk 9 maart" in words


@pytest.mark.row("D19")
@pytest.mark.row("L6")
def test_the_paper_names_no_organisation_and_no_place(paper, household):
    everything = paper.text + " ".join(paper.properties.values())

    # What kind of help it is, not who gives it.
    assert "Hulp van: " in everything
    for forbidden in (
        "(?i)de haven",
        "(?i)zwolle",
        "(?i)de balie",
        r"\b\d{4} ?[A-Z]{2}\b",
        "de Wit",
        household.family.reference,
    ):
        assert not re.search(forbidden, everything), forbidden


@pytest.mark.row("R24")
@pytest.mark.parametrize("whose", ["", "client"])
def test_it_says_for_whom_it_is_and_not_who_made_it_or_works_with_them(plan, action, household, whose):
    operations.agree_action(
        action.goal,
        what="Bellen.",
        responsible=household.worker,
        due_on=action.due_on,
        by=household.worker,
        at=factories.NOW,
    )
    pdf, mark = papers.family_copy(
        plan,
        for_member=household.client if whose else None,
        printed_by=household.worker,
        at=factories.NOW,
        language="nl",
    )
    paper = read(pdf)

    assert (
        f"Voor {'Marloes' if whose else 'het gezin'}. Afgedrukt op 2 maart 2026 10:00. Nummer {mark.number}."
        in paper.text
    )
    # By a first name she knows who it is; a whole one can be looked up, and with it where they are.
    assert "Els, uiterlijk 9 maart" in paper.text
    assert household.worker.name == "Els Vonk"
    assert "Vonk" not in paper.text + paper.title + " ".join(paper.properties.values())


@pytest.mark.row("D29")
@pytest.mark.parametrize("copy_for", ["the parent", "the child", "everybody"])
def test_what_a_child_keeps_from_its_parents_is_on_no_copy_that_they_can_find(
    plan, household, client, sign_in, copy_for
):
    for words, hidden in (("Ik wil weer naar judo.", False), ("Ik ben bang voor papa.", True)):
        hear_child(
            household.daan,
            words=words,
            asked_by="Veerle",
            asked_on=factories.NOW.date(),
            hidden_from_parents=hidden,
            by=household.worker,
        )
    whose = {"the parent": household.client, "the child": household.daan}.get(copy_for)
    sign_in(household.worker)

    pdf = client.get(reverse("family_plans:paper", args=[plan.pk]), {"voor": whose.pk} if whose else {})
    everything = read(pdf.content)

    assert "Ik wil weer naar judo." in everything.text
    assert "bang" not in everything.text + " ".join(everything.properties.values())
    # On the screen of who works with the family both stand, and the second says so.
    screen = client.get(reverse("cases:persons", args=[household.family.pk])).content.decode()
    assert "Ik ben bang voor papa." in screen
    assert screen.count("Niet voor de ouders") == 1
