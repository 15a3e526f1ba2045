"""Who does something: exactly one of a member of the family, a professional, an organisation, or the network."""

from typing import Any

from django.db import models
from django.db.models import Q

from access.models import FamilyRow


class Owned(FamilyRow):
    """A row with exactly one who is responsible. The network is said in words: whoever is in it has no row here."""

    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    network = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def owner(self) -> Any:
        """Return whoever is responsible: a row, or the words for somebody of the network. Select the rows along."""
        return self.person or self.user or self.organisation or self.network

    @property
    def responsible(self) -> str:
        """Return the name of whoever does it. Reads the row it points at: select it along."""
        owner = self.owner
        return owner if isinstance(owner, str) else str(owner.name)


def exactly_one(prefix: str = "") -> Q:
    """Return the condition that one of the four is responsible and no other."""
    nobody: dict[str, Any] = {f"{prefix}person": None, f"{prefix}user": None, f"{prefix}organisation": None}
    rows = Q()
    for field in nobody:
        others = {other: None for other in nobody if other != field}
        rows |= Q(**others, **{f"{field}__isnull": False, f"{prefix}network": ""})
    return rows | (Q(**nobody) & ~Q(**{f"{prefix}network": ""}))
