"""Norms that an administrator keeps: how long something may take, and who is asked next when it stays undone."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import WordField, is_a_word
from organisations.basis import Basis
from organisations.models.base import Dated
from organisations.models.codes import in_language
from organisations.models.municipality import Municipality, Region
from organisations.querysets import NormQuerySet


class Subject(models.TextChoices):
    """What a norm is about. The unit is in the name."""

    HELP_STARTS = "help_starts", _("days until help starts")
    STAGNATION_SOLVED = "stagnation_solved", _("working days until something stuck is solved")
    WITHOUT_BRIDGING = "without_bridging", _("days that something may be stuck while nothing helps meanwhile")
    ACCOUNT_UNUSED = "account_unused", _("days without signing in until an account is closed")
    SIGNAL_MILD = "signal_mild", _("working days until a mild signal is judged")
    SIGNAL_SERIOUS = "signal_serious", _("working days until a serious signal is judged")
    SIGNALS_ADD_UP = "signals_add_up", _("days in which signals of two parties weigh more together")
    READ_IN_AN_HOUR = "read_in_an_hour", _("files of others that somebody opens in an hour before she says why")
    READ_IN_A_DAY = "read_in_a_day", _("files of others that somebody opens in a day before she says why")


# What a number may be at most, where more of it would be a danger: a signal that waits, a file that is read.
MOST = {
    Subject.SIGNAL_MILD: 5,
    Subject.SIGNAL_SERIOUS: 2,
    Subject.SIGNALS_ADD_UP: 365,
    Subject.READ_IN_AN_HOUR: 60,
    Subject.READ_IN_A_DAY: 200,
}
# One number for the whole installation: a person reads for more than one municipality.
EVERYWHERE = frozenset({Subject.READ_IN_AN_HOUR, Subject.READ_IN_A_DAY})


class Norm(Dated):
    """How many days something may take, for one kind of it or for all, in one municipality or everywhere."""

    subject = WordField(_("subject"), max_length=30, choices=Subject)
    # The code of a kind of help, for instance; empty for all kinds.
    kind = models.CharField(_("kind"), max_length=50, blank=True, default="")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="norms", null=True, blank=True
    )
    # Instead of a municipality: of every municipality in the area of one Veilig Thuis.
    region = models.ForeignKey(Region, models.PROTECT, related_name="norms", null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days"))
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    source = models.CharField(_("source"), max_length=200, blank=True, default="")

    objects: ClassVar[Any] = NormQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=is_a_word("subject"), name="norm_subject_is_a_word"),
            models.UniqueConstraint(
                fields=["subject", "kind", "municipality", "region", "valid_from"],
                nulls_distinct=False,
                name="norm_one_per_subject_kind_place_and_day",
            ),
            models.CheckConstraint(
                condition=Q(municipality=None) | Q(region=None), name="norm_of_a_municipality_or_of_a_region"
            ),
        ]

    def __str__(self) -> str:
        return f"norm {self.pk}"


class LadderRung(Dated):
    """Who answers for a municipality when something is stuck, and within how many working days before the next does."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, verbose_name=_("municipality"), related_name="ladder", null=True, blank=True
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="ladder", null=True, blank=True)
    rung = models.PositiveSmallIntegerField(_("rung"))
    function_nl = models.CharField(_("function in Dutch"), max_length=100)
    function_en = models.CharField(_("function in English"), max_length=100, blank=True, default="")
    answer_within = models.PositiveSmallIntegerField(_("working days to answer"))
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(rung__gte=1, answer_within__gte=1), name="ladderrung_counts_from_one"),
            models.UniqueConstraint(
                fields=["municipality", "region", "rung", "valid_from"],
                nulls_distinct=False,
                name="ladderrung_one_per_place_rung_and_day",
            ),
            models.CheckConstraint(
                condition=Q(municipality=None) | Q(region=None), name="ladderrung_of_a_municipality_or_of_a_region"
            ),
        ]

    def __str__(self) -> str:
        return f"ladder rung {self.pk}"

    @property
    def function(self) -> str:
        """Who it is, as a function: never somebody's name."""
        return in_language(self.function_nl, self.function_en)

    @classmethod
    def ladder_of(cls, municipality: Municipality | None, day: date) -> "Sequence[Self]":
        """Return the rungs that hold on `day`, from the first: the municipality's own, its region's, or the house's."""
        region = municipality.veilig_thuis_region_id if municipality else None
        places = Q(municipality=None, region=None) | Q(municipality=municipality)
        places |= Q(region=region) if region else Q()
        valid = cls.objects.filter(Q(valid_until=None) | Q(valid_until__gt=day), places, valid_from__lte=day)
        rungs = list(valid.order_by("rung", "valid_from"))
        own = [rung for rung in rungs if rung.municipality_id]
        return own or [rung for rung in rungs if rung.region_id] or [rung for rung in rungs if not rung.municipality_id]
