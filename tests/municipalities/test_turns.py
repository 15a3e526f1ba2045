from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from access.models import Involvement
from accounts.models import Role
from cases.models import RegisseurPeriod
from collaboration.models import Reply, Summons, Undone
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from municipalities import operations, worklist
from tests import factories
from tests.municipalities.conftest import NOW, TODAY

HOME = "municipalities:families"


def counts(user):
    return {figure.name: figure.count for figure in worklist.figures(user, today=TODAY) if figure.count}


def listed(user, name):
    return [line.reference for line in worklist.page(user, name, today=TODAY).lines]


class TestAssign:
    def test_the_lead_of_the_team_finds_it_on_her_list_at_once(self, client, sign_in, cast, coordinator, team):
        sign_in(coordinator)
        url = reverse("municipalities:assign_team", args=[cast.family.reference])

        assert "Marloes" not in client.get(url).content.decode()
        answer = client.post(url, {"team": team.pk}, follow=True)

        assert "Wijkteam Hier heeft het nu op de lijst" in answer.content.decode()
        # The alarm stands, and says with whom it lies now.
        (line,) = worklist.page(coordinator, Undone.NO_REGISSEUR, today=TODAY).lines
        assert line.turn == "Wijkteam Hier"
        sign_in(team.lead)
        page = client.get(reverse("handover:without_regisseur")).content.decode()
        assert cast.family.reference in page
        owed = FollowUp.objects.get(family=cast.family, kind=Kind.APPOINT_REGISSEUR)
        assert (owed.due_on, owed.state) == (date(2026, 3, 3), "open")

    def test_a_second_click_opens_no_second_door(self, client, sign_in, cast, coordinator, team):
        sign_in(coordinator)
        url = reverse("municipalities:assign_team", args=[cast.family.reference])
        client.post(url, {"team": team.pk})

        again = client.post(url, {"team": team.pk}, follow=True)

        assert "Dit is vandaag al gevraagd." in again.content.decode()
        assert Involvement.objects.filter(organisation=team, closed_at=None).count() == 1

    def test_another_team_takes_the_place_of_the_first(self, cast, coordinator, team):
        other = factories.organisation("Wijkteam Daar")
        factories.user(Role.TEAM_LEAD, at=other)
        factories.user(at=other)
        operations.assign_neighbourhood_team(cast.family, team=team, by=coordinator, at=NOW)

        operations.assign_neighbourhood_team(cast.family, team=other, by=coordinator, at=NOW)

        assert Involvement.objects.live(NOW).filter(organisation=other).exists()
        assert not Involvement.objects.live(NOW).filter(organisation=team).exists()

    def test_the_door_does_not_stay_open_for_a_team_in_which_nobody_becomes_regisseur(self, cast, coordinator, team):
        operations.assign_neighbourhood_team(cast.family, team=team, by=coordinator, at=NOW)

        assert Involvement.objects.get(organisation=team).ends_at == NOW + timedelta(days=30)

    def test_not_while_there_is_a_regisseur(self, cast, coordinator, team, regisseur):
        with pytest.raises(WrongState, match="heeft nu een regisseur"), translation.override("nl"):
            operations.assign_neighbourhood_team(cast.family, team=team, by=coordinator, at=NOW)

    def test_not_to_a_team_elsewhere_or_where_nobody_could_choose(self, cast, coordinator, team):
        elsewhere = factories.OrganisationFactory(municipality__code="GM0344", municipality__name="Utrecht")
        factories.user(Role.TEAM_LEAD, at=elsewhere)
        factories.user(at=elsewhere)
        empty = factories.organisation("Wijkteam Leeg")
        for wrong in (elsewhere, empty, cast.shelter):
            with pytest.raises(WrongState):
                operations.assign_neighbourhood_team(cast.family, team=wrong, by=coordinator, at=NOW)

    def test_the_duty_desk_may_and_a_coordinator_elsewhere_may_not(self, client, sign_in, cast, municipality, team):
        desk = factories.user(Role.DUTY_DESK, at=municipality)
        elsewhere = factories.user(
            Role.COORDINATOR, at=factories.organisation("Gemeenteteam Middenveld", kind="municipality")
        )

        with pytest.raises(NotAllowed):
            operations.assign_neighbourhood_team(cast.family, team=team, by=elsewhere, at=NOW)
        sign_in(desk)
        url = reverse("municipalities:assign_team", args=[cast.family.reference])
        assert url in client.get(reverse("signals:desk")).content.decode()
        assert client.post(url, {"team": team.pk}).url == reverse("signals:desk")
        assert Summons.objects.get().organisation == team


class TestSummon:
    @pytest.fixture
    def late(self, cast, coordinator, regisseur):
        factories.follow_up(cast.family, kind=Kind.TRIAGE_SIGNAL, due_on=TODAY - timedelta(days=1))
        return reverse("municipalities:summon", args=[Undone.SIGNAL_NOT_JUDGED, cast.family.reference])

    @pytest.mark.row("C25")
    def test_it_arrives_with_whoever_has_the_regie_and_the_answer_comes_back_as_a_word(
        self, client, sign_in, cast, coordinator, late
    ):
        sign_in(coordinator)
        refused = client.post(late, {"words": "Beoordeel dit vandaag.", "act_by": "2026-03-01"})
        assert refused.context["form"]["words"].value() == "Beoordeel dit vandaag."

        client.post(late, {"words": "Beoordeel dit vandaag.", "act_by": "2026-03-03"})

        (line,) = worklist.page(coordinator, Undone.SIGNAL_NOT_JUDGED, today=TODAY).lines
        assert "nog geen antwoord" in line.said
        sign_in(cast.worker)
        url = reverse("municipalities:summons", args=[Summons.objects.get().pk])
        assert url in client.get(reverse("overview:today")).content.decode()
        assert "Beoordeel dit vandaag." in client.get(url).content.decode()
        assert client.post(url, {"reply": Reply.PLANNED}).context["form"].errors["planned_on"]
        client.post(url, {"reply": Reply.PLANNED, "planned_on": "2026-03-04"})
        # A stale page.
        again = client.post(url, {"reply": Reply.DONE}, follow=True)
        assert "al beantwoord" in again.content.decode()
        assert not FollowUp.objects.open().filter(kind=Kind.MUNICIPALITY_ASKS).exists()
        (line,) = worklist.page(coordinator, Undone.SIGNAL_NOT_JUDGED, today=TODAY).lines
        assert "4 maart" in line.said

    def test_what_was_settled_meanwhile_is_not_asked(self, cast, coordinator, late):
        FollowUp.objects.update(state="done", closed_at=NOW)

        with pytest.raises(WrongState):
            operations.summon(
                cast.family, undone=Undone.SIGNAL_NOT_JUDGED, words="Doe het.", act_by=TODAY, by=coordinator, at=NOW
            )

    def test_without_a_regisseur_there_is_nobody_to_address(self, cast, coordinator, late):
        RegisseurPeriod.objects.update(ends_at=NOW + timedelta(hours=1))

        with pytest.raises(WrongState), translation.override("nl"):
            operations.summon(
                cast.family, undone=Undone.SIGNAL_NOT_JUDGED, words="Doe het.", act_by=TODAY, by=coordinator, at=NOW
            )

    def test_a_second_click_asks_once(self, client, sign_in, coordinator, late):
        sign_in(coordinator)
        for _click in (1, 2):
            client.post(late, {"words": "Beoordeel dit.", "act_by": "2026-03-03"})

        assert Summons.objects.count() == 1

    def test_who_does_not_work_with_the_family_finds_nothing(self, client, sign_in, cast, coordinator, late):
        made = operations.summon(
            cast.family, undone=Undone.SIGNAL_NOT_JUDGED, words="Doe het.", act_by=TODAY, by=coordinator, at=NOW
        )
        for user in (cast.other_worker, cast.colleague, coordinator):
            sign_in(user)
            assert client.get(reverse("municipalities:summons", args=[made.pk])).status_code == 404
