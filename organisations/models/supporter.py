"""Who keeps contact with families after the shelter, for which municipality, and for how many at once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from organisations.models.base import Dated
from organisations.models.municipality import Municipality
from organisations.models.organisation import Organisation
from organisations.querysets import SupporterQuerySet


class Supporter(Dated):
    """Somebody who is supporter for a municipality (B9): an appointment, not yet a family.

    `valid_until` is the first day on which it no longer holds. `capacity` is how many families at once was agreed;
    how many there are now is asked of `handover.supporters.caseloads`, which counts over all organisations.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, verbose_name=_("supporter"), related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="supporters"
    )
    # Where the families live. Not always where the organisation is: some serve several municipalities.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="supporters"
    )
    attention_area = models.CharField(_("area of attention"), max_length=100)
    capacity = models.PositiveSmallIntegerField(_("families at once"))

    objects = SupporterQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(capacity__gte=1) & ~Q(attention_area=""), name="supporter_says_for_what_and_how_many"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "municipality"],
                condition=Q(valid_until=None),
                name="supporter_once_per_organisation_and_municipality",
            ),
        ]
        indexes = [models.Index(fields=["municipality"], name="supporter_of_municipality")]

    def __str__(self) -> str:
        return f"supporter {self.pk}"


class SupporterGap(Row):
    """That a family needed a supporter in this municipality and there was none (F5): which municipality, not whom."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="supporter_gaps"
    )
    noticed_on = models.DateField(_("noticed on"))
    # The day on which there was a supporter.
    settled_on = models.DateField(_("settled on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=Q(settled_on=None), name="supportergap_one_open_per_municipality"
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None) | Q(settled_on__gte=F("noticed_on")),
                name="supportergap_settled_after_it_was_noticed",
            ),
        ]

    def __str__(self) -> str:
        return f"supporter gap {self.pk}"
