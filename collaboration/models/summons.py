"""What a municipality asks of the organisation whose turn it is, when something stays undone for a family."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from access.policy import Action
from access.querysets import ScopedQuerySet
from core.fields import WordField, is_a_word


class Undone(models.TextChoices):
    """What stays undone. The value is the name of a coordinator's work list."""

    NO_REGISSEUR = "no_regisseur", _("Families without a regisseur")
    HANDOVER_UNANSWERED = "handover_unanswered", _("Handovers that were not answered in time")
    SIGNAL_NOT_JUDGED = "signal_not_judged", _("Signals that were not judged in time")
    NO_SAFETY_PLAN = "no_safety_plan", _("Families without a safety plan that holds")
    OUTDATED_PLAN = "outdated_plan", _("Partners with an outdated safety plan")
    OUT_OF_SIGHT = "out_of_sight", _("Families out of sight")
    LATE_CONTACT = "late_contact", _("Contacts that are late")


class Reply(models.TextChoices):
    """What the organisation answers. No free text: the coordinator reads nothing of the file."""

    DONE = "done", _("It is done")
    TODAY = "today", _("It is done today")
    PLANNED = "planned", _("It is planned, for the day below")
    NEEDS_HELP = "needs_help", _("We cannot do this without the municipality")


class SummonsQuerySet(ScopedQuerySet):
    # Whoever does the work, and her team lead, read what the municipality asks.
    view_action: ClassVar[Action] = Action.VIEW_CLOCKS

    def newest(self) -> "SummonsQuerySet":
        """Keep the newest per family and subject."""
        return self.order_by("family_id", "undone", "-made_on", "-made_at").distinct("family_id", "undone")


class Summons(FamilyRow):
    """The municipality asked an organisation to act, by a day. It arrives with whoever has the regie by then.

    `organisation` is recorded, and not shown to the coordinator: she pushes without learning who helps the family.
    Only a neighbourhood team that she chose herself is hers to see.
    """

    undone = WordField(max_length=30, choices=Undone)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("what the municipality asks"), blank=True, default="")
    act_by = models.DateField(_("by which day"))
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    reply = models.CharField(max_length=12, choices=Reply, blank=True, default="")
    planned_on = models.DateField(null=True, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = SummonsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "summons"
        constraints = [
            models.CheckConstraint(condition=is_a_word("undone"), name="summons_undone_is_a_word"),
            # A double click, or two coordinators at once.
            models.UniqueConstraint(fields=["family", "undone", "organisation", "made_on"], name="summons_once_a_day"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None, replied_by=None, planned_on=None)
                | Q(reply__in=Reply.values, replied_at__isnull=False, replied_by__isnull=False),
                name="summons_replied_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.PLANNED) | Q(planned_on__isnull=False), name="summons_planned_for_a_day"
            ),
        ]
        indexes = [models.Index(fields=["family", "undone", "-made_on"], name="summons_of_family")]

    def __str__(self) -> str:
        return f"summons {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:summons", args=[self.pk])

    @property
    def answered(self) -> str:
        """What was answered, as a sentence that stands by itself; empty until then."""
        if self.planned_on:
            return gettext("It is planned for %(day)s") % {"day": date_format(self.planned_on, "j F")}
        return str(self.get_reply_display())
