"""One at a time: what is kept by one organisation is written by one request after another, so that a double click
finds what the first click made."""

from dataclasses import dataclass

from django.urls import reverse

from organisations.models import Organisation


def wait_for(owner: Organisation) -> None:
    """Hold the organisation that keeps the register until the open transaction ends."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=owner.pk)


@dataclass(frozen=True)
class Page:
    """Where a refusal takes somebody: the page on which the register stands now."""

    name: str

    def get_absolute_url(self) -> str:
        return reverse(self.name)
