"""A token in every field of every row of one family, and who may read the row it is in (R2, R44).

What is shown by right is asked of each model's own queryset. What a page shows beside that, by a right of its own, is
declared below: the field, and behind which door.
"""

import re

from django.apps import apps
from django.db import DatabaseError, models, transaction

from access.models import FamilyRow
from cases.models import Family
from core.fields import EncryptedTextField, WordField

TOKEN = re.compile(r"qk(\d{4})zx")
ROOMS = ("access", "follow_ups", "cases", "safety_plans", "family_plans", "signals", "handover", "aftercare")
# A field that holds a code: what it says is on no page, and a page looks it up.
CODES = {
    "cases.regisseurperiod.reason",
    "cases.family.reference",
    "cases.protectedvalue.sealed",
    "signals.signal.number",
}


def plant(family):
    """Write a token into every free field of every row of this family; return what each token is in."""
    found = {}
    for model in family_models():
        for row in model._base_manager.filter(**{"pk" if model is Family else "family_id": family.pk}):
            for field in free_fields(model):
                number = len(found)
                token = f"qk{number:04}zx"
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{field.name: token})
                except DatabaseError:
                    continue  # a row that is frozen, or a field that takes no such word
                found[number] = (model, row.pk, field.name)
    return found


def family_models():
    return [
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model is Family or issubclass(model, FamilyRow)
    ]


def free_fields(model):
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices or not field.editable:
            continue
        if isinstance(field, WordField | EncryptedTextField | models.GeneratedField):
            continue
        if field.max_length and field.max_length < 12:
            continue
        if f"{model._meta.label_lower}.{field.name}" not in CODES:
            yield field


def in_page(content):
    return {int(number) for number in TOKEN.findall(content.decode(errors="replace"))}
