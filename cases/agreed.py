"""Whether anything was agreed with a partner about sharing (I5). The register itself is kept above this room."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from organisations.models import Organisation


def is_agreed(partner: Organisation, own: Iterable[UUID], *, on: date) -> bool:
    """Say whether an agreement that holds on this day says something about sharing between the partner and us.

    We take part in it, or our municipality keeps it, or it is of a whole region or of the country. One that was made
    for a single family is none. That nothing was agreed forbids nothing: it is said before something is shared.
    """
    agreements = apps.get_model("collaboration.CollaborationAgreement").objects.in_force(on)
    about_sharing = agreements.exclude(sharing="").exclude(level="case").filter(partners__organisation=partner)
    ours = list(own)
    municipalities = Organisation.objects.filter(pk__in=ours).values("municipality_id")
    between_us = Q(level__in=["national", "regional"]) | Q(owner_id__in=ours)
    between_us |= Q(pk__in=agreements.filter(partners__organisation__in=ours).values("pk"))
    between_us |= Q(owner__municipality_id__in=municipalities)
    return bool(about_sharing.filter(between_us).exists())
