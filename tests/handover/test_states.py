"""The states of a handover: each pair of them, and each pair of answers."""

from datetime import timedelta

import pytest

from cases.models import RegisseurPeriod
from core.errors import NotAllowed, WrongState
from handover import operations
from handover.models import Handover, Status
from tests.factories import NOW

LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("target", Status)
def test_every_pair_of_states(current, target):
    made = Handover(status=current)
    if current == Status.OFFERED and target != Status.OFFERED:
        made.move_to(target)
        assert made.status == target
    else:
        with pytest.raises(WrongState):
            made.move_to(target)
        assert made.status == current


ANSWERS = {
    "accept": lambda made, world: operations.accept(made, by=world.receiver, at=LATER),
    "decline": lambda made, world: operations.decline(made, because="Vol.", by=world.receiver, at=LATER),
    "withdraw": lambda made, world: operations.withdraw(made, because="Toch niet.", by=world.worker, at=LATER),
}


@pytest.mark.parametrize("first", ANSWERS)
@pytest.mark.parametrize("second", ANSWERS)
def test_after_any_answer_every_other_comes_too_late_and_moves_nothing(world, handover, first, second):
    ANSWERS[first](handover, world)
    status, periods = Handover.objects.get().status, list(RegisseurPeriod.objects.values_list("pk", "ends_at"))
    # From a tab that stood open: it knows the offer as it was. Who lost the family may not even try.
    with pytest.raises((WrongState, NotAllowed)):
        ANSWERS[second](handover, world)
    assert Handover.objects.get().status == status
    assert list(RegisseurPeriod.objects.values_list("pk", "ends_at")) == periods
    assert (RegisseurPeriod.objects.current().get(family=world.family).user == world.receiver) == (first == "accept")
