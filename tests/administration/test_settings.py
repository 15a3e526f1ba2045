"""What an administrator may change without code: looked at first, from a day on, remembered, and never backwards."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access import budget
from accounts.models import Role
from administration import settings as known
from administration.models import SettingChange
from aftercare.models import ContactSchedule, ScheduleTemplate
from aftercare.operations.schedule import start_aftercare
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Trajectory
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from organisations.models import ContactPoint, LadderRung, Norm, Subject
from signals.deadlines import judge_by
from signals.models import Signal
from signals.operations import report
from tests import factories
from tests.administration.town import SOON, TODAY, change
from tests.factories import NOW
from tests.organisations import factories as make
from tests.signals.conftest import account


class TestADayFromWhichItHolds:
    @pytest.mark.row("J17")
    def test_a_municipality_sets_its_own_norm_and_nobody_elses(self, town):
        elsewhere = make.municipality()

        def days(municipality, day=TODAY):
            return Norm.objects.days_for(Subject.STAGNATION_SOLVED, municipality, day)[""]

        change(town, "normtijden", {"subject": "stagnation_solved", "kind": "", "days": 5, "source": ""}, on=SOON)
        assert (days(town.zwolle), days(town.zwolle, SOON), days(elsewhere, SOON)) == (10, 5, 10)
        change(
            town,
            "normtijden",
            {"subject": "stagnation_solved", "kind": "", "days": 8, "source": "Regio"},
            place="regio",
        )
        neighbour = make.municipality(veilig_thuis_region=town.region)
        assert (days(town.zwolle), days(neighbour), days(elsewhere)) == (8, 8, 10)
        assert (days(town.zwolle, SOON), days(neighbour, SOON)) == (5, 8)

    def test_what_held_before_still_holds_for_the_days_before(self, town):
        norm = Norm.objects.get(subject="without_bridging")
        change(town, "normtijden", {"days": 21, "source": ""}, row=norm, place="overal", on=SOON)

        held = [Norm.objects.days_for("without_bridging", None, day)[""] for day in (TODAY, SOON - timedelta(1), SOON)]
        assert held == [14, 14, 21]
        assert Norm.objects.get(pk=norm.pk).valid_until == SOON

    @pytest.mark.parametrize(
        ("subject", "days", "may"),
        [
            ("signal_mild", 3, True),
            ("signal_mild", 6, False),
            ("signal_serious", 3, False),
            ("signals_add_up", 366, False),
            ("read_in_an_hour", 61, False),
            ("read_in_a_day", 10, False),  # a number for the whole installation is not set for one municipality
        ],
    )
    def test_a_number_stays_within_what_is_safe(self, town, client, sign_in, subject, days, may):
        sign_in(town.clerk)
        url = reverse("administration:add", args=["normtijden", "gemeente"])
        typed = {"subject": subject, "kind": "", "days": str(days), "source": "", "valid_from": TODAY.isoformat()}
        answer = client.post(url, typed | {"save": "1", "seen": known.find("normtijden").fingerprint(None)})
        assert answer.status_code == (302 if may else 200)
        assert Norm.objects.filter(municipality=town.zwolle, subject=subject).exists() == may

    def test_a_signal_keeps_the_term_of_the_day_on_which_it_was_reported(self, town):
        """The norm of the reporter's municipality goes along with the signal; a later one moves nothing."""
        school = make.organisation(of_kind="school_primary", name="De Regenboog", municipality=town.zwolle)
        teacher = factories.user(Role.SIGNALLER, at=school)

        def reported(at):
            made = report(account(), organisation=school, by=teacher, at=at)
            made.refresh_from_db()
            return (made.mild_days, made.serious_days, judge_by(made.acute, at, made.terms))

        values = {"subject": "signal_mild", "kind": "", "source": ""}
        assert reported(NOW) == (2, 1, date(2026, 3, 4))
        first = Signal.objects.get()
        change(town, "normtijden", values | {"days": 4}, on=SOON)
        change(town, "normtijden", values | {"days": 3}, place="regio", on=SOON)
        later = NOW + timedelta(days=31)
        assert reported(later) == (4, 1, date(2026, 4, 9))  # Easter Monday does not count
        first.refresh_from_db()
        assert first.judge_on == date(2026, 3, 4)

    def test_the_reading_budget_is_a_norm(self, town):
        norm = Norm.objects.get(subject="read_in_an_hour")
        change(town, "normtijden", {"days": 2, "source": ""}, row=norm, place="overal")
        worker = factories.user(at=factories.organisation(kind="womens_shelter"))
        families = [factories.family() for _n in range(3)]
        with acting_as(DatabaseRole.APP, user_id=worker.pk, organisation_ids=list(worker.standing)):
            budget.insist([one.pk for one in families[:2]], by=worker)
            with pytest.raises(budget.BudgetSpent):
                budget.insist([one.pk for one in families], by=worker)

    def test_nobody_changes_the_past(self, town):
        with pytest.raises(WrongState):
            change(
                town,
                "normtijden",
                {"subject": "help_starts", "kind": "", "days": 5, "source": ""},
                on=TODAY - timedelta(days=1),
            )
        assert not SettingChange.objects.exists()

    def test_a_change_between_two_ends_where_the_next_begins(self, town):
        values = {"function_name": "Contactpunt", "duty_desk_hours": ""}
        change(town, "contactpunt", values | {"central_phone": "088-000 00 12"}, on=SOON)
        change(town, "contactpunt", values | {"central_phone": "088-000 00 13"}, on=TODAY + timedelta(days=7))

        numbers = [
            ContactPoint.of(town.zwolle.pk, day).central_phone for day in (TODAY, TODAY + timedelta(days=8), SOON)
        ]
        assert [number[-2:] for number in numbers] == ["11", "13", "12"]
        # A mistake is put right on the day it was made.
        change(town, "contactpunt", values | {"central_phone": "088-000 00 14"})
        change(town, "contactpunt", values | {"central_phone": "088-000 00 15"})
        assert ContactPoint.of(town.zwolle.pk, TODAY).central_phone == "088-000 00 15"
        assert ContactPoint.objects.valid_on(TODAY).filter(municipality=town.zwolle).count() == 1

    def test_the_ladder_of_a_municipality_goes_before_the_house(self, town):
        change(
            town,
            "opschaalladder",
            {"rung": 1, "function_nl": "afdelingshoofd", "function_en": "", "answer_within": 2},
        )
        assert [rung.function_nl for rung in LadderRung.ladder_of(town.zwolle, TODAY)] == ["afdelingshoofd"]
        assert len(LadderRung.ladder_of(make.municipality(), TODAY)) == 3


@pytest.mark.row("L12")
def test_a_template_changed_in_the_middle_of_forty_running_schedules_changes_none_of_them(town, client, sign_in):
    shelter = factories.organisation("Opvang", kind="womens_shelter")
    worker = factories.user(at=shelter)
    for _ in range(40):
        family = factories.family(opened_by=shelter)
        factories.involvement(family, shelter)
        factories.assignment(family, worker, shelter)
        trajectory = Trajectory.objects.get(family=family)
        trajectory.departs_on, trajectory.destination = TODAY - timedelta(days=40), "unknown"
        trajectory.save()
        start_aftercare(trajectory, by=worker, at=NOW)

    def planned():
        return list(FollowUp.objects.filter(kind=Kind.CONTACT).order_by("pk").values_list("pk", "due_on", "state"))

    before, templates = planned(), set(ContactSchedule.objects.values_list("template_id", flat=True))
    row = ScheduleTemplate.on(TODAY)
    sign_in(town.clerk)
    url = reverse("administration:change", args=["contactritmes", "overal", row.pk])
    typed = {"days": "", "weeks": "1, 2, 3", "months": "2 , 4", "valid_from": TODAY.isoformat()}
    preview = client.post(url, typed)
    seen = preview.context["seen"]
    assert planned() == before
    client.post(url, typed | {"save": "1", "seen": seen})

    assert ScheduleTemplate.on(TODAY).weeks == [1, 2, 3]
    assert ScheduleTemplate.objects.get(pk=row.pk).weeks == row.weeks
    assert planned() == before
    assert set(ContactSchedule.objects.values_list("template_id", flat=True)) == templates
    for schedule in ContactSchedule.objects.all():
        # Also when it is planned once more, with the same days.
        start_aftercare(schedule.trajectory, by=worker, at=NOW)
    assert planned() == before


class TestHistory:
    def test_it_says_who_changed_what_from_what_to_what(self, town, client, sign_in):
        norm = Norm.objects.get(subject="without_bridging")
        change(town, "normtijden", {"days": 21, "source": "Raad"}, row=norm, place="overal", on=SOON)
        made = SettingChange.objects.get()
        assert "14" in made.before.values()
        assert "21" in made.after.values()
        assert AuditEvent.objects.get(event=Event.SETTING_CHANGED).details["setting"] == "normtijden"
        sign_in(town.clerk)
        page = client.get(reverse("administration:history", args=["normtijden"])).content.decode()
        for told in ("Bram Heerema", "14", "21"):
            assert told in page
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            acting_as(DatabaseRole.APP),
        ):
            SettingChange.objects.update(label="anders")

    def test_an_unverified_default_is_marked_until_it_is_confirmed(self, town, client, sign_in):
        sign_in(town.clerk)
        url = reverse("administration:setting", args=["normtijden"])
        norm = Norm.objects.get(subject="without_bridging")
        assert client.get(url).content.decode().count("vp-state--soon") == 12
        setting = known.find("normtijden")
        confirm = reverse("administration:confirm", args=["normtijden", "overal", norm.pk])
        client.post(confirm, {"seen": "other"})
        assert Norm.objects.get(pk=norm.pk).basis == "memory"
        client.post(confirm, {"seen": setting.fingerprint(norm)})
        assert Norm.objects.get(pk=norm.pk).basis == "confirmed"
        assert client.get(url).content.decode().count("vp-state--soon") == 11
        client.post(confirm, {"seen": setting.fingerprint(Norm.objects.get(pk=norm.pk))})
        assert SettingChange.objects.count() == 1

    def test_two_at_once_the_second_looks_first(self, town):
        norm = Norm.objects.get(subject="without_bridging")
        seen = known.find("normtijden").fingerprint(norm)
        change(town, "normtijden", {"days": 21, "source": ""}, row=norm, place="overal", on=SOON)
        with pytest.raises(WrongState):
            change(town, "normtijden", {"days": 7, "source": ""}, row=norm, place="overal", on=SOON, seen=seen)


SLUGS = [
    ("normtijden", "overal"),
    ("opschaalladder", "overal"),
    ("contactpunt", "gemeente"),
    ("contactritmes", "overal"),
    ("termijnen-veilig-thuis", "overal"),
    ("bewaartermijnen", "overal"),
    ("papierteksten", "overal"),
    ("organisaties", "gemeente"),
    ("verwijsindex", "gemeente"),
    ("lijst-trajectory_kind", "overal"),
]
# Where nothing typed is an answer: the index goes on, the words are as they came.
MAY_BE_EMPTY = {"verwijsindex", "papierteksten"}
HOSTILE = ["<script>alert(1)</script>", "=HYPERLINK(1)", "\x00", "9" * 500, "'; DROP TABLE x;--", "-1", "٣", "1e9"]


@pytest.mark.parametrize(("slug", "place"), SLUGS, ids=[slug for slug, _ in SLUGS])
def test_every_settings_page_answers_wrong_empty_and_hostile_input(town, client, sign_in, slug, place):
    sign_in(town.clerk)
    setting = known.find(slug)
    here = {one.key: one for one in known.places_of(town.zwolle)}[place]
    row = next(iter(setting.rows(here, TODAY)))
    url = reverse("administration:change", args=[slug, place, row.pk])
    assert client.get(reverse("administration:setting", args=[slug])).status_code == 200
    assert client.get(url).status_code == 200
    names = [*setting.form.base_fields, "valid_from"]
    for word in ["", *HOSTILE]:
        typed = dict.fromkeys(names, word) | {"save": "1", "seen": setting.fingerprint(row)}
        answer = client.post(url, typed)
        # Words with a day that is none, and all else that is wrong: it is told beside the field.
        if not (slug in MAY_BE_EMPTY and word == "" and not setting.is_dated):
            assert answer.status_code == 200, (slug, word)
            assert "vp-field--error" in answer.content.decode()
            assert "<script>alert" not in answer.content.decode()
    assert client.post(url, {"valid_from": "2020-01-01", "save": "1"}).status_code in {200, 302}
    assert SettingChange.objects.exclude(setting="verwijsindex").count() == 0
    # Somebody else's place, a row that is not there, and a setting that does not exist.
    for wrong in (
        reverse("administration:change", args=[slug, "elders", row.pk]),
        reverse("administration:change", args=[slug, place, town.clerk.pk]),
        reverse("administration:setting", args=["bestaat-niet"]),
        reverse("administration:setting", args=["lijst-bestaat-niet"]),
    ):
        assert client.get(wrong).status_code == 404


def test_no_setting_is_left_out_above(db):
    walked = {slug for slug, _place in SLUGS if not slug.startswith("lijst-")}
    assert {one.slug for one in known.settings() if not one.slug.startswith("lijst-")} == walked


@pytest.mark.parametrize(("slug", "place"), SLUGS, ids=[slug for slug, _ in SLUGS])
def test_what_is_added_to_a_setting_answers_wrong_empty_and_hostile_input(town, client, sign_in, slug, place):
    sign_in(town.clerk)
    setting = known.find(slug)
    url = reverse("administration:add", args=[slug, place])
    if not setting.may_add:
        assert client.get(url).status_code == 404
        return
    assert client.get(url).status_code == 200
    before = list(SettingChange.objects.all())
    for word in ["", *HOSTILE]:
        answer = client.post(url, dict.fromkeys([*setting.form.base_fields, "valid_from"], word) | {"save": "1"})
        assert answer.status_code == 200, (slug, word)
        assert "vp-field--error" in answer.content.decode()
        assert "<script>alert" not in answer.content.decode()
    assert list(SettingChange.objects.all()) == before


def test_nobody_else_changes_a_setting_and_nobody_reaches_another_town(town, client, sign_in):
    for who in (factories.user(), factories.user(Role.ORGANISATION_ADMINISTRATOR), factories.user(Role.COORDINATOR)):
        sign_in(who)
        assert client.get(reverse("administration:settings")).status_code == 404
    town.clerk = factories.user(Role.COORDINATOR, at=town.gemeente)
    with pytest.raises(NotAllowed):
        change(town, "verwijsindex", {"referral_index_ends_on": None}, row=town.zwolle)
    elsewhere = make.organisation(of_kind="womens_shelter", name="Elders", municipality=make.municipality())
    sign_in(factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=town.gemeente))
    url = reverse("administration:change", args=["organisaties", "gemeente", elsewhere.pk])
    assert client.get(url).status_code == 404


def test_a_list_costs_the_same_for_two_rows_and_for_twenty(town, client, sign_in):
    sign_in(town.clerk)
    url = reverse("administration:setting", args=["organisaties"])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(20):
        make.organisation(name=f"Wijkteam {number} erbij", municipality=town.zwolle)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(few) == len(many)
