from django import template
from django.db.models import Model

from access.policy import Action
from accounts.models import User

register = template.Library()


@register.simple_tag
def can(user: User, action: str, row: Model) -> bool:
    """Say whether to show a way to do this. It decides what is shown; the operation decides what is done.

    Raises ValueError for a name that is not an Action: a typing error must not silently hide a button.
    """
    return type(row).objects.permitting(user, Action(action)).filter(pk=row.pk).exists()  # type: ignore[attr-defined]  # scoped rows
