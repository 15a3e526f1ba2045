"""Municipalities, the regions they belong to, and the desk a person can call there."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.basis import SURE, Basis
from organisations.models.base import Dated
from organisations.querysets import DatedQuerySet, MunicipalityQuerySet


class Region(Dated):
    """A group of municipalities: the area of one Veilig Thuis, or a safety region."""

    class Kind(models.TextChoices):
        VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis region")
        SAFETY = "safety", _("Safety region")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=100)

    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    source = models.CharField(_("source"), max_length=200, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "name"], name="region_name_is_unique_in_its_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Municipality(Dated):
    """A municipality. One that merged keeps its row, its end and its successor, because old files point at it.

    `valid_from` is the first day for which this register knows the row to be right, not the day it was founded.
    """

    code = models.CharField(_("code"), max_length=6)
    name = models.CharField(_("name"), max_length=100)
    province = models.CharField(_("province"), max_length=40)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)

    safety_region = models.ForeignKey(
        Region,
        models.PROTECT,
        verbose_name=_("safety region"),
        related_name="municipalities_by_safety",
        limit_choices_to={"kind": Region.Kind.SAFETY},
        null=True,
        blank=True,
    )
    veilig_thuis_region = models.ForeignKey(
        Region,
        models.PROTECT,
        verbose_name=_("Veilig Thuis region"),
        related_name="municipalities_by_veilig_thuis",
        limit_choices_to={"kind": Region.Kind.VEILIG_THUIS},
        null=True,
        blank=True,
    )
    veilig_thuis_basis = models.CharField(_("basis of the Veilig Thuis region"), max_length=20, choices=Basis)
    centre_municipality = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("centre municipality"),
        related_name="region_municipalities",
        null=True,
        blank=True,
    )
    centre_basis = models.CharField(_("basis of the centre municipality"), max_length=20, choices=Basis)

    # From this day on it registers no children in the referral index (VIR) any more; empty: it does.
    referral_index_ends_on = models.DateField(_("referral index ends on"), null=True, blank=True)

    successor = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("successor"), related_name="predecessors", null=True, blank=True
    )
    ended_because = models.CharField(_("why it ended without a successor"), max_length=200, blank=True, default="")

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code"], name="municipality_code_is_unique"),
            models.CheckConstraint(condition=Q(code__regex=r"^GM[0-9]{4}$"), name="municipality_code_has_its_form"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(successor__isnull=False) | ~Q(ended_because=""),
                name="municipality_that_ended_has_a_successor_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
                name="municipality_with_a_successor_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | ~Q(successor=F("id")),
                name="municipality_does_not_succeed_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def is_verified(self) -> bool:
        """Whether both links may be relied on. When not, the page shows them as "to be confirmed"."""
        return self.veilig_thuis_basis in SURE and self.centre_basis in SURE

    def on(self, day: date) -> "Municipality | None":
        """Return the municipality that has this one's place on `day`, following successors; one query per step.

        None when it ended without a successor, or when successors point in a circle: then there is nobody to send
        anything to, and the caller must put it on the list of gaps rather than drop it.
        """
        here: Municipality | None = self
        seen = set()
        while here is not None and here.valid_until is not None and here.valid_until <= day:
            if here.pk in seen:
                return None
            seen.add(here.pk)
            here = here.successor
        return here


class ContactPoint(Dated):
    """A municipality's front door for everybody around a family: a function and a number, never a person's name."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="contact_points"
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)

    function_name = models.CharField(_("function"), max_length=100)
    central_phone = models.CharField(_("central phone number"), max_length=20)
    duty_desk_hours = models.CharField(_("hours of the duty desk"), max_length=200, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(central_phone="") & ~Q(function_name=""), name="contact_point_has_a_function_and_a_number"
            ),
            models.UniqueConstraint(
                fields=["municipality", "valid_from"], name="contact_point_one_per_municipality_and_day"
            ),
        ]

    def __str__(self) -> str:
        return f"contact point {self.pk}"

    @classmethod
    def of(cls, municipality_id: UUID | None, day: date) -> "ContactPoint | None":
        """Return the contact point of a municipality that holds on `day`; None leaves nobody to call."""
        if municipality_id is None:
            return None
        found = cls.objects.filter(municipality_id=municipality_id).valid_on(day)
        return found.order_by("-valid_from", "pk").first()
