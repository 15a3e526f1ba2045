"""The evaluation of a pilot: fixed beforehand, answered by nobody in particular, and told in six chapters."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from core.errors import NotAllowed, WrongState
from figures import operations
from figures.evaluation import evaluate, heard, regions_without
from figures.models import Lesson, Pilot, PilotIndicator, PilotMunicipality, Respondent, Survey, Way
from organisations.models import Municipality
from tests import factories
from tests.figures.piloted import pilot, region
from tests.paper_text import read as read_paper

TODAY = factories.NOW.date()
NEXT_QUARTER = date(2026, 4, 1)


@pytest.fixture
def town(db):
    return factories.organisation("Gemeenteteam Oostrand", kind="municipality")


@pytest.fixture
def leader(town):
    return factories.user(Role.PROJECT_LEADER, at=town)


@pytest.fixture
def trial(town, leader):
    """It begins in three months."""
    return pilot(by=leader, owner=town)[0]


def begin(trial):
    Pilot.objects.filter(pk=trial.pk).update(starts_on=date(2026, 1, 1))
    trial.refresh_from_db()
    return trial


def text(response):
    return response.content.decode()


def said(words="Er is een regisseur.", target="90%"):
    return operations.Said(words, target)


class TestIndicators:
    @pytest.mark.row("K5")
    def test_what_is_measured_cannot_change_once_the_pilot_began(self, trial, leader, client, sign_in):
        browser = sign_in(leader)
        page = reverse("municipalities:add_indicator", args=[trial.pk])
        browser.post(page, {"text": "Er is een regisseur.", "target": "90%", "baseline": "60%"})
        first, second = PilotIndicator.objects.order_by("number")
        # Before the start it may still be reworded.
        browser.post(reverse("municipalities:change_indicator", args=[second.pk]), {"text": "Altijd.", "target": "95%"})
        second.refresh_from_db()
        assert (second.text, second.version) == ("Altijd.", 1)

        begin(trial)
        with pytest.raises(WrongState, match="liggen vast"):
            operations.add_indicator(trial, said(), by=leader, at=factories.NOW)
        with pytest.raises(WrongState, match="waarom"):
            operations.change_indicator(first, said(), by=leader, at=factories.NOW)
        for change in (
            lambda: PilotIndicator.objects.update(target="10%"),
            lambda: PilotIndicator.objects.all().delete(),
            lambda: PilotIndicator.objects.create(
                pilot=trial, number=9, text="x", target="x", recorded_by=leader, recorded_at=factories.NOW
            ),
        ):
            with pytest.raises(IntegrityError, match="are fixed"), transaction.atomic():
                change()

        page = reverse("municipalities:change_indicator", args=[first.pk])
        typed = {"text": "Cliënten weten wie ze bellen, ook in het weekend.", "target": "4"}
        assert browser.post(page, typed).context["form"].errors.keys() == {"because"}
        browser.post(page, typed | {"because": "Het weekend ontbrak."})
        versions = PilotIndicator.objects.filter(number=1).order_by("version")
        assert [one.version for one in versions] == [1, 2]
        assert versions[0].text == "Cliënten weten wie ze bellen."
        assert "versie 2: Het weekend ontbrak." in text(browser.get(trial.get_absolute_url()))
        with pytest.raises(WrongState, match="latere versie"):
            operations.change_indicator(first, said(), because="Nog eens.", by=leader, at=factories.NOW)

    def test_they_can_be_fixed_earlier_and_not_without_any(self, trial, town, leader):
        operations.lock(trial, by=leader, at=factories.NOW)
        with pytest.raises(WrongState):
            operations.add_indicator(trial, said(), by=leader, at=factories.NOW)
        empty = operations.record_pilot(
            "Leeg",
            starts_on=date(2027, 1, 1),
            ends_on=date(2028, 1, 1),
            regions=[region("Noord")],
            owner=town,
            by=leader,
        )
        with pytest.raises(WrongState):
            operations.lock(empty, by=leader, at=factories.NOW)

    def test_the_days_move_until_it_begins(self, trial, leader, client, sign_in):
        page = reverse("municipalities:move_pilot", args=[trial.pk])
        browser = sign_in(leader)
        backwards = {"starts_on": "2026-08-01", "ends_on": "2026-07-01"}
        assert browser.post(page, backwards).context["form"].errors.keys() == {"ends_on"}
        browser.post(page, backwards | {"ends_on": "2027-07-01"})
        trial.refresh_from_db()
        assert (trial.starts_on, trial.ends_on) == (date(2026, 8, 1), date(2027, 7, 1))
        with pytest.raises(WrongState):
            operations.move_pilot(
                begin(trial), starts_on=date(2027, 1, 1), ends_on=date(2028, 1, 1), by=leader, at=factories.NOW
            )

    def test_only_its_keeper_writes_in_it(self, trial, sign_in, client):
        stranger = factories.user(
            Role.COORDINATOR, at=factories.organisation("Gemeenteteam Middenveld", kind="municipality")
        )
        browser = sign_in(stranger)
        assert browser.get(trial.get_absolute_url()).status_code == 200
        assert browser.get(reverse("municipalities:add_indicator", args=[trial.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            operations.add_indicator(trial, said(), by=stranger, at=factories.NOW)


class TestSurvey:
    def answer(self, trial, by, scores=(4, 4, 4, 4), *, respondent=Respondent.CLIENT, month=3, at=factories.NOW):
        return operations.record_survey(trial, respondent, scores, month=month, way=Way.TOGETHER, by=by, at=at)

    @pytest.mark.row("K6")
    def test_the_share_that_answered_and_the_mean_are_told_and_nobody_can_be_found(
        self, trial, town, leader, client, sign_in
    ):
        worker = factories.user(at=factories.OrganisationFactory(name="Wijkteam", municipality=town.municipality))
        begin(trial)
        browser = sign_in(worker)
        page = reverse("municipalities:survey", args=[trial.pk, "client"])
        assert page in text(browser.get(reverse("municipalities:surveys")))
        half = {"month": "3", "way": "together", "sentence_1": "5"}
        missing = browser.post(page, half).context["form"].errors
        assert missing.keys() == {"sentence_2", "sentence_3", "sentence_4"}
        for number in range(10):
            scores = {f"sentence_{one}": str(1 + (number + one) % 5) for one in range(1, 5)}
            assert browser.post(page, half | scores).status_code == 302
        for _number in range(2):
            browser.post(page, {"month": "3", "way": "paper", "declined": "on"})

        told = next(one for one in heard(trial, today=NEXT_QUARTER) if one.who == "iemand die geholpen is")
        assert (told.answered, told.rate) == (10, 83)
        assert [mean for _words, mean in told.means] == [3.0, 3.0, 3.0, 3.0]
        # A row knows no person, no day and nobody who typed it in.
        assert {field.name for field in Survey._meta.get_fields()} == {
            *("id", "pilot", "respondent", "month", "way", "quarter", "answers")
        }

    def test_fewer_than_ten_are_not_shown_and_cannot_be_worked_out(self, trial, leader, town):
        begin(trial)
        worker = factories.user(at=town)
        for _number in range(9):
            self.answer(trial, worker)
        assert all(one.means is None and one.answered is None for one in heard(trial, today=NEXT_QUARTER))

        for _number in range(10):
            self.answer(trial, worker, month=6)
        # Nineteen in all: the ten of month six would give away the nine.
        assert [(one.when, one.answered) for one in heard(trial, today=NEXT_QUARTER) if one.answered] == [
            ("alles samen", 19)
        ]
        self.answer(trial, worker)
        assert [one.when for one in heard(trial, today=NEXT_QUARTER) if one.answered] == [
            "alles samen",
            "na 3 maanden",
            "na 6 maanden",
        ]

    def test_one_more_answer_shows_nowhere_until_its_quarter_is_over_and_ten_came(self, trial, town):
        begin(trial)
        worker = factories.user(at=town)
        spring = factories.NOW + timedelta(days=60)
        for _number in range(10):
            self.answer(trial, worker)
        assert all(one.answered is None for one in heard(trial, today=TODAY))
        before = heard(trial, today=NEXT_QUARTER)
        assert [one.answered for one in before if one.answered] == [10]

        self.answer(trial, worker, (1, 1, 1, 1), at=spring)
        assert heard(trial, today=NEXT_QUARTER) == before
        assert heard(trial, today=NEXT_QUARTER + timedelta(days=91)) == before
        for _number in range(9):
            self.answer(trial, worker, at=spring)
        assert [one.answered for one in heard(trial, today=NEXT_QUARTER + timedelta(days=91)) if one.answered] == [20]

    def test_elsewhere_and_outside_the_pilot_nobody_answers(self, trial, client, sign_in, town):
        stranger = factories.user(
            at=factories.OrganisationFactory(municipality=factories.MunicipalityFactory(code="GM0080", name="Elders"))
        )
        own = factories.user(at=town)
        with pytest.raises(WrongState):
            self.answer(trial, own)
        begin(trial)
        with pytest.raises(NotAllowed):
            self.answer(trial, stranger)
        page = reverse("municipalities:survey", args=[trial.pk, "client"])
        assert sign_in(stranger).get(page).status_code == 404

    def test_the_paper_says_nothing_of_who_or_where(self, client, sign_in, town):
        worker = factories.user(at=town, name="Els Vonk")
        paper = read_paper(sign_in(worker).get(reverse("municipalities:survey_paper", args=["client"])).content)
        everything = paper.text + " ".join(paper.properties.values())
        assert "Ik weet wie ik kan bellen." in everything
        for word in ("Zwolle", "Vonk", "opvang", "pilot"):
            assert word.lower() not in everything.lower()


@pytest.mark.row("K9")
def test_a_region_in_which_nobody_takes_part_is_told(trial, leader, client, sign_in):
    north = Municipality.objects.get(pk=PilotMunicipality.objects.get().municipality_id)
    north.veilig_thuis_region = region("Noord")
    north.save()

    assert [one.name for one in regions_without(trial)] == ["Zuid"]
    assert "In de regio Zuid doet niemand mee" in text(sign_in(leader).get(trial.get_absolute_url()))


@pytest.mark.row("K10")
def test_how_a_municipality_works_is_asked_and_how_much_of_it_is_known(trial, leader, client, sign_in):
    participant = PilotMunicipality.objects.get()
    browser = sign_in(leader)
    browser.post(
        reverse("municipalities:profile", args=[participant.pk]), {"teams": "Twee wijkteams.", "regie": "Zij."}
    )

    participant.refresh_from_db()
    assert participant.completeness == 25
    assert "Profiel: 25% ingevuld" in text(browser.get(trial.get_absolute_url()))
    kept = text(browser.get(reverse("municipalities:profile", args=[participant.pk])))
    assert "Twee wijkteams." in kept


@pytest.mark.row("K7")
@pytest.mark.row("K8")
def test_the_report_has_six_chapters_with_figures_and_the_lessons(trial, leader, client, sign_in):
    from figures.writing import publish
    from tests.figures.test_pages import two_years

    for quarter, plan in two_years():
        publish(plan, quarter=quarter, at=factories.NOW)
    browser = sign_in(leader)
    note = {"what": "Bel voor het vertrek.", "follows": "Maak het een vast punt.", "heard_from": "professional"}
    address = reverse("municipalities:note_lesson", args=[trial.pk])
    still_to_come = browser.post(address, note | {"learned_on": "2027-01-01"})
    assert "Bel voor het vertrek." in still_to_come.content.decode()
    assert still_to_come.context["form"].errors.keys() == {"learned_on"}
    browser.post(address, note | {"learned_on": "2026-02-01", "region": str(region("Noord").pk)})
    browser.post(reverse("municipalities:write_chapter", args=[trial.pk, 2]), {"text": "Het wijkteam heeft de regie."})

    pdf = browser.get(reverse("municipalities:pilot_report", args=[trial.pk]))
    words = " ".join(" ".join(read_paper(pdf.content).pages).split())

    titles = (
        *("1. De werkwijze", "2. Wie de regie heeft", "3. Wanneer ondersteuning start en stopt"),
        *("4. Voor wie het is", "5. Wie de ondersteuners zijn", "6. Wat er geleerd is"),
    )
    assert [words.index(title) for title in titles] == sorted(words.index(title) for title in titles)
    assert "Het wijkteam heeft de regie." in words
    assert "Bel voor het vertrek." in words
    assert "(Noord, 1 februari 2026, een professional)" in words
    found = evaluate(trial, today=TODAY)
    assert found.year is not None
    # Every chapter has a figure, and every figure a number for the country.
    assert all(any(row.shares[0] is not None for row in chapter.rows) for chapter in found.chapters)
    assert words.count("%") >= 6


def test_the_page_costs_the_same_for_two_lessons_and_for_twenty(trial, leader, client, sign_in):
    browser = sign_in(leader)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(trial.get_absolute_url())
        return len(queries)

    def learn(count):
        for number in range(count):
            Lesson.objects.create(
                pilot=trial, learned_on=TODAY, heard_from="client", what=f"Les {number}", recorded_by=leader
            )

    learn(2)
    cost()
    few = cost()
    learn(18)
    assert cost() == few
