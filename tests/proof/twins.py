"""A second family with a twin for most rows of the first: what is not for somebody who knows only the first."""

from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from cases.models import Family
from tests import factories
from tests.proof.fields import family_models

OURS = frozenset(family_models())
# Who may what with the twin is said apart, by whoever makes it.
_WHO_MAY = "access"


def twin_of(world):
    """Make the twin of the family of this world, with a colleague, and return of which model each of its keys is.

    The shelter works with both, so that the database alone does not keep them apart: the pages must.
    """
    family, twin = world.family, factories.family(opened_by=world.shelter)
    factories.involvement(twin, world.shelter)
    factories.assignment(twin, world.colleague, world.shelter)
    made, waiting = {family.pk: twin.pk}, list(rows_of(family))
    models, is_going_on = {twin.pk: Family}, True
    # What points at another row of the family comes after that row.
    while waiting and is_going_on:
        left = [row for row in waiting if not copied(row, made, models)]
        waiting, is_going_on = left, len(left) < len(waiting)
    return models


def rows_of(family):
    for model in family_models():
        if model is not Family and model._meta.app_label != _WHO_MAY:
            yield from model._base_manager.filter(family_id=family.pk)


def copied(row, made, models):
    """Copy a row when all that it points at was copied; a row that there can be only one of has no twin."""
    model = type(row)
    values = {}
    for field in model._meta.concrete_fields:
        if field.generated or (field.primary_key and not field.is_relation):
            continue
        value = getattr(row, field.attname)
        is_of_family = field.is_relation and value and (field.related_model is Family or field.related_model in OURS)
        if is_of_family and value not in made:
            return False
        values[field.attname] = made[value] if is_of_family else value
    try:
        with transaction.atomic():
            new = model(**values)
            if not model._meta.pk.is_relation:
                new.pk = uuid4()
            model._base_manager.bulk_create([new])
            # What is judged at the end of a transaction is judged here, where the row can still be left out.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError:
        return True
    made[row.pk], models[new.pk] = new.pk, model
    return True
