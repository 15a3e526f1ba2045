"""How persons are related, who caused harm, and what a parent who is not here may have to do with the children."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.person import Person
from cases.querysets import CurrentQuerySet, OwnFileQuerySet


class RelationshipKind(models.TextChoices):
    """What the first person is to the second."""

    PARENT = "parent", _("is a parent of")
    SIBLING = "sibling", _("is a brother or sister of")
    PARTNER = "partner", _("is the partner of")
    EX_PARTNER = "ex_partner", _("is the ex-partner of")
    NEW_PARTNER = "new_partner", _("is the new partner of")
    HOUSEMATE = "housemate", _("lives in the same house as")
    OTHER_RELATIVE = "other_relative", _("is another relative of")


class Relationship(FamilyRow):
    """What one person is to another, from a day until a day (exclusive). Without a first day: since before the file."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RelationshipKind)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RelationshipKind.values), name="relationship_kind_known"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="relationship_is_between_two"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="relationship_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "other", "kind"], condition=Q(ends_on=None), name="relationship_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"relationship {self.pk}"


class Knows(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class Perpetrator(FamilyRow):
    """What is known of somebody from whom the others must be safe, kept apart from the person it is about.

    Whoever works with the family reads it. No share reaches it, whatever its level.
    """

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    what_happened = models.TextField(blank=True, default="")
    knows_address = models.CharField(max_length=10, choices=Knows, default=Knows.UNKNOWN)
    # How he or she could find them: work, family, a telephone, a shared account.
    ways_to_find = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = OwnFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(knows_address__in=Knows.values), name="perpetrator_knows_address_known")
        ]

    def __str__(self) -> str:
        return f"perpetrator {self.pk}"


class Involved(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    LATER = "later", _("Not now, perhaps later")


class ParentInvolvement(FamilyRow):
    """Whether a parent who does not live with the children is involved in the help, and who found that safe (D8).

    A new answer replaces the row; the old one stays.
    """

    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="involvements")
    involved = models.CharField(max_length=10, choices=Involved)
    safety_decision = models.TextField(blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True, default="")
    # Who speaks with this parent, so that it is never by accident whoever picks up.
    contact_person = models.CharField(max_length=120, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = OwnFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parent"], condition=Q(replaced_at=None), name="parentinvolvement_one_open_per_parent"
            ),
            models.CheckConstraint(condition=Q(involved__in=Involved.values), name="parentinvolvement_answer_known"),
            models.CheckConstraint(
                condition=~Q(involved=Involved.YES)
                | (~Q(safety_decision="") & ~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="parentinvolvement_only_by_a_dated_safety_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"parent involvement {self.pk}"


class ContactArrangement(FamilyRow):
    """When and how a child sees a parent, resting on the decision that it is safe (D10). `ends_on` is its last day."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_arrangements")
    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(ParentInvolvement, on_delete=models.PROTECT, related_name="arrangements")
    what = models.TextField()
    supervised_by = models.CharField(max_length=120, blank=True, default="")
    conditions = models.TextField(blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # A ban on contact stood in the way, and it was made all the same: why.
    despite_ban_because = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("parent")), name="contactarrangement_is_between_two"),
            models.CheckConstraint(condition=~Q(what=""), name="contactarrangement_says_something"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="contactarrangement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"contact arrangement {self.pk}"


class Answer(models.TextChoices):
    ASKED = "asked", _("Asked, no answer yet")
    GIVEN = "given", _("Consent given")
    REFUSED = "refused", _("Consent refused")


class HelpConsent(FamilyRow):
    """What somebody with authority over a child answered to the question whether it may get some help (D9).

    Of a child of 16 or older nobody is asked but the child (Jeugdwet 7.3.4).
    """

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="help_consents")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    help = models.CharField(max_length=200)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.ASKED)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "holder", "help"], name="helpconsent_asked_once"),
            models.CheckConstraint(condition=Q(answer__in=Answer.values), name="helpconsent_answer_known"),
            models.CheckConstraint(condition=~Q(help=""), name="helpconsent_is_about_something"),
            models.CheckConstraint(
                condition=Q(answer=Answer.ASKED, answered_on=None)
                | (~Q(answer=Answer.ASKED) & Q(answered_on__isnull=False, answered_on__gte=F("asked_on"))),
                name="helpconsent_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"help consent {self.pk}"
