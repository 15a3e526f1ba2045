"""What partners should know, and what they may ask a shelter about nobody in particular."""

import pytest
from django.urls import reverse

from accounts.models import Role
from core.errors import NotAllowed, WrongState
from signals import operations
from signals.models import AdviceRequest, KnowledgePage
from signals.operations import KnowledgeText
from tests import factories
from tests.factories import NOW

TEXT = KnowledgeText("Wat je op school ziet", "Durft niet naar huis.", "Bel en schrijf op.", "Ik maak me zorgen.")


@pytest.fixture
def administrator(world):
    world.functional = factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=world.shelter)
    return world.functional


def write(world, kind, by, text=TEXT):
    return operations.write_knowledge(kind, text, within_organisation=world.shelter.pk, by=by, at=NOW)


class TestKnowledge:
    @pytest.mark.row("J13")
    @pytest.mark.row("J14")
    def test_a_school_comes_from_the_form_to_its_own_page(self, client, sign_in, world, administrator):
        own = write(world, world.school.kind, administrator)
        write(world, world.veilig_thuis.kind, administrator, KnowledgeText("Voor anderen", "x", "y"))
        sign_in(world.teacher)
        address = reverse("signals:knowledge")
        assert f'href="{address}"' in client.get(reverse("signals:report")).content.decode()
        page = client.get(address).content.decode()
        assert page.index("Wat je op school ziet") < page.index("Voor anderen")
        page = client.get(own.get_absolute_url()).content.decode()
        for said in ("Durft niet naar huis.", "Bel en schrijf op.", "Ik maak me zorgen.", 'href="tel:112"'):
            assert said in page

    @pytest.mark.row("C36", "C37")
    def test_a_page_lists_its_sources(self, client, sign_in, world):
        general = KnowledgePage.objects.get(kind=None, replaced_at=None)
        sign_in(world.teacher)
        page = client.get(general.get_absolute_url()).content.decode()
        for source in general.sources.splitlines():
            assert source in page.replace("&#x27;", "'")
        assert "infographic" in page
        assert "Werkwijzer: werken aan sociale netwerken" in page

    def test_what_is_wrong_is_told_beside_the_field_and_what_is_odd_is_shown_as_words(
        self, client, sign_in, world, administrator
    ):
        page = write(world, world.school.kind, administrator)
        url, good = reverse("signals:write_knowledge", args=[page.pk]), vars(TEXT)
        sign_in(administrator)
        for name, word in (("title", ""), ("signs", " "), ("what_to_do", ""), ("title", "x" * 121), ("signs", "\x00")):
            answer = client.post(url, good | {name: word})
            assert list(answer.context["form"].errors) == [name]
            assert "Ik maak me zorgen." in answer.content.decode()
        assert KnowledgePage.objects.filter(kind=world.school.kind).count() == 1
        odd = "<script>alert(1)</script> javascript:alert(2)"
        shown = client.post(url, dict.fromkeys([*good, "sources"], odd), follow=True).content.decode()
        assert "<script>alert" not in shown
        assert 'href="javascript' not in shown
        assert shown.count("&lt;script&gt;") >= 4

    def test_only_the_functional_administrator_changes_a_page_and_the_old_one_stays(
        self, client, sign_in, world, administrator
    ):
        first = write(world, world.school.kind, administrator)
        for user in (world.worker, world.teacher, world.coordinator):
            with pytest.raises(NotAllowed):
                write(world, world.school.kind, user)
            sign_in(user)
            assert client.get(reverse("signals:write_knowledge", args=[first.pk])).status_code == 404
        sign_in(administrator)
        url = reverse("signals:write_knowledge", args=[first.pk])
        assert "Durft niet naar huis." in client.get(url).content.decode()
        data = {"title": "Nieuw", "signs": "Is stil.", "what_to_do": "Vraag door."}
        assert client.post(url, data | {"signs": ""}).status_code == 200
        assert client.post(url, data).status_code == 302
        current = KnowledgePage.objects.get(kind=world.school.kind, replaced_at=None)
        assert (current.version, current.signs) == (2, "Is stil.")
        first.refresh_from_db()
        assert (first.replaced_at, first.signs) == (NOW, "Durft niet naar huis.")
        assert "eerdere versie" in client.get(first.get_absolute_url()).content.decode()
        kind = factories.organisation(kind="housing_corporation").kind
        assert client.get(reverse("signals:write_knowledge", args=[kind.pk])).status_code == 200


class TestQuestionsToAShelter:
    @pytest.mark.row("J12")
    def test_asked_without_identities_answered_and_counted(self, client, sign_in, world, as_member):
        sign_in(world.teacher)
        url = reverse("signals:ask_expertise")
        data = {"to_organisation": world.shelter.pk, "on_behalf_of": world.school.pk}
        assert client.get(url).status_code == 200
        assert client.post(url, data | {"question": "Daan woont op Dorpsstraat 12, wat nu?"}).status_code == 200
        assert not AdviceRequest.objects.exists()
        question = "Een kind schrikt van harde stemmen. Wat kan ik doen?"
        assert client.post(url, data | {"question": question}).status_code == 302
        asked = AdviceRequest.objects.get()
        with as_member(world.other_worker):
            assert not AdviceRequest.objects.exists()

        sign_in(world.colleague)
        assert "harde stemmen" in client.get(reverse("signals:advice_to_answer")).content.decode()
        answer = reverse("signals:give_advice", args=[asked.pk])
        assert client.post(answer, {"answer": "Geef het rust en voorspelbaarheid."}).status_code == 302
        sign_in(world.teacher)
        page = client.get(reverse("signals:own_questions")).content.decode()
        assert "voorspelbaarheid" in page
        assert "Gesteld: 1. Beantwoord: 1." in page

    def test_only_a_shelter_is_asked(self, world):
        with pytest.raises(WrongState):
            operations.ask_expertise(
                "Wat nu?", of=world.veilig_thuis, on_behalf_of=world.school, by=world.teacher, at=NOW
            )
        with pytest.raises(NotAllowed):
            operations.ask_expertise(
                "Wat nu?", of=world.shelter, on_behalf_of=world.school, by=world.coordinator, at=NOW
            )
