from uuid import uuid4

from django.db import models


class Row(models.Model):
    """A row whose key reveals nothing: not how many there are, not which came first."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True
