"""An address that Veilig Thuis asks for because of a report: asked by one person, answered by the regisseur."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from signals.models.veilig_thuis import VeiligThuisReport


class AddressAnswer(models.TextChoices):
    WAITING = "waiting", _("waits for the regisseur")
    ALLOWED = "allowed", _("may be read")
    REFUSED = "refused", _("refused")


ADDRESS_TRANSITIONS: dict[AddressAnswer, set[AddressAnswer]] = {
    AddressAnswer.WAITING: {AddressAnswer.ALLOWED, AddressAnswer.REFUSED},
    AddressAnswer.ALLOWED: set(),
    AddressAnswer.REFUSED: set(),
}


class AddressRequest(FamilyRow):
    """Somebody of the Veilig Thuis that got a report asks to read an address. No report and no paper holds one.

    The grant that follows is hers alone, for one address, until `ends_at` (exclusive); the address is not here.
    """

    report = models.ForeignKey(VeiligThuisReport, on_delete=models.PROTECT, related_name="address_requests")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    because = models.CharField(max_length=200)

    status = models.CharField(max_length=10, choices=AddressAnswer, default=AddressAnswer.WAITING)
    place = models.ForeignKey("cases.ProtectedPlace", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True, default="")
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "asked_by"],
                condition=Q(status=AddressAnswer.WAITING),
                name="addressrequest_one_waits_per_person",
            ),
            models.CheckConstraint(condition=Q(status__in=AddressAnswer.values), name="addressrequest_status_known"),
            models.CheckConstraint(condition=~Q(because=""), name="addressrequest_for_a_reason"),
            models.CheckConstraint(
                condition=Q(
                    status=AddressAnswer.WAITING,
                    place=None,
                    ends_at=None,
                    answer="",
                    answered_by=None,
                    answered_at=None,
                )
                | (
                    Q(status=AddressAnswer.ALLOWED, place__isnull=False, ends_at__isnull=False)
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                )
                | (
                    Q(status=AddressAnswer.REFUSED, place=None, ends_at=None)
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="addressrequest_answered_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"address request {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("signals:address_requests", args=[self.family_id])

    def move_to(self, status: AddressAnswer) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in ADDRESS_TRANSITIONS[AddressAnswer(self.status)]:
            raise WrongState(str(_("This was answered already.")), about=self)
        self.status = status
