from typing import Any

from django import template

from access.policy import WITHIN_ORGANISATION, Action
from accounts.models import User
from organisations.models import Organisation

register = template.Library()


@register.simple_tag(takes_context=True)
def called(context: dict[str, Any], organisation: Organisation) -> str:
    """Return the name of an organisation; of a shelter its kind only, for who may not name shelters.

    Where a shelter is follows from its name (class L). `organisation.kind` must be read already: this asks per row.
    """
    user: User = context["request"].user
    if organisation.kind.is_shelter and not user.organisations_as(WITHIN_ORGANISATION[Action.NAME_SHELTERS]):
        return str(organisation.kind.label)
    return organisation.name
