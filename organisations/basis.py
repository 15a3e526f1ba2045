"""How sure we are of a fact, which is shown beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Basis(models.TextChoices):
    """How sure we are of a fact that came with the application. The administrator sees it beside the fact."""

    VERIFIED = "verified", _("From a source")
    DERIVED = "derived", _("Derived from other facts")
    MEMORY = "memory", _("Not checked")
    DOUBTFUL = "doubtful", _("Not checked, and doubtful")
    CONFIRMED = "confirmed", _("Confirmed by an administrator")


# Anything else is shown as "to be confirmed".
SURE = frozenset({Basis.VERIFIED, Basis.CONFIRMED})
