"""Putting two files about one family together, and taking them apart again.

Which tables hang from a family is asked of the database itself, so that a table that comes later is not forgotten.
Strictest protection wins: a door, a share or a regie that only one of the two files had does not open the other.
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.merging import conflicts, rows_of
from cases.models import CaseContext, Family, Level, Merge, Person, Place, RegisseurPeriod, Share, Trajectory
from core.errors import WrongState
from follow_ups.models import Kind
from follow_ups.operations import plan


class _Changes:
    """What rows were before they were changed, so that it can go back."""

    def __init__(self) -> None:
        self.before: dict[str, dict[str, dict[str, Any]]] = {}

    def set(self, rows: models.QuerySet[Any], **values: Any) -> None:
        kept = self.before.setdefault(rows.model._meta.label, {})
        for row in rows:
            old = {name: getattr(row, row._meta.get_field(name).attname) for name in values}
            # The first value counts when a row is changed twice.
            kept[str(row.pk)] = {name: _stored(value) for name, value in old.items()} | kept.get(str(row.pk), {})
        rows.model._base_manager.filter(pk__in=[row.pk for row in rows]).update(**values)


def merge(kept: Family, merged: Family, *, because: str, by: User, at: datetime) -> Merge:
    """Move everything that hangs from `merged` into `kept`. Only for who is regisseur of both.

    The client and children of the same name and birth date become one. What may exist once and exists in both is ended
    in `merged`: its regie, its open trajectory, its safety plan. Shares of the merged file end, and so do those of the
    other that show more than "be alert": sharing again is work. Doors that only the merged file had are closed. Raises
    WrongState for something that must be ended by hand first.
    """
    with operation(Action.MERGE_FAMILIES, on=[kept, merged], by=by) as op:
        kept, merged = op.targets
        if kept.pk == merged.pk or not because.strip():
            raise WrongState(_("Choose another file, and say why they are one family."), about=kept)
        changes = _Changes()
        _make_one(kept, merged, changes)
        _end_what_may_exist_once(kept, merged, changes, at=at)
        _close_doors(kept, merged, changes, by=by, at=at)
        if conflicts(kept, merged):
            raise WrongState(
                _("Both files have something that may exist only once. End it in one of them."), about=kept
            )
        moved = rows_of(merged)
        _move(merged.pk, kept.pk, moved)
        made = Merge.objects.create(
            family=kept,
            merged=merged,
            merged_reference=merged.reference,
            reason=because,
            moved=moved,
            changed=changes.before,
            merged_by=by,
            merged_at=at,
        )
        op.record(Event.FAMILIES_MERGED, subject=made, merged=str(merged.pk), rows=sum(map(len, moved.values())))
        plan(
            kept,
            Kind.SHARE_AGAIN,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=made,
            within=op,
        )
    return made


def undo_merge(made: Merge, *, by: User, at: datetime) -> Merge:
    """Take two files apart again: every row goes back, and is again as it was.

    What was written after the merge stays with the file that went on. Raises WrongState when it was undone already, and
    when something new hangs from a row that would go back.
    """
    with operation(Action.MERGE_FAMILIES, on=made, by=by) as op:
        made = op.target
        if made.undone_at is not None:
            raise WrongState(_("This was undone already."), about=made.family)
        try:
            with transaction.atomic():
                _put_back(made)
        except IntegrityError as error:
            reason = _("Something new was written about what came over. It cannot go back any more.")
            raise WrongState(reason, about=made.family) from error
        made.undone_at = at
        made.save(update_fields=["undone_at"])
        op.record(Event.MERGE_UNDONE, subject=made, merged=str(made.merged_id))
    return made


def _put_back(made: Merge) -> None:
    _move(made.family_id, made.merged_id, made.moved)
    for label, rows in made.changed.items():
        model = apps.get_model(label)
        for pk, values in rows.items():
            model._base_manager.filter(pk=pk).update(**values)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _make_one(kept: Family, merged: Family, changes: _Changes) -> None:
    """Let the persons of the merged file who are in the other one too stand behind those."""
    persons = list(Person.objects.filter(family=kept, same_as=None))
    for double in Person.objects.filter(family=merged, same_as=None, place__in=[Place.CLIENT, Place.CHILD]):
        same = next((one for one in persons if _is_the_same(one, double)), None)
        if same is not None:
            changes.set(Person.objects.filter(pk=double.pk), same_as=same.pk)


def _is_the_same(one: Person, double: Person) -> bool:
    if one.place != double.place:
        return False
    if one.place == Place.CLIENT:
        return True
    same_day = one.born_on == double.born_on and one.born_on is not None
    return same_day and bool(set(one.name_words) & set(double.name_words))


def _end_what_may_exist_once(kept: Family, merged: Family, changes: _Changes, *, at: datetime) -> None:
    today = timezone.localdate(at)
    if Trajectory.objects.filter(family=kept, ends_on=None).exists():
        for trajectory in Trajectory.objects.filter(family=merged, ends_on=None):
            last = max(today, trajectory.starts_on)
            changes.set(Trajectory.objects.filter(pk=trajectory.pk), ends_on=last)
    changes.set(RegisseurPeriod.objects.filter(family=merged).current(), ends_at=at)
    both = CaseContext.objects.filter(family=kept, ends_on=None).values("code_id")
    changes.set(CaseContext.objects.filter(family=merged, ends_on=None, code_id__in=both), ends_on=today)
    # Of a higher room: asked for by name, as the rows of every other table are.
    plans = apps.get_model("safety_plans.SafetyPlan")._base_manager
    highest = plans.filter(family=kept).aggregate(highest=Max("version"))["highest"] or 0
    if plans.filter(family=kept, status="current").exists():
        changes.set(plans.filter(family=merged, status="current"), status="superseded")
    for version in plans.filter(family=merged).order_by("-version"):
        changes.set(plans.filter(pk=version.pk), version=version.version + highest)


def _close_doors(kept: Family, merged: Family, changes: _Changes, *, by: User, at: datetime) -> None:
    ended = {"withdrawn_at": at, "withdrawn_because": "merged"}
    shares = Share.objects.filter(withdrawn_at=None)
    too_much = shares.filter(family=merged) | shares.filter(family=kept, level__gt=Level.ALERT)
    sources = list(too_much.values_list("pk", flat=True))
    changes.set(too_much, **ended)
    # What stays shared of the other file is about the children it was about.
    children = Person.objects.filter(family=kept, place=Place.CHILD, same_as=None).values_list("pk", flat=True)
    doors = Involvement.objects.filter(closed_at=None)
    changes.set(
        doors.filter(family=kept, relation=Relation.PARTNER, persons=[]).exclude(source_id__in=sources),
        persons=list(children),
    )
    known = doors.filter(family=kept).exclude(relation=Relation.PARTNER).values_list("organisation_id", flat=True)
    organisations = {*known, *by.standing}
    changes.set(doors.filter(source_id__in=sources), closed_at=at)
    changes.set(doors.filter(family=merged).exclude(organisation_id__in=organisations), closed_at=at)
    changes.set(doors.filter(family=merged, relation__in=[Relation.REGISSEUR, Relation.RESPONSIBLE]), closed_at=at)
    _close_assignments(kept, merged, changes, organisations, at=at)


def _close_assignments(
    kept: Family, merged: Family, changes: _Changes, organisations: set[UUID], *, at: datetime
) -> None:
    live = Assignment.objects.filter(closed_at=None)
    mine = live.filter(family=merged).exclude(kind=AssignmentKind.BARRED)
    changes.set(mine.exclude(organisation_id__in=organisations), closed_at=at)
    changes.set(mine.filter(kind__in=[AssignmentKind.REGISSEUR, AssignmentKind.READER]), closed_at=at)
    changes.set(live.filter(family=kept, kind=AssignmentKind.READER), closed_at=at)
    same = live.filter(family=kept).values_list("user_id", "organisation_id", "kind")
    for user_id, organisation_id, kind in same:
        changes.set(
            live.filter(family=merged, user_id=user_id, organisation_id=organisation_id, kind=kind), closed_at=at
        )


def _move(source: UUID, target: UUID, rows: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT move_family_rows(%s, %s, %s)", [source, target, json.dumps(rows)])


def _stored(value: Any) -> Any:
    if isinstance(value, list):
        return [str(one) for one in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value) if isinstance(value, UUID) else value


def notice_other_file(family: Family, same: Person, *, at: datetime) -> None:
    """Tell whoever is regisseur that somebody of this family seems to be in another file too (R7). A job's.

    It says nothing of that file: not whose it is, nor where. Telling it twice tells it once.
    """
    with operation(Action.COMPARE_FAMILIES, on=family, by=None) as op:
        plan(
            op.target,
            Kind.COMPARE_FILES,
            due_on=timezone.localdate(at),
            falls_to=AssignmentKind.REGISSEUR,
            about=same,
            within=op,
        )
        op.record(Event.FAMILIES_COMPARED, subject=same)
