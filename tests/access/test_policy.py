import pytest
from django.utils import timezone

from access import policy
from access.models import Relation
from access.policy import GRANTS, Action
from accounts.models import Role
from cases.models import Family
from tests import factories
from tests.factories import EVERYONE

WORKING = {"worker", "stand_in"}
MAY = {
    Action.VIEW_FAMILY: WORKING,
    Action.VIEW_CLOCKS: WORKING | {"team_lead"},
    Action.EDIT_FAMILY: WORKING,
    Action.VIEW_WORKING_FILE: WORKING,
    Action.MERGE_FAMILIES: set(),
    Action.CLOSE_FOLLOW_UP: WORKING,
    Action.VIEW_ALERT: WORKING,
    Action.VIEW_SAFETY_PLAN: WORKING,
    Action.EDIT_SAFETY_PLAN: WORKING,
    Action.VIEW_FAMILY_PLAN: WORKING,
    Action.EDIT_FAMILY_PLAN: WORKING,
    Action.CONTRIBUTE_TO_PLAN: WORKING,
    Action.VIEW_TREATMENT: WORKING,
    Action.PLAN_DEPARTURE: WORKING,
    Action.CONFIRM_SUPPORT: WORKING,
    Action.RECORD_CHECK_IN: WORKING,
    Action.VIEW_SIGNAL: WORKING,
    Action.TRIAGE_SIGNAL: WORKING,
    # Only for a colleague who was asked by name, and here nobody was: tests/cases/test_weighing.py.
    Action.WEIGH_ALONG: set(),
    # The regisseur's, and in this cast the shelter holds no regie: nobody's.
    Action.SHARE: set(),
    Action.CLOSE_TRAJECTORY: set(),
    # Of the team that has the regie, and for who it was shared with: neither is in this cast.
    Action.ALLOW_EARLY_CLOSING: set(),
    Action.CONFIRM_SAFETY_PLAN: set(),
    Action.VIEW_HANDOVER: set(),
    Action.OFFER_HANDOVER: set(),
    Action.ANSWER_HANDOVER: set(),
    Action.HOLD_CONVERSATION: set(),
    Action.APPOINT_REGISSEUR: WORKING | {"team_lead"},
    Action.REPLACE_REGISSEUR: {"team_lead"},
    Action.MAKE_STAND_IN: {"team_lead"},
    Action.VIEW_OWN_RECORDS: set(),
    Action.VIEW_MUNICIPAL_LIST: set(),
    Action.VIEW_DESK_FAMILIES: set(),
    Action.DECIDE_MELDCODE: set(),
    Action.ESCALATE_STAGNATION: set(),
    Action.ANSWER_STAGNATION: set(),
    Action.ASSIGN_NEIGHBOURHOOD_TEAM: set(),
    Action.SUMMON: set(),
    Action.REPLY_TO_SUMMONS: WORKING | {"team_lead"},
    Action.EVALUATE_CASE: set(),
    Action.ENTER_PROTECTED: WORKING,
    Action.GRANT_PROTECTED: set(),
    Action.REVEAL_PROTECTED: WORKING,
    Action.BAR: set(),
    Action.REVIEW_BREAK_GLASS: {"privacy_officer"},
    Action.MOVE_CASELOAD: {"team_lead", "administrator"},
    Action.VIEW_READERS: WORKING,
    Action.SET_DECOY: {"privacy_officer"},
    Action.HOLD: {"privacy_officer"},
    Action.ANSWER_RIGHTS: WORKING,
}


@pytest.mark.row("R1", "I11", "I12")
@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("action", MAY)
def test_who_may_do_what_to_a_family(cast, action, who):
    permitted = Family.objects.permitting(getattr(cast, who), action).filter(pk=cast.family.pk).exists()

    assert permitted == (who in MAY[action])


def test_every_action_about_a_family_is_decided_and_tested():
    assert set(MAY) == set(GRANTS)
    assert set(GRANTS) | set(policy.WITHIN_ORGANISATION) | policy.AUTOMATIC == set(Action)


def test_an_action_without_a_line_is_refused_to_everybody(cast, monkeypatch):
    monkeypatch.delitem(GRANTS, Action.VIEW_FAMILY)

    assert not Family.objects.visible_to(cast.worker).exists()


@pytest.mark.row("R15")
def test_barred_outranks_every_standing(cast):
    assert Family.objects.permitting(cast.worker, Action.VIEW_FAMILY).exists()

    factories.assignment(cast.family, cast.worker, cast.shelter, "barred")

    for action in Action:
        assert not Family.objects.permitting(cast.worker, action).exists()


LEVELS = {
    1: {Action.VIEW_ALERT},
    # From level 2 on a reader may be granted one protected value in person. Without that grant it shows none.
    2: {Action.VIEW_ALERT, Action.VIEW_SAFETY_PLAN, Action.CONFIRM_SAFETY_PLAN, Action.REVEAL_PROTECTED},
    3: {
        Action.VIEW_ALERT,
        Action.VIEW_SAFETY_PLAN,
        Action.CONFIRM_SAFETY_PLAN,
        Action.REVEAL_PROTECTED,
        Action.VIEW_FAMILY_PLAN,
        Action.CONTRIBUTE_TO_PLAN,
    },
    4: {
        Action.VIEW_ALERT,
        Action.VIEW_SAFETY_PLAN,
        Action.CONFIRM_SAFETY_PLAN,
        Action.REVEAL_PROTECTED,
        Action.VIEW_FAMILY_PLAN,
        Action.CONTRIBUTE_TO_PLAN,
        Action.VIEW_FAMILY,
        Action.CONFIRM_SUPPORT,
    },
}


@pytest.mark.row("I11", "F14")
@pytest.mark.parametrize("level", LEVELS)
def test_a_share_shows_its_level_to_its_reader_and_no_more(cast, level):
    partner = factories.organisation("Huisartsenpost")
    reader = factories.user(at=partner)
    factories.involvement(cast.family, partner, Relation.PARTNER, level=level)
    factories.assignment(cast.family, reader, partner, "reader")

    shown = {action for action in GRANTS if Family.objects.permitting(reader, action).exists()}

    assert shown == LEVELS[level]


class TestReach:
    """How far a permission on one family reaches, for the pages and operations that ask per part and person."""

    def share(self, cast, user, *, level=3, parts=(), persons=(), reader=True):
        partner = factories.organisation()
        factories.membership(user, partner)
        made = factories.involvement(cast.family, partner, Relation.PARTNER, level=level)
        made.parts, made.persons = list(parts), list(persons)
        made.save(update_fields=["parts", "persons"])
        if reader:
            factories.assignment(cast.family, user, partner, "reader")

    def of(self, cast, user):
        return policy.reach(user, Action.VIEW_FAMILY_PLAN, cast.family.pk)

    def test_is_everything_for_who_works_for_the_family(self, cast):
        assert self.of(cast, cast.worker).is_whole

    def test_is_what_was_shared_for_a_reader_over_all_her_organisations(self, cast):
        reader = factories.user(None)
        person = cast.family.persons.get().pk
        self.share(cast, reader, parts=["finances"], persons=[person])
        assert self.of(cast, reader) == policy.Reach(frozenset({"finances"}), frozenset({person}))

        self.share(cast, reader, parts=["housing"])

        assert self.of(cast, reader) == policy.Reach(frozenset({"finances", "housing"}), None)

    @pytest.mark.parametrize("fields", [{"level": 1}, {"level": 2}, {"reader": False, "level": 4}])
    def test_is_not_widened_by_a_share_that_opens_nothing(self, cast, fields):
        reader = factories.user(None)
        self.share(cast, reader, parts=["finances"])
        self.share(cast, reader, **fields)

        assert self.of(cast, reader).parts == {"finances"}

    def test_is_nothing_for_who_is_not_active_or_has_no_share(self, cast):
        assert self.of(cast, cast.leaver) == self.of(cast, cast.other_worker) == policy.Reach(frozenset(), frozenset())

    def test_of_the_whole_file_has_no_limit(self, cast):
        reader = factories.user(None)
        self.share(cast, reader, level=4, parts=["finances"])

        assert self.of(cast, reader).is_whole


@pytest.mark.row("F14")
def test_a_signaller_without_a_name_on_the_share_sees_the_alert_only(cast):
    school = factories.organisation("School", kind="school_primary")
    signaller = factories.user(Role.SIGNALLER, at=school)
    factories.involvement(cast.family, school, Relation.PARTNER, level=4)

    shown = {action for action in GRANTS if Family.objects.permitting(signaller, action).exists()}

    assert shown == {Action.VIEW_ALERT}


@pytest.mark.row("R11")
def test_an_ended_membership_counts_from_the_next_question_on(cast):
    assert Family.objects.visible_to(cast.worker).exists()

    cast.worker.memberships.update(ends_on=timezone.localdate())
    cast.worker.forget_standing()

    assert not Family.objects.visible_to(cast.worker).exists()


def test_windows_are_never_merged(cast):
    """An expired window and a future one leave a gap in which nobody may look."""
    later = factories.NOW.replace(month=6)
    factories.involvement(cast.family, cast.former_org, Relation.REGISSEUR, starts_at=later)

    assert not Family.objects.visible_to(cast.former_worker).exists()


def test_a_family_is_listed_once_however_many_ways_it_is_visible(cast):
    factories.assignment(cast.family, cast.worker, cast.shelter, "supporter")
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)

    assert list(Family.objects.visible_to(cast.worker)) == [cast.family]


def test_narrowing_is_one_query(cast, django_assert_num_queries):
    other = factories.family(opened_by=cast.shelter)
    factories.involvement(other, cast.shelter)
    factories.assignment(other, cast.worker, cast.shelter)
    _ = cast.worker.standing

    with django_assert_num_queries(1):
        assert len(Family.objects.visible_to(cast.worker)) == 2
