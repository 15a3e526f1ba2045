"""Questions to the reference data. Days are arguments: nothing here reads the clock."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from organisations.basis import SURE
from organisations.kinds import SHELTERS

if TYPE_CHECKING:
    from organisations.models import Municipality


class DatedQuerySet(models.QuerySet):
    """Facts that hold from a day until another."""

    def valid_on(self, day: date) -> Self:
        """Keep what holds on `day`."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day)


class MunicipalityQuerySet(DatedQuerySet):
    """Municipalities, past and present."""

    def current(self, today: date) -> Self:
        """Keep those that exist today: what a person may choose from."""
        return self.valid_on(today)

    def unresolved(self) -> Self:
        """Keep those without a Veilig Thuis region or without a centre municipality."""
        return self.filter(Q(veilig_thuis_region__isnull=True) | Q(centre_municipality__isnull=True))

    def with_gaps(self) -> Self:
        """Keep those of which a link is missing, or is there but not from a source and not confirmed."""
        unsure = ~Q(veilig_thuis_basis__in=SURE) | ~Q(centre_basis__in=SURE)
        missing = Q(veilig_thuis_region__isnull=True) | Q(centre_municipality__isnull=True)
        return self.filter(missing | unsure)

    def without_supporter(self, today: date) -> Self:
        """Keep those where nobody is supporter today: a family that moves there finds nobody."""
        present = apps.get_model("organisations.Supporter").objects.present(today)
        return self.exclude(Exists(present.filter(municipality_id=OuterRef("pk"))))

    def without_contact_point(self) -> Self:
        """Keep those where a signal that matches nobody would end without a person to call."""
        return self.filter(contact_points__isnull=True)


class SupporterQuerySet(DatedQuerySet):
    """Supporters, past and present."""

    def present(self, today: date) -> Self:
        """Keep those who can take a family today: appointed, with an account, at an organisation that works here."""
        return self.valid_on(today).filter(user__is_active=True, organisation__is_active=True)

    def for_municipality(self, municipality: "Municipality", today: date) -> Self:
        """Keep who is there for a municipality today, in the order of their names. Resolve a merged one first."""
        return self.present(today).filter(municipality=municipality).order_by("user__name", "pk")


class PassageQuerySet(models.QuerySet):
    """Versions of the words on letters and papers."""

    def holding_on(self, day: date) -> Self:
        """Keep what began by `day`, the version that holds first of those of one passage and place."""
        return self.filter(valid_from__lte=day).order_by("slug", "-valid_from", "-version", "pk")


class OrganisationQuerySet(models.QuerySet):
    """Organisations, without any judgement on who may see them."""

    def active(self) -> Self:
        """Keep those that still work here."""
        return self.filter(is_active=True)

    def of_kind(self, *slugs: str) -> Self:
        """Keep those of one of these kinds, for instance `DefaultKind.POLICE`."""
        return self.filter(kind__slug__in=slugs)

    def shelters(self) -> Self:
        """Keep women's and men's shelters."""
        return self.of_kind(*SHELTERS)

    def serving(self, municipality: "Municipality") -> Self:
        """Keep those that work for this municipality: seated in it, or serving its Veilig Thuis or safety region.

        Resolve a merged municipality first, with `municipality.on(day)`.
        """
        regions = [municipality.veilig_thuis_region_id, municipality.safety_region_id]
        return self.filter(
            Q(serves_region__isnull=True, municipality=municipality)
            | Q(serves_region__in=[pk for pk in regions if pk is not None])
        )


class CodeItemQuerySet(DatedQuerySet):
    """Choices of code lists."""

    def of(self, slug: str) -> Self:
        """Keep the items of one list, by its slug."""
        return self.filter(code_list__slug=slug)

    def in_order(self) -> Self:
        """Put the items in the order a person reads them in."""
        return self.order_by("order", "code", "pk")


class NormQuerySet(DatedQuerySet):
    """Norms, the house's own and those of municipalities."""

    def days_for(self, subject: str, municipality: "Municipality | None", day: date) -> dict[str, int]:
        """Return the days per kind ("" for all other kinds) that hold in a municipality on `day`. One query.

        A municipality's own norm goes before its region's, that before the house's, the latest before an earlier one.
        """
        places = Q(municipality=None, region=None)
        if municipality is not None:
            places |= Q(municipality=municipality)
            places |= Q(region=municipality.veilig_thuis_region_id) if municipality.veilig_thuis_region_id else Q()
        rows = self.valid_on(day).filter(places, subject=subject).order_by("valid_from", "pk")
        found = rows.values_list("municipality_id", "region_id", "kind", "days")
        # From the widest place to the nearest: what comes later in here wins.
        ordered = sorted(found, key=lambda row: (row[0] is not None, row[1] is not None))
        return {kind: days for _municipality, _region, kind, days in ordered}
