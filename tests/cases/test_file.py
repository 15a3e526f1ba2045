from datetime import date

import pytest
from django.urls import reverse

from cases import operations
from cases.models import (
    Knows,
    NetworkRelation,
    Strength,
)
from cases.reading import gaps, network_size
from core.errors import WrongState
from tests.cases.asking import DAY, reachable, text, url
from tests.factories import NOW


class TestNetwork:
    @pytest.mark.row("D16")
    def test_no_network_is_said_and_its_size_is_followed(self, world, client, sign_in):
        sign_in(world.worker)
        assert "Geen netwerk" in text(client.get(url("network", world.family)))

        member = operations.NewMember("Oma", NetworkRelation.RELATIVE, ["signals"], Strength.STRONG, Knows.YES)
        oma = operations.add_to_network(world.family, member, starts_on=date(2026, 1, 20), by=world.worker)
        assert "Zwak netwerk" in text(client.get(url("network", world.family)))
        operations.leave_network(oma, ends_on=DAY, by=world.worker)

        assert [network_size(world.family, on=day) for day in (date(2026, 1, 12), date(2026, 2, 1), DAY)] == [0, 1, 0]
        with pytest.raises(WrongState):
            operations.leave_network(oma, ends_on=DAY, by=world.worker)


@pytest.mark.row("D26")
def test_who_reads_or_speaks_with_difficulty_is_known_before_the_conversation(world, client, sign_in):
    needs = operations.NewPerson("Marloes", "de Wit", language="Tigrinya", needs_interpreter=True, reading="aloud")
    operations.correct_person(world.client_person, needs, by=world.worker, at=NOW)
    operations.confirm_safe_contact(world.client_person, reachable(), confirmed_on=DAY, by=world.worker, at=NOW)
    sign_in(world.worker)

    pages = [
        url("safe_contact", world.client_person),
        url("arrange_contact", world.client_person),
        reverse("aftercare:check_in", args=[world.family.pk]),
    ]
    for page in pages:
        shown = text(client.get(page))
        assert "Tigrinya" in shown, page
        assert "Kan dit niet lezen" in shown, page
    assert "Tigrinya" not in text(client.get(url("safe_contact", world.daan)))


def test_every_step_can_be_left_half_done(world, client, sign_in):
    sign_in(world.worker)
    page = url("record_measure", world.family)

    client.post(page, {"authority": "Burgemeester", "protects": [world.daan.pk], "save_draft": "1"})

    kept = text(client.get(page))
    assert 'value="Burgemeester"' in kept
    assert f'value="{world.daan.pk}" checked' in kept or "checked" in kept
    assert "Schrijf een maatregel op" in text(client.get(reverse("accounts:drafts")))


def test_the_file_says_what_is_missing_and_why(world):
    found = {gap.what for gap in gaps(world.family, today=DAY)}
    assert {"Hoe je Marloes veilig bereikt", "Wie gezag heeft over Daan", "De school van Femke"} <= found
    assert all(gap.why for gap in gaps(world.family, today=DAY))
