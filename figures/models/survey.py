"""The short surveys of a pilot (K6). Nobody can be found in them: not who answered, about which family, or when."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from figures.querysets import KeptByOwnerQuerySet

FEWEST, MOST = 1, 5


class Respondent(models.TextChoices):
    CLIENT = "client", _("somebody who was helped")
    PROFESSIONAL = "professional", _("a professional")


class Way(models.TextChoices):
    """How the answers came. A client never signs in: her worker asks, or she fills in a paper."""

    TOGETHER = "together", _("asked by the worker")
    PAPER = "paper", _("on paper")
    SELF = "self", _("filled in by herself or himself")


# What is asked of whom: four sentences, from 1 (not at all) to 5 (entirely).
ASKED = {
    Respondent.CLIENT: (
        _("I know whom I can call."),
        _("They listen to me."),
        _("I get the help that I need."),
        _("I feel safer than before."),
    ),
    Respondent.PROFESSIONAL: (
        _("I know who is regisseur."),
        _("I get what I must know in time."),
        _("It is clear who does what."),
        _("Families are better off this way."),
    ),
}


class Survey(Row):
    """One answer to the four sentences, or that somebody was asked and did not want to (no answers).

    It names nobody and no day: the quarter is enough. Whoever typed it in stands in the log, without the answers.
    """

    pilot = models.ForeignKey("figures.Pilot", on_delete=models.PROTECT, related_name="surveys")
    respondent = models.CharField(_("who answers"), max_length=20, choices=Respondent)
    # So many months after the departure; of a professional, after the start of the pilot.
    month = models.PositiveSmallIntegerField(_("at how many months"), choices=[(3, "3"), (6, "6"), (12, "12")])
    way = models.CharField(_("how"), max_length=10, choices=Way)
    quarter = models.CharField(max_length=6)
    answers = ArrayField(models.PositiveSmallIntegerField(), size=4, default=list, blank=True)

    objects: ClassVar[Any] = KeptByOwnerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(respondent__in=Respondent.values), name="survey_respondent_known"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="survey_way_known"),
            models.CheckConstraint(condition=Q(month__in=[3, 6, 12]), name="survey_at_a_known_month"),
            models.CheckConstraint(condition=Q(quarter__regex=r"^[0-9]{4}Q[1-4]$"), name="survey_in_a_quarter"),
            models.CheckConstraint(
                condition=Q(answers__len=0) | Q(answers__len=4, answers__contained_by=[1, 2, 3, 4, 5]),
                name="survey_answers_all_four_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"survey {self.pk}"
