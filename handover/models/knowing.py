"""That a partner knows who is regisseur now. What it must confirm is derived: live shares, and the open period."""

from django.db import models

from access.models import FamilyRow


class RegieConfirmation(FamilyRow):
    """A partner that confirmed it knows this regisseur, by one of its people. Of a later regisseur it says nothing."""

    period = models.ForeignKey("cases.RegisseurPeriod", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "organisation"], name="regieconfirmation_once_per_partner")
        ]

    def __str__(self) -> str:
        return f"regie confirmation {self.pk}"
