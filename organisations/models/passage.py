"""How a passage of a letter or a paper is worded. Which passages there are: organisations.passages."""

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Row
from organisations.models.municipality import Municipality, Region
from organisations.querysets import PassageQuerySet

# No number but these two, no address of a page or of mail, and nothing that a paper would read as more than words.
WITHOUT_PLACE = r"^(112|0800-2000|[^0-9<>@/\\])*$"
MOST = 400
_words_only = RegexValidator(WITHOUT_PLACE, _("Only words, and no number but 112 and 0800-2000."))


class PassageText(Row):
    """One version of a passage. Never changed: a paper that went out said what its version says. Empty: as it came."""

    slug = models.SlugField(max_length=40)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True, blank=True)
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    text_nl = models.CharField(max_length=MOST, blank=True, default="", validators=[_words_only])
    text_en = models.CharField(max_length=MOST, blank=True, default="", validators=[_words_only])

    objects: ClassVar[Any] = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "municipality", "region", "version"],
                nulls_distinct=False,
                name="passagetext_one_of_each_version",
            ),
            models.CheckConstraint(
                condition=Q(municipality=None) | Q(region=None), name="passagetext_of_a_municipality_or_of_a_region"
            ),
            models.CheckConstraint(
                condition=Q(text_nl__regex=WITHOUT_PLACE, text_en__regex=WITHOUT_PLACE),
                name="passagetext_holds_no_number_and_no_address",
            ),
        ]

    def __str__(self) -> str:
        return f"passage {self.pk}"
