"""After acceptance the old side sees nothing that was made later, whatever happens in between (R12).

A machine drives a family through offers, answers, notes, shares and leavers in any order, and after each step looks at
the family with the eyes of everybody who has anything to do with it.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from access.models import Involvement, Relation
from cases.models import Family, GroundKind, Law, Level, Person, Place, RegisseurPeriod
from cases.operations import NewGround, appoint, share, withdraw_share
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp
from handover import operations
from handover.models import AgendaPoint, Handover, Status
from ops.children import say
from overview.own_records import OwnRecords
from safety_plans.models import RiskAssessment
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered, regie_of_the_shelter
from tests.long import long_or_short

SIDES = 3
TICK = timedelta(minutes=7)
STEPS = 100


class Cut(RuleBasedStateMachine):
    """One family, three organisations with two workers each, a school beside them."""

    # Over all examples of a run; Hypothesis itself does not say how many it took.
    steps = accepted = 0

    def __init__(self):
        super().__init__()
        Cut.steps -= 1  # everything is looked at before the first step too
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()
        cast = factories.Cast()
        regie_of_the_shelter(cast)
        self.family = cast.family
        self.organisations = [cast.shelter, *(factories.organisation() for _ in range(SIDES - 1))]
        self.workers = {one.pk: [factories.user(at=one), factories.user(at=one)] for one in self.organisations}
        self.workers[cast.shelter.pk] = [cast.worker, cast.colleague]
        self.client = Person.objects.get(family=self.family, place=Place.CLIENT)
        self.now_with(self.has_the_regie())
        # When each organisation lost the family; absent while it never had it or has it now.
        self.cut = {}

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def later(self):
        self.now += TICK
        self.clock.stop()
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()

    def now_with(self, regie, offer=None):
        """Remember who has the regie and what is offered: each step asks that many times."""
        self.regie, self.offer = regie, offer

    def has_the_regie(self):
        return RegisseurPeriod.objects.select_related("user", "organisation").get(family=self.family, ends_at=None)

    @rule()
    def somebody_writes(self):
        self.later()
        by = self.regie.user
        RiskAssessment.objects.create(
            family=self.family,
            moment="periodic",
            assessed_on=self.now.date(),
            assessed_by=by,
            conclusion=f"geschreven {self.now.isoformat()}",
            recorded_at=self.now,
        )

    @rule(to=st.integers(0, SIDES - 1), aftercare=st.booleans())
    def is_offered(self, to, aftercare):
        self.later()
        until = self.now.date() + timedelta(days=2) if aftercare else None
        try:
            made = operations.offer(
                self.family,
                to=self.organisations[to],
                what=offered(involvement_ends_on=until, keeps=["safety_plan", "family_plan"]),
                by=self.regie.user,
                at=self.now,
            )
        except WrongState:
            assert self.offer or self.organisations[to] == self.regie.organisation
        else:
            self.now_with(self.regie, made)

    @precondition(lambda self: self.offer)
    @rule(who=st.integers(0, 1))
    def is_accepted(self, who):
        self.later()
        made = self.offer
        operations.accept(made, by=self.workers[made.to_organisation_id][who], at=self.now)
        self.cut[made.from_organisation_id] = self.now
        self.cut.pop(made.to_organisation_id, None)
        self.now_with(self.has_the_regie())
        Cut.accepted += 1

    @precondition(lambda self: self.offer)
    @rule(declined=st.booleans())
    def is_called_off(self, declined):
        self.later()
        if declined:
            receiver = self.workers[self.offer.to_organisation_id][0]
            operations.decline(self.offer, because="Vol.", by=receiver, at=self.now)
        else:
            operations.withdraw(self.offer, because="Toch niet.", by=self.regie.user, at=self.now)
        self.now_with(self.regie)

    @rule(who=st.integers(0, 1))
    def a_colleague_gets_the_regie(self, who):
        self.later()
        current = self.regie
        colleague = self.workers[current.organisation_id][who]
        if colleague != current.user:
            appoint(
                self.family,
                to=colleague,
                organisation=current.organisation,
                because="Vakantie.",
                by=current.user,
                at=self.now,
            )
            self.now_with(self.has_the_regie(), self.offer)

    @rule(to=st.integers(0, SIDES - 1))
    def is_shared_and_stopped(self, to):
        """A share with an old side that was withdrawn leaves it where it was."""
        self.later()
        current, organisation = self.regie, self.organisations[to]
        if organisation == current.organisation:
            return
        made = share(
            self.family,
            with_organisation=organisation,
            level=Level.FILE,
            task=Law.WMO,
            purpose="Meekijken",
            ground=NewGround(
                GroundKind.STATUTORY_TASK, law=Law.WMO, article="Wmo 2015, artikel 5.1.1", discussed_on=date(2026, 3, 2)
            ),
            ends_at=self.now + timedelta(days=30),
            reader=self.workers[organisation.pk][0],
            by=current.user,
            at=self.now,
        )
        self.later()
        withdraw_share(made, because="Klaar.", by=current.user, at=self.now)

    @rule(days=st.integers(1, 3))
    def days_pass(self, days):
        self.now += timedelta(days=days)
        self.later()

    @rule(side=st.integers(0, SIDES - 1), who=st.integers(0, 1))
    def an_old_worker_tries_to_write(self, side, who):
        """Adding to the file does not bring it back: it is refused (F18)."""
        self.later()
        organisation = self.organisations[side]
        if organisation == self.regie.organisation:
            return
        for act in (
            lambda by: operations.offer(self.family, to=self.organisations[0], what=offered(), by=by, at=self.now),
            lambda by: appoint(self.family, to=by, organisation=organisation, because="Ik.", by=by, at=self.now),
        ):
            try:
                act(self.workers[organisation.pk][who])
            except (NotAllowed, WrongState):
                continue
            raise AssertionError("an old side could write")
        assert self.has_the_regie() == self.regie

    @invariant()
    def counts(self):
        Cut.steps += 1

    @invariant()
    def there_is_one_regisseur(self):
        assert self.has_the_regie() == self.regie

    @invariant()
    def the_old_side_sees_nothing_newer(self):
        # What was opened this second is open from the next one on.
        for organisation in self.organisations:
            cut = self.cut.get(organisation.pk)
            if organisation == self.regie.organisation or cut is None:
                continue
            # One in turn: what one of them could see stays to be seen at the next step.
            for worker in self.workers[organisation.pk][Cut.steps % 2 :: 2]:
                worker.forget_standing()
                assert not Family.objects.visible_to(worker).exists()
                for rows in (RiskAssessment, FollowUp, Person):
                    assert not rows.objects.visible_to(worker).exists()
                newer = Handover.objects.visible_to(worker).exclude(status=Status.OFFERED)
                assert not newer.exists()
                seen = AgendaPoint.objects.visible_to(worker).exclude(handover__status=Status.OFFERED)
                assert not seen.exists()
                self._own_page(worker, cut)

    def _own_page(self, worker, cut):
        if not Family.objects.permitting(worker, "view_own_records").exists():
            return
        page = OwnRecords.of(self.family, worker, now=self.now)
        assert page.handed_over_at <= cut
        assert [record for record in page.records if record.at > cut] == []
        assert [goal for goal in page.goals if goal.set_at > cut] == []

    @invariant()
    def nobody_stands_at_two_doors(self):
        """No organisation that handed the family over still works with it, and the other way round."""
        live = Involvement.objects.live(self.now).filter(family=self.family)
        working = set(live.filter(relation=Relation.WORKING).values_list("organisation_id", flat=True))
        left = set(
            live.filter(relation__in=[Relation.AFTERCARE, Relation.FORMER]).values_list("organisation_id", flat=True)
        )
        assert working & left == set()


def machine(*, examples, steps):
    run_state_machine_as_test(
        Cut,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            # A failing run says so at once; making it shorter takes minutes.
            phases=[Phase.explicit, Phase.generate],
        ),
    )


@pytest.mark.row("R12", "F17", "F18")
@pytest.mark.slow
@pytest.mark.proof
def test_whatever_happens_the_old_side_sees_nothing_that_was_made_later(db):
    wanted = long_or_short(10_000, 2_000)
    Cut.steps = Cut.accepted = 0
    # Few lives, each of them long: to lay a family takes as long as many steps. Some end before their last step.
    machine(examples=wanted * 2 // STEPS, steps=STEPS)
    say(f"{Cut.steps} steps, {Cut.accepted} acceptances: 0 violations")
    assert Cut.steps >= wanted
    assert Cut.accepted >= wanted // 50
