"""Lists of choices that an administrator keeps: what a form offers, not what the code decides on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.models import Row
from organisations.basis import Basis
from organisations.models.base import Dated
from organisations.querysets import CodeItemQuerySet


def in_language(dutch: str, english: str) -> str:
    """Return the text in the language of the reader."""
    # A list may lack English, never Dutch.
    return (english or dutch) if (get_language() or "").startswith("en") else dutch


class CodeList(Row):
    """A list of choices, with where it comes from."""

    slug = models.SlugField(_("identifier"), max_length=50)
    title_nl = models.CharField(_("title in Dutch"), max_length=100)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True, default="")

    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug"], name="code_list_slug_is_unique")]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_nl, self.title_en)


class CodeItem(Dated):
    """One choice of a list. It is never removed or given another meaning: it ends, because old files point at it."""

    code_list = models.ForeignKey(CodeList, models.PROTECT, verbose_name=_("list"), related_name="items")
    # In another list: a sub-domain of life falls under one of the six domains.
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("falls under"), related_name="children", null=True, blank=True
    )

    code = models.CharField(_("code"), max_length=50)
    label_nl = models.CharField(_("Dutch"), max_length=200)
    label_en = models.CharField(_("English"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    basis = models.CharField(_("basis"), max_length=20, choices=Basis)

    objects = CodeItemQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code_list", "code"], name="code_item_is_unique_in_its_list"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="code_item_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.pk})"

    @property
    def label(self) -> str:
        """The text a person chooses, in the reader's language."""
        return in_language(self.label_nl, self.label_en)
