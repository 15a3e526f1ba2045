"""Organisations around a family, their kinds and their teams. Who may see what is decided in `access`, not here."""

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import Row
from organisations.basis import Basis
from organisations.kinds import SCHOOLS, SHELTERS
from organisations.models.municipality import Municipality, Region
from organisations.querysets import OrganisationQuerySet


class OrganisationKind(Row):
    """A kind of organisation, such as a school or a neighbourhood team. Every kind may give a signal once linked."""

    slug = models.SlugField(_("identifier"), max_length=40)
    # The English source text for a kind that came with the application, the administrator's own words for another.
    name = models.CharField(_("name"), max_length=100)

    is_default = models.BooleanField(_("came with the application"), default=False)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="organisation_kind_slug_is_unique")]

    def __str__(self) -> str:
        return self.slug

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def is_shelter(self) -> bool:
        """Whether this is a women's or men's shelter."""
        return self.slug in SHELTERS

    @property
    def is_school(self) -> bool:
        """Whether this is a school: its name gives away where a child is."""
        return self.slug in SCHOOLS


class Organisation(Row):
    """An organisation whose people work here or are told something. Its name and number may reveal a place."""

    kind = models.ForeignKey(OrganisationKind, models.PROTECT, verbose_name=_("kind"), related_name="organisations")
    # Where it is; for a neighbourhood team or a school also whom it serves.
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="organisations"
    )
    # Only for one that serves more than its own municipality, such as a Veilig Thuis organisation or the police.
    serves_region = models.ForeignKey(
        Region, models.PROTECT, verbose_name=_("serves the region"), related_name="organisations", null=True, blank=True
    )

    name = models.CharField(_("name"), max_length=150)
    # For sorting and searching on "Ébène" and "ebene" alike: the database has no Dutch collation to rely on.
    plain_name = models.GeneratedField(
        expression=Func(F("name"), function="plain_text"), output_field=models.TextField(), db_persist=True
    )
    central_phone = models.CharField(_("central phone number"), max_length=20, blank=True, default="")
    aftercare_months = models.PositiveSmallIntegerField(
        _("months of aftercare"),
        null=True,
        blank=True,
        help_text=_("How long this shelter gives aftercare. Leave empty when unknown."),
    )

    is_active = models.BooleanField(_("active"), default=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["municipality", "kind", "name"],
                name="organisation_name_is_unique_for_its_kind_and_municipality",
            ),
        ]
        indexes = [models.Index(fields=["plain_name"], name="organisation_by_plain_name")]

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Team(Row):
    """A team inside an organisation: what a team lead looks over."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="teams")
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_is_unique_in_its_organisation")
        ]

    def __str__(self) -> str:
        return f"team {self.pk}"
