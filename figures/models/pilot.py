"""A trial of the way of working, in some regions: what was to be measured, who takes part, and what was learned.

Nothing here is about a family. Whoever writes a lesson or a chapter is told not to name anybody.
"""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Row
from figures.querysets import KeptByOwnerQuerySet, PilotQuerySet

# How a municipality and its teams work (K10): a slug that is stored, and what is asked.
QUESTIONS = {
    "teams": _("Which teams help these families, and how are they reached?"),
    "regie": _("Who has the regie when the shelter stops?"),
    "expertise": _("What do the teams know about domestic violence?"),
    "start": _("When does help begin: before the departure, or after it?"),
    "waiting": _("For which help is there a waiting list, and how long?"),
    "income": _("Who arranges the income at a move, and how fast?"),
    "collaboration": _("How is the work done together with shelter, schools, police and Veilig Thuis?"),
    "missing": _("What is missing?"),
}


class Pilot(Row):
    """A trial from a day until its last day (which counts), kept by one organisation (A17).

    Once it began, what it will be judged by is fixed (K5): the database refuses another indicator from then on.
    """

    owner = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    # When somebody fixed the indicators. Without that they are fixed on the first day.
    locked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PilotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="pilot_has_a_name"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="pilot_ends_after_it_starts"),
            models.UniqueConstraint(fields=["owner", "title"], name="pilot_kept_once"),
        ]

    def __str__(self) -> str:
        return f"pilot {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("municipalities:pilot", args=[self.pk])

    def is_locked(self, today: date) -> bool:
        """Say whether its indicators are fixed: by a person, or because it began."""
        return self.locked_at is not None or today >= self.starts_on

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class _OfPilot(Row):
    """Something that belongs to a pilot."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="%(class)ss")

    objects: ClassVar[Any] = KeptByOwnerQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return self.pilot.get_absolute_url()


class PilotRegion(_OfPilot):
    """A region in which the pilot takes place: at least one of its municipalities should take part (K9)."""

    region = models.ForeignKey("organisations.Region", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pilot", "region"], name="pilotregion_once")]

    def __str__(self) -> str:
        return f"pilot region {self.pk}"


class PilotIndicator(_OfPilot):
    """What the pilot is judged by, in words. Never changed once fixed: a new version stands beside the old one (K5)."""

    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("what is measured"), max_length=300)
    baseline = models.CharField(_("how it is now"), max_length=80, blank=True, default="")
    target = models.CharField(_("what is aimed at"), max_length=80)
    # Of a later version: why the first one would not do.
    because = models.CharField(_("why another version"), max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number", "version"], name="pilotindicator_one_per_version"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(target=""), name="pilotindicator_says_what"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(because=""), name="pilotindicator_another_version_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"indicator {self.pk}"


class PilotMunicipality(_OfPilot):
    """A municipality that takes part, and how it works: answers to QUESTIONS, by slug. Half of them is enough (K10)."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="municipalities")
    municipality = models.ForeignKey("organisations.Municipality", on_delete=models.PROTECT, related_name="+")
    joined_on = models.DateField(_("takes part since"))
    profile = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "municipality"], name="pilotmunicipality_once_per_pilot")
        ]

    def __str__(self) -> str:
        return f"pilot municipality {self.pk}"

    @property
    def answered(self) -> int:
        """Return to how many questions there is an answer."""
        return sum(1 for slug in QUESTIONS if self.profile.get(slug, "").strip())

    @property
    def completeness(self) -> int:
        """Return which part of the questions is answered, in whole percent."""
        return round(100 * self.answered / len(QUESTIONS))


class Lesson(_OfPilot):
    """Something that was learned, where, and what follows from it (K7)."""

    region = models.ForeignKey(
        "organisations.Region", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    learned_on = models.DateField(_("on which day"))
    heard_from = models.CharField(
        _("from"), max_length=20, choices=[("client", _("a client")), ("professional", _("a professional"))]
    )
    what = models.TextField(_("what was learned"))
    follows = models.TextField(_("what follows from it"), blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="lesson_says_something"),
            models.CheckConstraint(
                condition=Q(heard_from__in=["client", "professional"]), name="lesson_heard_from_somebody_known"
            ),
        ]

    def __str__(self) -> str:
        return f"lesson {self.pk}"


class Chapter(models.IntegerChoices):
    """The six chapters of the evaluation (K8), in their order."""

    METHOD = 1, _("The way of working")
    REGIE = 2, _("Who has the regie")
    START_AND_STOP = 3, _("When support starts and stops")
    CRITERIA = 4, _("For whom it is")
    PROFILE = 5, _("Who the supporters are")
    LESSONS = 6, _("What was learned")


class ChapterText(_OfPilot):
    """What is written in a chapter, beside the figures that come into it by themselves."""

    number = models.PositiveSmallIntegerField(choices=Chapter)
    text = models.TextField(_("text"), blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="chaptertext_one_per_chapter"),
            models.CheckConstraint(condition=Q(number__in=Chapter.values), name="chaptertext_of_a_known_chapter"),
        ]

    def __str__(self) -> str:
        return f"chapter {self.pk}"
