import pytest
from django.db import IntegrityError, transaction

from access.operation import operation
from access.policy import Action
from cases.models import Family, RegieKind, RegisseurPeriod
from cases.operations.regie import move_regie
from tests.factories import NOW


def move(family, to, organisation, by):
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        return move_regie(
            op.target, to=to, organisation=organisation, kind=RegieKind.OTHER, reason="test", at=NOW, within=op
        )


@pytest.mark.row("B1")
def test_two_open_periods_are_refused_by_the_database(cast):
    fields = {"family": cast.family, "kind": RegieKind.OTHER, "reason": "test", "starts_at": NOW}
    RegisseurPeriod.objects.create(user=cast.worker, organisation=cast.shelter, **fields)

    with pytest.raises(IntegrityError, match="one_open_per_family"), transaction.atomic():
        RegisseurPeriod.objects.create(user=cast.other_worker, organisation=cast.other_org, **fields)


@pytest.mark.row("B1")
def test_there_and_back_again_are_three_periods_and_one_regisseur(cast):
    for to, organisation in (
        (cast.worker, cast.shelter),
        (cast.other_worker, cast.other_org),
        (cast.worker, cast.shelter),
    ):
        move(cast.family, to, organisation, by=cast.worker)

    assert RegisseurPeriod.objects.filter(family=cast.family).count() == 3
    assert [period.user for period in RegisseurPeriod.objects.filter(family=cast.family, ends_at=None)] == [cast.worker]


@pytest.mark.row("R11")
def test_who_had_the_regie_and_nothing_else_is_out_at_once(cast):
    move(cast.family, cast.other_worker, cast.other_org, by=cast.worker)
    assert Family.objects.permitting(cast.other_worker, Action.SHARE).exists()

    move(cast.family, cast.worker, cast.shelter, by=cast.worker)

    assert not Family.objects.visible_to(cast.other_worker).exists()
