"""The persons in and around a family, and who has authority over which child."""

from datetime import date
from typing import Any, ClassVar

from dateutil.relativedelta import relativedelta
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from access.models import FamilyRow
from cases.models.family import Family
from cases.querysets import PersonQuerySet

MAJORITY = 18


class Place(models.TextChoices):
    """What somebody is in the family. Nothing assumes that the client is a woman."""

    CLIENT = "client", _("Client")
    CHILD = "child", _("Child")
    EX_PARTNER = "ex_partner", _("Ex-partner")
    PARTNER = "partner", _("Partner")
    OTHER = "other", _("Other member of the household")


class Reading(models.TextChoices):
    """How somebody reads, so that nobody is sent a letter she cannot read (D26)."""

    READS = "reads", _("Reads well")
    SIMPLE = "simple", _("Reads short and plain texts")
    ALOUD = "aloud", _("Cannot read this: say it aloud")


class Person(FamilyRow):
    """Somebody in or around the family. Every adult and every child is a person of its own."""

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="persons")
    place = models.CharField(max_length=20, choices=Place)
    # Somebody from whom the others must be safe. A person, not a label: it is said of what happened in this family.
    causes_harm = models.BooleanField(_("the others must be safe from this person"), default=False)
    given_name = models.CharField(_("given name"), max_length=80)
    surname = models.CharField(_("surname"), max_length=120, blank=True, default="")
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    # Nobody knows the day: the year or the month is right, the rest was filled in.
    born_on_is_estimated = models.BooleanField(_("the date of birth is estimated"), default=False)

    # Empty when nobody asked yet. An interpreter is never somebody of the family.
    language = models.CharField(_("language"), max_length=60, blank=True, default="")
    needs_interpreter = models.BooleanField(_("an interpreter is needed"), default=False)
    reading = models.CharField(max_length=10, choices=Reading, blank=True, default="")

    # After a merge: the other row of the same human being. It stays, because plans and contacts point at it.
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # How the name sounds, word for word and without "van de": what a search compares.
    name_words = models.GeneratedField(
        expression=Func(Concat("given_name", Value(" "), "surname"), function="name_words"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(place__in=Place.values), name="person_place_known"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(place="client", same_as=None), name="person_one_client_per_family"
            ),
            models.CheckConstraint(
                condition=Q(reading="") | Q(reading__in=Reading.values), name="person_reading_known"
            ),
            models.CheckConstraint(
                condition=Q(born_on_is_estimated=False) | Q(born_on__isnull=False), name="person_estimates_a_date"
            ),
            models.CheckConstraint(
                condition=Q(same_as=None) | ~Q(same_as=F("id")), name="person_is_not_its_own_double"
            ),
        ]
        indexes = [
            models.Index(fields=["family", "place"], name="person_of_family"),
            models.Index(fields=["born_on"], name="person_by_birth_date"),
            GinIndex(fields=["name_words"], name="person_by_sound", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.surname}".strip()

    @property
    def initials(self) -> str:
        return (self.given_name[:1] + self.surname.split(" ")[-1][:1]).upper()

    @property
    def place_in_words(self) -> str:
        """Return what this person is in the family, with the age of a child: "child, 8 years"."""
        words = str(Place(self.place).label).lower()
        age = self.age_on(timezone.localdate()) if self.place == Place.CHILD else None
        if age is None:
            return words
        # Outside the f-string: the words inside one are not found for translation.
        years = ngettext("%(age)s year", "%(age)s years", age) % {"age": age}
        return f"{words}, {years}"

    @property
    def needs_in_contact(self) -> list[str]:
        """Return what whoever talks or writes to this person arranges first: an interpreter, plain words (D26)."""
        found = []
        if self.needs_interpreter:
            who = _("Call an interpreter first, nobody of the family: %(language)s.")
            found.append(str(who) % {"language": self.language or str(_("ask which language"))})
        elif self.language:
            found.append(str(_("Speaks %(language)s best.")) % {"language": self.language})
        if self.reading in (Reading.SIMPLE, Reading.ALOUD):
            found.append(str(Reading(self.reading).label) + ".")
        return found

    def age_on(self, day: date) -> int | None:
        """Return the age in whole years on `day`; None when the date of birth is not known."""
        return relativedelta(day, self.born_on).years if self.born_on else None


class NameVariant(FamilyRow):
    """Another way in which somebody is known: a name before or after a marriage, another spelling, a nickname."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="name_variants")
    name = models.CharField(max_length=200)
    name_words = models.GeneratedField(
        expression=Func(F("name"), function="name_words"), output_field=ArrayField(models.TextField()), db_persist=True
    )

    class Meta:
        indexes = [GinIndex(fields=["name_words"], name="namevariant_by_sound", fastupdate=False)]
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="namevariant_once_per_person"),
            models.CheckConstraint(condition=~Q(name=""), name="namevariant_says_something"),
        ]

    def __str__(self) -> str:
        return f"name variant {self.pk}"


class AuthoritySource(models.TextChoices):
    """Where it was seen that somebody has authority. What somebody says is the weakest."""

    REGISTER = "register", _("Authority register")
    COURT = "court", _("Decision of the court")
    BIRTH = "birth", _("By birth, marriage or recognition")
    SAID = "said", _("Somebody said so: not checked yet")


class ParentalAuthority(FamilyRow):
    """Who has authority over which child. Both are persons of this family: the database holds that."""

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=AuthoritySource, default=AuthoritySource.SAID)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "parental authorities"
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=AuthoritySource.values), name="parentalauthority_source_known"
            ),
            models.UniqueConstraint(
                fields=["child", "holder"], condition=Q(ends_on=None), name="parentalauthority_one_open_per_holder"
            ),
            models.CheckConstraint(condition=~Q(child=F("holder")), name="parentalauthority_not_over_oneself"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="parentalauthority_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"parental authority {self.pk}"


class StayPlace(models.TextChoices):
    HOME = "home", _("At home")
    SHELTER = "shelter", _("In the shelter")
    FAMILY_OR_FRIENDS = "family_or_friends", _("With family or friends")
    OTHER_PARENT = "other_parent", _("With the other parent")
    ELSEWHERE = "elsewhere", _("Elsewhere")


class Stay(FamilyRow):
    """Who lived where, by kind of place and period. Never an address: that is class A and lives elsewhere."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    place = models.CharField(max_length=20, choices=StayPlace)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on=None), name="stay_one_open_per_person"),
            models.CheckConstraint(condition=Q(place__in=StayPlace.values), name="stay_place_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="stay_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"stay {self.pk}"
