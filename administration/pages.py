"""Where somebody is led when an act of these pages was overtaken."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Page:
    """A page by its name, for a refusal that is about no row somebody may see."""

    name: str
    arguments: tuple[object, ...] = ()

    def get_absolute_url(self) -> str:
        return reverse(self.name, args=self.arguments)
