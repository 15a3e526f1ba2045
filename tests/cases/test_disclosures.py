"""Who was told what, by name, on the page and on paper; papers that went out; and why something was not shared."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.policy import Action
from audit.events import Event
from audit.models import AuditEvent
from cases import operations
from cases.models import GroundKind, IssuedPaper, Level, NotShared, WhyNot
from core.errors import NotAllowed
from tests import factories
from tests.cases.test_sharing import shared, url
from tests.factories import NOW
from tests.paper_text import read

pytestmark = pytest.mark.usefixtures("authority")


def shared_with_team(world, **changed):
    ground = operations.NewGround(
        GroundKind.CONSENT, given_by=[world.femke, world.client_person], discussed_on=date(2026, 3, 1)
    )
    return shared(
        world, with_organisation=world.team, level=Level.FILE, reader=world.reader, ground=ground, persons=[], **changed
    )


@pytest.mark.row("I18")
def test_the_list_tells_per_person_by_name_who_was_told(client, sign_in, world):
    shared(world)
    shared_with_team(world)
    sign_in(world.worker)
    page = client.get(url("disclosures", world.family))
    told = {about.person.given_name: {line.told for line in about.lines} for about in page.context["told"]}
    assert told == {"Marloes": {"Samir Bouzid"}, "Daan": {"Samir Bouzid"}, "Femke": {"Samir Bouzid", ""}}
    assert AuditEvent.objects.filter(event=Event.DISCLOSURES_VIEWED, actor_id=world.worker.pk).count() == 1


@pytest.mark.row("I10")
@pytest.mark.row("I18")
def test_the_paper_for_the_client_lists_every_share_and_names_no_place(client, sign_in, world):
    stopped = shared(world, purpose="Meekijken in Zwolle, 8011 AB")
    operations.withdraw_share(stopped, because="Klaar.", by=world.worker, at=NOW)
    shared_with_team(world)
    sign_in(world.worker)
    answer = client.get(url("disclosures_paper", world.family))
    paper = read(answer.content)
    assert "Samir Bouzid" in paper.text
    assert paper.text.count("werkdossier") == 3  # about three persons
    assert "gestopt op 2 maart 2026" in " ".join(paper.lines)
    for absent in ("De Regenboog", "Wijkteam Noord", "De Haven", "Zwolle", "Leeuwarden", "8011 AB"):
        assert absent not in paper.text
        assert absent not in paper.raw
    issued = IssuedPaper.objects.get()
    assert issued.number in paper.text
    assert (issued.paper, issued.organisation, issued.issued_by) == ("disclosures", None, world.worker)


@pytest.mark.row("I7")
def test_what_a_partner_printed_is_marked_as_withdrawn_when_the_share_ends(client, sign_in, world):
    made = shared_with_team(world)
    for_team = operations.issue_paper(
        world.family,
        "safety_plan",
        number="AAAA-BBBB",
        about=world.family,
        action=Action.VIEW_SAFETY_PLAN,
        by=world.reader,
        at=NOW,
    )
    own = operations.issue_paper(
        world.family,
        "safety_plan",
        number="CCCC-DDDD",
        about=world.family,
        action=Action.VIEW_SAFETY_PLAN,
        by=world.worker,
        at=NOW,
    )
    assert (for_team.organisation, own.organisation) == (world.team, None)
    operations.withdraw_share(made, because="Klaar.", by=world.worker, at=NOW)
    assert {row.number: row.withdrawn_at for row in IssuedPaper.objects.all()} == {
        "AAAA-BBBB": NOW,
        "CCCC-DDDD": None,
    }
    sign_in(world.worker)
    page = client.get(url("disclosures", world.family)).content.decode()
    assert page.count("ingetrokken") == 1


def test_a_paper_is_issued_only_to_who_may_see_what_it_prints(world):
    with pytest.raises(NotAllowed):
        operations.issue_paper(
            world.family,
            "safety_plan",
            number="AAAA-BBBB",
            about=world.family,
            action=Action.VIEW_SAFETY_PLAN,
            by=world.other_worker,
            at=NOW,
        )
    assert not IssuedPaper.objects.exists()


@pytest.mark.row("I3")
@pytest.mark.row("C39")
def test_not_sharing_takes_a_reason_code_and_is_counted_by_it(client, sign_in, world):
    sign_in(world.worker)
    form = url("record_not_shared", world.family)
    answers = {"organisation": world.school.pk, "who": "partner", "because": "secrecy", "on_day": "2026-03-01"}
    assert client.post(form, {**answers, "because": ""}).context["form"].errors.keys() == {"because"}
    assert client.post(form, {**answers, "on_day": "2026-03-03"}).context["form"].errors.keys() == {"on_day"}
    client.post(form, answers)
    client.post(form, {**answers, "who": "we", "because": "no_consent"})
    client.post(form, {**answers, "who": "we", "because": "secrecy"})
    assert NotShared.objects.count() == 3
    reasons = client.get(reverse("cases:not_shared")).context["reasons"]
    assert {(str(reason), by_partner, by_us) for reason, by_partner, by_us in reasons} == {
        (str(WhyNot.SECRECY.label), 1, 1),
        (str(WhyNot.NO_CONSENT.label), 0, 1),
    }
    assert "De Regenboog" in client.get(url("who_knows", world.family)).content.decode()


def test_reasons_are_counted_over_ones_own_families_only(client, sign_in, world):
    operations.record_not_shared(
        world.family,
        organisation=world.school,
        by_partner=True,
        because=WhyNot.PRIVACY,
        on_day=date(2026, 3, 1),
        by=world.worker,
        at=NOW,
    )
    for who, count in ((world.worker, 1), (world.other_worker, 0), (world.barred_worker, 0), (world.colleague, 0)):
        sign_in(who)
        assert client.get(reverse("cases:not_shared")).context["count"] == count


@pytest.mark.parametrize("name", ["disclosures", "consents"])
def test_the_lists_cost_the_same_for_two_and_for_twenty_shares(client, sign_in, world, name):
    sign_in(world.worker)

    def more(count):
        for _ in range(count):
            shared(world, with_organisation=factories.organisation())

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(url(name, world.family))
        return len(queries)

    more(2)
    cost()
    few = cost()
    more(18)
    assert cost() == few
