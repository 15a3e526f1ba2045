"""The warm conversation between the old and the new side: what must be talked about, point by point (F10)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from handover.models.handover import Handover
from handover.querysets import AgendaPointQuerySet


class Topic(models.TextChoices):
    """What the conversation is about. None may be skipped in silence."""

    BACKGROUND = "background", _("The background, as it was seen at admission")
    RISK = "risk", _("The danger now")
    CARE_AVOIDANCE = "care_avoidance", _("Whether the client might avoid help")
    SAFETY_PLAN = "safety_plan", _("The safety plan")
    REGIE = "regie", _("Who is regisseur, and from when")
    CHILDREN = "children", _("The children, one by one")
    OTHER_PARENT = "other_parent", _("The other parent: authority, contact, what may be told")
    ADDRESS = "address", _("How the address is protected")


class PointState(models.TextChoices):
    OPEN = "open", _("open")
    DISCUSSED = "discussed", _("discussed")
    LEFT_OUT = "left_out", _("left out")


CONVERSATION_TRANSITIONS: dict[PointState, set[PointState]] = {
    PointState.OPEN: {PointState.DISCUSSED, PointState.LEFT_OUT},
    PointState.DISCUSSED: set(),
    PointState.LEFT_OUT: set(),
}


class AgendaPoint(FamilyRow):
    """One topic of the conversation of a handover: discussed on a day, or left out by somebody for a reason."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="agenda")
    topic = models.CharField(max_length=20, choices=Topic)

    state = models.CharField(max_length=10, choices=PointState, default=PointState.OPEN)
    discussed_on = models.DateField(null=True, blank=True)
    left_out_because = models.CharField(max_length=200, blank=True, default="")
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AgendaPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "topic"], name="agendapoint_once_per_handover"),
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="agendapoint_topic_known"),
            models.CheckConstraint(
                condition=Q(state="open", discussed_on=None, left_out_because="", settled_at=None, settled_by=None)
                | Q(
                    state="discussed",
                    discussed_on__isnull=False,
                    left_out_because="",
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                )
                | (
                    Q(state="left_out", discussed_on=None, settled_at__isnull=False, settled_by__isnull=False)
                    & ~Q(left_out_because="")
                ),
                name="agendapoint_discussed_on_a_day_or_left_out_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda point {self.pk}"

    def get_absolute_url(self) -> str:
        return self.handover.get_absolute_url()

    def move_to(self, state: PointState) -> None:
        """Change the state if its lifecycle allows it. Does not save."""
        if state not in CONVERSATION_TRANSITIONS[PointState(self.state)]:
            raise WrongState(str(_("This point was settled already.")), about=self)
        self.state = state
